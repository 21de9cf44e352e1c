// SPDX-License-Identifier: Apache-2.0
#include "core/vault/RawRows.h"
#include "core/vault/VaultRescue.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Any page of a large vault is zeroed, swapped with another, or the file ends there. Whatever page it is, the first
/// and those that only lead to others too: the damage is told, nothing wrong is read, and all that lies in other pages
/// is salvaged.
class TestVaultPages : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void losesNoMoreThanThePage_data();
    void losesNoMoreThanThePage();
    void cutOffFilesKeepTheirBeginning();
    void noiseIsNoRow();

private:
    static constexpr qsizetype pageSize = 4096;

    /// Names of the credentials whose card, or key, has bytes in this page.
    [[nodiscard]] qsizetype rowsIn(qsizetype page) const;
    /// What is wrong; empty: nothing. `lost` credentials, cards or keys, are excused.
    [[nodiscard]] QString verdict(const QByteArray &bytes, qsizetype mostLost);

    VaultFixture m_fixture;
    QByteArray m_vault;
    QMap<QString, QByteArray> m_content;
    int m_credentials = 0;
};

void TestVaultPages::initTestCase()
{
    // CREDENZA_PAGES_CREDENTIALS: how large the vault is; CREDENZA_EXHAUSTIVE=1: each of its pages, not a sample.
    m_credentials = std::max(120, qEnvironmentVariableIntValue("CREDENZA_PAGES_CREDENTIALS"));
    auto vault = m_fixture.create();
    QVERIFY_RESULT(vault);
    std::vector<VaultChange> changes;
    std::vector<SecretBytes> keys;
    for (int i = 0; i < m_credentials; ++i)
        keys.push_back(sampleKey(i));
    for (int i = 0; i < m_credentials; ++i) {
        Credential credential = sampleCredential(i);
        credential.name = u"credential %1"_s.arg(i);
        changes.push_back({VaultChange::Kind::Add, credential, keys[static_cast<std::size_t>(i)].view()});
    }
    const auto saved = vault->saveAll(changes);
    QVERIFY_RESULT(saved);
    for (const Credential &credential : *saved)
        m_content.insert(credential.name, contentOf(credential));
    QVERIFY_RESULT(vault->remove(saved->first().id));
    m_content.remove(saved->first().name);
    {
        const Vault closing = *std::move(vault);
    }
    m_vault = contentsOfFile(m_fixture.path());
    QVERIFY(m_vault.size() % pageSize == 0);
    QVERIFY(m_vault.size() / pageSize > 50);
    qInfo("%lld pages", static_cast<long long>(m_vault.size() / pageSize));
    QCOMPARE(verdict(m_vault, 0), QString());
}

qsizetype TestVaultPages::rowsIn(qsizetype page) const
{
    // A leaf of a table says how many rows it has; another page holds part of one row at most, or of none.
    const qsizetype at = page * pageSize + (page == 0 ? 100 : 0);
    if (m_vault[at] != '\x0d')
        return 1;
    return (static_cast<unsigned char>(m_vault[at + 3]) << 8) | static_cast<unsigned char>(m_vault[at + 4]);
}

QString TestVaultPages::verdict(const QByteArray &bytes, qsizetype mostLost)
{
    const QString path = m_fixture.path();
    const QString target = m_fixture.folder() + u"/salvaged.credenza"_s;
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
    for (const auto &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(target + suffix);
    if (!replaceFile(path, bytes))
        return u"can't write the test's files"_s;
    const bool isDamaged = bytes != m_vault;
    {
        const auto vault = m_fixture.open();
        // Without its first page it is not known as a vault: refused, that is, not read wrongly.
        const auto isTold = [](const Error &error) {
            return error.kind == ErrorKind::Damaged || error.code == "vault.not-a-vault"_L1;
        };
        if (!vault && (!isDamaged || !isTold(vault.error())))
            return vault.error().code;
        const auto check = vault ? vault->check() : Result<VaultCheck>(Failure(vault.error()));
        if (!check && !isTold(check.error()))
            return check.error().code;
        if (check && isDamaged && check->damage.isEmpty() && vault->damage().isEmpty())
            return u"the damage is not told"_s;
    }
    const auto report = salvageVault(path, VaultFixture::passphrase(), target, m_fixture.clock, m_fixture.random);
    if (!report)
        return u"not salvaged: "_s + report.error().code + u' ' + report.error().message;
    const auto salvaged = m_fixture.openAt(target);
    if (!salvaged)
        return u"what was salvaged: "_s + salvaged.error().code;
    const auto sound = salvaged->check();
    if (!sound || !sound->damage.isEmpty() || !salvaged->damage().isEmpty())
        return u"what was salvaged is damaged"_s;
    qsizetype present = 0;
    for (const Credential &credential : salvaged->credentials()) {
        if (m_content.value(credential.name) != contentOf(credential))
            return u"wrong content: "_s + credential.name;
        ++present;
    }
    const qsizetype lost = m_content.size() - present;
    if (lost > mostLost)
        return u"%1 credentials lost where at most %2 lie in the page"_s.arg(lost).arg(mostLost);
    if (report->keyless.size() > mostLost)
        return u"%1 keys lost where at most %2 lie in the page"_s.arg(report->keyless.size()).arg(mostLost);
    return {};
}

void TestVaultPages::losesNoMoreThanThePage_data()
{
    QTest::addColumn<QString>("deed");
    for (const char *deed : {"zeroed", "filled with ones", "swapped"})
        QTest::newRow(deed) << QString::fromLatin1(deed);
}

void TestVaultPages::losesNoMoreThanThePage()
{
    QFETCH(QString, deed);
    const qsizetype pages = m_vault.size() / pageSize;
    const bool isExhaustive = qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE");
    // The first pages hold the schema and the roots of the trees: all of them, always.
    const auto stride = isExhaustive ? 1 : 11;
    for (qsizetype page = 0; page < pages; page += page < 12 ? 1 : stride) {
        QByteArray bytes = m_vault;
        qsizetype mostLost = rowsIn(page);
        if (deed == "swapped"_L1) {
            const qsizetype other = (page + 1 + pages / 2) % pages;
            bytes.replace(page * pageSize, pageSize, m_vault.mid(other * pageSize, pageSize));
            bytes.replace(other * pageSize, pageSize, m_vault.mid(page * pageSize, pageSize));
            // Every byte is still there; only a chain of pages may have been broken.
            mostLost = 1;
            if (page == 0 || other == 0) // whose tree begins behind the file's header
                mostLost = std::max(rowsIn(page), rowsIn(other));
        } else {
            bytes.replace(page * pageSize, pageSize, QByteArray(pageSize, deed == "zeroed"_L1 ? '\0' : '\xff'));
        }
        const QString fault = verdict(bytes, mostLost);
        QVERIFY2(fault.isEmpty(), qPrintable(u"page %1 of %2: %3"_s.arg(page + 1).arg(pages).arg(fault)));
    }
}

void TestVaultPages::cutOffFilesKeepTheirBeginning()
{
    const qsizetype pages = m_vault.size() / pageSize;
    // From the slots on; what ends before them has nothing to open it with.
    for (qsizetype page = pages - 1; page > pages / 3;
         page -= qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE") ? 1 : 17) {
        qsizetype cutOff = 0;
        for (qsizetype gone = page; gone < pages; ++gone)
            cutOff += rowsIn(gone);
        const QString fault = verdict(m_vault.first(page * pageSize), cutOff);
        QVERIFY2(fault.isEmpty(), qPrintable(u"%1 of %2 pages: %3"_s.arg(page).arg(pages).arg(fault)));
    }
}

void TestVaultPages::noiseIsNoRow()
{
    // Whatever the bytes: no crash, no endless chain.
    QRandomGenerator random(7);
    const QString path = m_fixture.folder() + u"/noise"_s;
    for (int round = 0; round < 60; ++round) {
        QByteArray bytes = round % 3 == 0 ? QByteArray(8 * pageSize, '\0') : m_vault.first(24 * pageSize);
        const int changes = round % 3 == 2 ? 40 : static_cast<int>(bytes.size() / 4);
        for (int i = 0; i < changes; ++i)
            bytes[random.bounded(bytes.size())] = static_cast<char>(random.bounded(256));
        for (qsizetype page = 1; page < bytes.size() / pageSize; page += 2)
            bytes[page * pageSize] = '\x0d';
        QVERIFY(replaceFile(path, bytes));
        int rows = 0;
        QVERIFY_RESULT(eachRawRow(path, [&rows](const RawRow &row) { rows += row.values.empty() ? 0 : 1; }));
        QVERIFY(rows < 100'000);
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultPages)
#include "tst_vaultpages.moc"
