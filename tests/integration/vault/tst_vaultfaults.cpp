// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultBackup.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Each system call on the vault's files fails, once or from then on: disk full, quota, read-only media, disk broken,
/// network drive gone, and half of what was asked for. Nothing that was acknowledged is lost, what was refused has a
/// reason, and the vault is sound afterwards.
class TestVaultFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void survivesEachFault_data();
    void survivesEachFault();
    void survivesWhatLasts_data();
    void survivesWhatLasts();

private:
    struct Run {
        QStringList said;
        int calls = 0;
        bool hasCrashed = false;
    };
    [[nodiscard]] Run run(int call, const QString &kind, bool lasts = false);
    /// What is wrong after a run; empty: nothing.
    [[nodiscard]] QString verdict(const Run &run);

    VaultFixture m_fixture;
    QByteArray m_vault;
    int m_calls = 0;
};

void TestVaultFaults::initTestCase()
{
    {
        auto vault = m_fixture.create();
        QVERIFY_RESULT(vault);
        Credential first = sampleCredential(1);
        first.name = u"first"_s;
        QVERIFY_RESULT(vault->add(first, sampleKey(1)));
    }
    m_vault = contentsOfFile(m_fixture.path());
    const Run undisturbed = run(0, u"full"_s);
    QCOMPARE(verdict(undisturbed), QString());
    QCOMPARE(undisturbed.said.filter(u"refused"_s), QStringList());
    QCOMPARE(undisturbed.said.size(), 10);
    m_calls = undisturbed.calls;
    QVERIFY(m_calls > 40);
}

TestVaultFaults::Run TestVaultFaults::run(int call, const QString &kind, bool lasts)
{
    const QString path = m_fixture.path();
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s, u".copy"_s})
        QFile::remove(path + suffix);
    m_fixture.forgetSeenRoots();
    replaceFile(path, m_vault);
    const QString count = m_fixture.folder() + u"/../calls"_s;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, QStringLiteral(CREDENZA_VAULT_FAULTS));
    environment.insert(u"FAULT_FOLDER"_s, u"/vaults/"_s);
    environment.insert(u"FAULT_CALL"_s, QString::number(call));
    environment.insert(u"FAULT_KIND"_s, kind);
    environment.insert(u"FAULT_LASTS"_s, lasts ? u"1"_s : u"0"_s);
    environment.insert(u"FAULT_COUNT"_s, count);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(CREDENZA_BIN_DIR "/vault_script"), {path});
    Run result;
    result.hasCrashed = !process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit;
    result.said = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    result.calls = contentsOfFile(count).toInt();
    return result;
}

QString TestVaultFaults::verdict(const Run &run)
{
    if (run.hasCrashed)
        return u"crashed"_s;
    const auto vault = m_fixture.open();
    if (!vault)
        return vault.error().code;
    if (!vault->damage().isEmpty())
        return namesOf(vault->damage()).join(u", "_s);
    const auto check = vault->check();
    if (!check || !check->damage.isEmpty())
        return check ? namesOf(check->damage).join(u", "_s) : check.error().code;
    const auto first = vault->find(u"first"_s);
    const bool isTrashed = !first && vault->trash().size() == 1;
    if (!first && !isTrashed)
        return u"the first credential is gone"_s;
    const Credential kept = first ? *first : vault->trash().first().credential;
    if (run.said.contains(u"done update"_s) && kept.description != "changed"_L1)
        return u"an acknowledged change is gone"_s;
    if (run.said.contains(u"done add"_s) && !vault->find(u"second"_s))
        return u"an acknowledged credential is gone"_s;
    if (run.said.contains(u"done restore"_s) && !first)
        return u"an acknowledged restoring is undone"_s;
    if (run.said.contains(u"done put"_s) && !vault->sealedItem(SealedKind::Setting, u"a"_s)->has_value())
        return u"an acknowledged value is gone"_s;
    if (run.said.contains(u"done backup"_s)) {
        const auto copy = m_fixture.openAt(m_fixture.path() + u".copy"_s);
        if (!copy || !copy->check() || !copy->check()->damage.isEmpty())
            return u"the backup is damaged"_s;
    }
    static const QStringList reasons{u"vault.unwritable"_s,    u"vault.unreadable"_s, u"vault.damaged"_s,
                                     u"vault.busy"_s,          u"vault.not-found"_s,  u"vault.not-a-vault"_s,
                                     u"credential.not-found"_s};
    for (const QString &refusal : run.said.filter(u"refused"_s))
        if (!reasons.contains(refusal.section(u' ', 2)))
            return refusal;
    return {};
}

void TestVaultFaults::survivesEachFault_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"full", "broken", "short"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestVaultFaults::survivesEachFault()
{
    QFETCH(QString, kind);
    // CREDENZA_EXHAUSTIVE=1: each call with each fault; else each call with one of them.
    const int phase = kind == "full"_L1 ? 0 : kind == "broken"_L1 ? 1 : 2;
    const bool isExhaustive = qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE");
    int refused = 0;
    for (int call = 1; call <= m_calls; ++call) {
        if (!isExhaustive && call % 3 != phase)
            continue;
        const Run disturbed = run(call, kind);
        refused += disturbed.said.filter(u"refused"_s).isEmpty() ? 0 : 1;
        const QString fault = verdict(disturbed);
        QVERIFY2(fault.isEmpty(), qPrintable(u"call %1: %2 (%3)"_s.arg(call).arg(fault, disturbed.said.join(u", "_s))));
    }
    qInfo("%d calls, %d runs with a refusal", m_calls, refused);
    QVERIFY(kind == "short"_L1 || refused > 0);
}

void TestVaultFaults::survivesWhatLasts_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"full", "quota", "readonly", "broken", "gone"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestVaultFaults::survivesWhatLasts()
{
    QFETCH(QString, kind);
    // CREDENZA_EXHAUSTIVE=1: it begins at each call; else at a sample of them, and at the very first.
    const int stride = qEnvironmentVariableIsSet("CREDENZA_EXHAUSTIVE") ? 1 : 9;
    int refused = 0;
    for (int call = 1; call <= m_calls; call += stride) {
        const Run disturbed = run(call, kind, true);
        refused += disturbed.said.filter(u"refused"_s).isEmpty() ? 0 : 1;
        const QString fault = verdict(disturbed); // by a program for which the disk is well again
        QVERIFY2(fault.isEmpty(),
                 qPrintable(u"from call %1: %2 (%3)"_s.arg(call).arg(fault, disturbed.said.join(u", "_s))));
    }
    qInfo("%d runs with a refusal", refused);
    QVERIFY(refused > 0);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultFaults)
#include "tst_vaultfaults.moc"
