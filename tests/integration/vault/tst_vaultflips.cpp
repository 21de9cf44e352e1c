// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

constexpr qsizetype pageSize = 4096;

/// Any byte of a vault's files may be wrong, any part of their end missing. Then the damage is reported or nothing is
/// different; wrong data, a crash or a hang never come of it.
class TestVaultFlips : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void flipsInTheVault_data();
    void flipsInTheVault();
    void flipsInTheLog_data();
    void flipsInTheLog();
    void cutOff();
    void zeroedPages();

private:
    struct Files {
        QByteArray vault;
        QByteArray log;   // -wal
        QByteArray index; // -shm
    };
    /// What came of opening changed files; empty: as it must be.
    [[nodiscard]] QString verdict(const Files &files);

    VaultFixture m_fixture;
    Files m_closed;  // after everything was closed
    Files m_crashed; // as a kill leaves them: the last saves are in the log alone
    QMap<QString, QByteArray> m_content;
    int m_reported = 0;
    int m_harmless = 0;
};

void TestVaultFlips::initTestCase()
{
    auto vault = m_fixture.create();
    QVERIFY_RESULT(vault);
    for (int i = 0; i < 3; ++i) {
        const auto saved = vault->add(sampleCredential(i), sampleKey(i));
        QVERIFY_RESULT(saved);
        m_content.insert(saved->name, contentOf(*saved));
    }
    const QString path = m_fixture.path();
    m_crashed = {contentsOfFile(path), contentsOfFile(path + u"-wal"_s), contentsOfFile(path + u"-shm"_s)};
    QVERIFY(!m_crashed.log.isEmpty());
    {
        const Vault closing = *std::move(vault);
    }
    m_closed = {contentsOfFile(path), {}, {}};
    QVERIFY(!QFile::exists(path + u"-wal"_s));
    QCOMPARE(verdict(m_closed), QString());
    QCOMPARE(verdict(m_crashed), QString());
    QCOMPARE(m_harmless, 2);
}

QString TestVaultFlips::verdict(const Files &files)
{
    const QString path = m_fixture.path();
    for (const auto &[suffix, contents] :
         {std::pair{u""_s, files.vault}, {u"-wal"_s, files.log}, {u"-shm"_s, files.index}}) {
        QFile::remove(path + suffix);
        if (!contents.isEmpty() && !replaceFile(path + suffix, contents))
            return u"can't write the test's files"_s;
    }
    const auto vault = m_fixture.open();
    if (!vault) {
        ++m_reported;
        return vault.error().kind == ErrorKind::Damaged ? QString() : vault.error().code;
    }
    for (const Credential &credential : vault->credentials())
        if (m_content.value(credential.name) != contentOf(credential))
            return u"wrong content"_s;
    const auto check = vault->check();
    if (!check) {
        ++m_reported;
        return check.error().kind == ErrorKind::Damaged ? QString() : check.error().code;
    }
    if (vault->damage().isEmpty() && check->damage.isEmpty()) {
        ++m_harmless;
        if (vault->credentials().size() != m_content.size() || check->recordsChecked != m_content.size())
            return u"silently lost a credential"_s;
        if (vault->info().name != "Test vault"_L1 || vault->info().formatVersion != 2)
            return u"silently lost the header"_s;
        return {};
    }
    ++m_reported;
    return {};
}

void TestVaultFlips::flipsInTheVault_data()
{
    QTest::addColumn<qsizetype>("from");
    for (qsizetype from = 0; from < m_closed.vault.size(); from += pageSize)
        QTest::addRow("page %lld", static_cast<long long>(from / pageSize + 1)) << from;
}

void TestVaultFlips::flipsInTheVault()
{
    QFETCH(qsizetype, from);
    // A page's checksum treats all its bytes alike, and what is zero is mostly room that nothing uses yet: a sample of
    // that will do, unless everything was asked for.
    const bool isExhaustive = qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE");
    m_reported = m_harmless = 0;
    for (qsizetype at = from; at < from + pageSize; ++at) {
        const int stride = at < 200 ? 1 : m_closed.vault[at] == '\0' ? 64 : 7;
        if (at % stride != 0 && !isExhaustive)
            continue;
        Files files = m_closed;
        files.vault[at] = static_cast<char>(files.vault[at] ^ (1 << (at % 8)));
        const QString fault = verdict(files);
        QVERIFY2(fault.isEmpty(), qPrintable(u"byte %1: %2"_s.arg(at).arg(fault)));
        QVERIFY2(m_harmless == 0, qPrintable(u"byte %1 was not reported"_s.arg(at)));
    }
    qInfo("%d flips reported", m_reported);
}

void TestVaultFlips::flipsInTheLog_data()
{
    QTest::addColumn<bool>("isIndex");
    QTest::newRow("-wal") << false;
    QTest::newRow("-shm") << true;
}

void TestVaultFlips::flipsInTheLog()
{
    QFETCH(bool, isIndex);
    m_reported = m_harmless = 0;
    const QByteArray &original = isIndex ? m_crashed.index : m_crashed.log;
    // Every byte of the headers and of the first frame's; then a sample: SQLite's checksum treats all frames alike.
    const bool isExhaustive = qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE");
    for (qsizetype at = 0; at < original.size(); at += at < 300 || isExhaustive ? 1 : 97) {
        Files files = m_crashed;
        QByteArray &changed = isIndex ? files.index : files.log;
        changed[at] = static_cast<char>(changed[at] ^ (1 << (at % 8)));
        const QString fault = verdict(files);
        QVERIFY2(fault.isEmpty(), qPrintable(u"byte %1: %2"_s.arg(at).arg(fault)));
        // Of the log every byte counts; its index is made anew by whoever opens the vault first.
        QVERIFY2(isIndex || m_harmless == 0, qPrintable(u"byte %1 was not reported"_s.arg(at)));
    }
    qInfo("%d flips reported, %d without effect", m_reported, m_harmless);
}

void TestVaultFlips::cutOff()
{
    for (qsizetype size = 0; size < m_closed.vault.size(); size += 512 - 511 * (size < 64)) {
        const QString fault = verdict({m_closed.vault.first(size), {}, {}});
        if (size == 0)
            continue; // replaceFile() leaves no file then, which is another story
        QVERIFY2(fault.isEmpty(), qPrintable(u"%1 bytes: %2"_s.arg(size).arg(fault)));
    }
    for (qsizetype size = 0; size < m_crashed.log.size(); size += 1021) {
        const QString fault = verdict({m_crashed.vault, m_crashed.log.first(size), m_crashed.index});
        QVERIFY2(fault.isEmpty(), qPrintable(u"log of %1 bytes: %2"_s.arg(size).arg(fault)));
    }
}

void TestVaultFlips::zeroedPages()
{
    for (qsizetype at = pageSize; at < m_closed.vault.size(); at += pageSize) {
        for (const char filling : {'\0', '\xff'}) {
            Files files = m_closed;
            files.vault.replace(at, pageSize, QByteArray(pageSize, filling));
            const QString fault = verdict(files);
            QVERIFY2(fault.isEmpty(), qPrintable(u"page at %1: %2"_s.arg(at).arg(fault)));
        }
        Files swapped = m_closed;
        swapped.vault.replace(at, pageSize,
                              m_closed.vault.mid(pageSize + at % (m_closed.vault.size() - pageSize), pageSize));
        const QString fault = verdict(swapped);
        QVERIFY2(fault.isEmpty(), qPrintable(u"swapped page at %1: %2"_s.arg(at).arg(fault)));
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultFlips)
#include "tst_vaultflips.moc"
