// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultBackup.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// Copies of a vault: whole, made while it is used, put back, kept in turn; and what can be saved out of a damaged one.
class TestVaultBackup : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copiesWhatWasJustSaved();
    void refusesToReplaceFiles();
    void putsACopyBack();
    void isNeverWithoutAVault();
    void refusesADamagedCopy();
    void keepsTheLatestInTurn();
    void followsThePlan();
    void makesOneWhenAsked();
    void damagedVaultPushesNoneOut();
    void salvagesWhatIsReadable_data();
    void salvagesWhatIsReadable();
};

void TestVaultBackup::copiesWhatWasJustSaved()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    for (int i = 0; i < 5; ++i)
        QVERIFY_RESULT(vault->add(sampleCredential(i), sampleKey(i)));
    const QString copy = fixture.folder() + u"/copy.credenza"_s;
    QVERIFY_RESULT(backUpVault(fixture.path(), copy)); // while it is open
    const auto copied = fixture.openAt(copy);
    QVERIFY_RESULT(copied);
    QCOMPARE(copied->credentials().size(), 5);
    QCOMPARE(namesOf(copied->check()->damage), QStringList());
    QVERIFY_RESULT(vault->add(sampleCredential(9), sampleKey(9)));
    // From then on the copy is a state of the past, which is told to whoever opens it.
    QCOMPARE(namesOf(fixture.openAt(copy)->damage()), QStringList{u"vault.rolled-back vault"_s});
    QCOMPARE(QFileInfo(copy).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QDir(fixture.folder()).entryList({u".*"_s}, QDir::Files | QDir::Hidden), QStringList());
}

void TestVaultBackup::refusesToReplaceFiles()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    const QString copy = fixture.folder() + u"/copy"_s;
    QVERIFY(replaceFile(copy, "mine"));
    QVERIFY_FAILS(backUpVault(fixture.path(), copy), "vault.exists");
    QCOMPARE(contentsOfFile(copy), QByteArray("mine"));
    QVERIFY_FAILS(backUpVault(fixture.path(), u"/proc/copy"_s), "vault.unwritable");
    QVERIFY_FAILS(backUpVault(fixture.folder() + u"/none"_s, copy + u'2'), "vault.not-found");
    QVERIFY_FAILS(backUpVault(copy, copy + u'2'), "vault.not-a-vault");
}

void TestVaultBackup::putsACopyBack()
{
    VaultFixture fixture;
    const QString copy = fixture.folder() + u"/copy.credenza"_s;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey(1)));
    QVERIFY_RESULT(backUpVault(fixture.path(), copy));
    QVERIFY_RESULT(vault->add(sampleCredential(2), sampleKey(2)));
    const auto aside = restoreVault(fixture.path(), copy, fixture.clock);
    QVERIFY_RESULT(aside);
    // Who has it open notices and saves nothing into the file that was put aside.
    QVERIFY_FAILS(vault->add(sampleCredential(3), sampleKey(3)), "vault.not-found");
    const auto restored = fixture.open();
    QVERIFY_RESULT(restored);
    QCOMPARE(namesOf(restored->damage()), QStringList()); // no complaint about the past: it was asked for
    QCOMPARE(restored->credentials().size(), 1);
    QCOMPARE(fixture.openAt(*aside)->credentials().size(), 2);
    QVERIFY(QFile::exists(copy));
}

void TestVaultBackup::isNeverWithoutAVault()
{
    // Killed at any moment, a restore leaves a vault under its name: this one or that.
    VaultFixture fixture;
    const QString copy = fixture.folder() + u"/copy.credenza"_s;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey(1)));
        QVERIFY_RESULT(backUpVault(fixture.path(), copy));
        QVERIFY_RESULT(vault->add(sampleCredential(2), sampleKey(2)));
    }
    std::atomic<int> missing = 0;
    std::atomic<int> looks = 0;
    {
        const std::jthread watcher([&, path = QFile::encodeName(fixture.path())](const std::stop_token &stop) {
            for (; !stop.stop_requested(); ++looks)
                missing += ::access(path.constData(), F_OK) == 0 ? 0 : 1;
        });
        for (int i = 0; i < 30; ++i) {
            fixture.clock.advance(std::chrono::seconds(1));
            const auto aside = restoreVault(fixture.path(), copy, fixture.clock);
            QVERIFY_RESULT(aside);
            QCOMPARE(fixture.openAt(*aside)->credentials().size(), i == 0 ? 2 : 1);
        }
    }
    QVERIFY(looks > 100);
    QCOMPARE(missing, 0);
    QCOMPARE(QDir(fixture.folder()).entryList({u".*"_s, u"*.swap"_s}, QDir::Files | QDir::Hidden), QStringList());
}

void TestVaultBackup::refusesADamagedCopy()
{
    VaultFixture fixture;
    const QString copy = fixture.folder() + u"/copy.credenza"_s;
    QVERIFY_RESULT(fixture.create());
    QVERIFY_RESULT(backUpVault(fixture.path(), copy));
    QByteArray contents = contentsOfFile(copy);
    contents[3622] = static_cast<char>(contents[3622] ^ 1);
    QVERIFY(replaceFile(copy, contents));
    const QByteArray present = contentsOfFile(fixture.path());
    QVERIFY_FAILS(restoreVault(fixture.path(), copy, fixture.clock), "vault.damaged");
    QCOMPARE(contentsOfFile(fixture.path()), present);
}

void TestVaultBackup::keepsTheLatestInTurn()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY(backUpIfDue(*vault, fixture.clock)->isEmpty()); // nothing in it yet
    for (int day = 0; day < 13; ++day) {
        QVERIFY_RESULT(vault->add(sampleCredential(day), sampleKey(day)));
        QVERIFY(backUpIfDue(*vault, fixture.clock)->isEmpty()); // not on the day itself
        fixture.clock.advance(std::chrono::hours(25));
        QVERIFY(!backUpIfDue(*vault, fixture.clock)->isEmpty());
        QVERIFY(backUpIfDue(*vault, fixture.clock)->isEmpty()); // once a day
    }
    fixture.clock.advance(std::chrono::hours(25));
    QVERIFY(backUpIfDue(*vault, fixture.clock)->isEmpty()); // nothing was saved since
    const auto backups = rollingBackups(fixture.path(), {});
    QCOMPARE(backups.size(), 10);
    QVERIFY(backups.first().madeAt > backups.last().madeAt);
    QCOMPARE(fixture.openAt(backups.first().path)->credentials().size(), 13);
}

void TestVaultBackup::followsThePlan()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
    fixture.clock.advance(std::chrono::hours(25));
    const BackupPlan usual = *backupPlan(*vault);
    QVERIFY(usual.isOn && usual.folder.isEmpty() && usual.keep == 10);
    QVERIFY_RESULT(setBackupPlan(*vault, {false, {}, 10}));
    QVERIFY(backUpIfDue(*vault, fixture.clock)->isEmpty());
    const QString elsewhere = fixture.folder() + u"/elsewhere"_s;
    QVERIFY_RESULT(setBackupPlan(*vault, {true, elsewhere, 1}));
    QVERIFY(backUpIfDue(*vault, fixture.clock)->startsWith(elsewhere));
    *vault = *fixture.open();
    QCOMPARE(backupPlan(*vault)->keep, 1);
}

void TestVaultBackup::makesOneWhenAsked()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
    QVERIFY_RESULT(setBackupPlan(*vault, {false, {}, 2})); // off: not by themselves
    for (int i = 0; i < 3; ++i) {
        fixture.clock.advance(std::chrono::seconds(1));
        const auto made = backUpNow(*vault, fixture.clock);
        QVERIFY_RESULT(made);
        QVERIFY_RESULT(checkBackup(*made));
        QCOMPARE(fixture.openAt(*made)->credentials().size(), 1);
    }
    const auto backups = rollingBackups(fixture.path(), *backupPlan(*vault));
    QCOMPARE(backups.size(), 2);
    QCOMPARE(backups.first().madeAt, toDateTime(fixture.clock.now()));
    QCOMPARE(QFileInfo(backups.first().path).absolutePath(), backupFolder(fixture.path(), {}));
    QVERIFY_FAILS(backUpNow(*vault, fixture.clock), "vault.exists"); // in the same second
}

void TestVaultBackup::damagedVaultPushesNoneOut()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
    QVERIFY_RESULT(setBackupPlan(*vault, {true, {}, 1}));
    const auto sound = backUpNow(*vault, fixture.clock);
    QVERIFY_RESULT(sound);
    QVERIFY(fixture.sql(u"UPDATE record SET card=zeroblob(length(card)) WHERE kind=1"_s));
    *vault = *fixture.open();
    QVERIFY(!vault->damage().isEmpty());
    fixture.clock.advance(std::chrono::hours(25));
    QVERIFY_RESULT(backUpNow(*vault, fixture.clock));
    QCOMPARE(rollingBackups(fixture.path(), *backupPlan(*vault)).size(), 2);
    QVERIFY(QFile::exists(*sound));
}

void TestVaultBackup::salvagesWhatIsReadable_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<int>("credentials");
    QTest::addColumn<qsizetype>("keyless");
    QTest::newRow("none") << u"SELECT 1"_s << 8 << qsizetype(0);
    QTest::newRow("a card")
        << u"UPDATE record SET card=zeroblob(900) WHERE kind=1 AND rowid=(SELECT min(rowid) FROM record)"_s << 7
        << qsizetype(0);
    QTest::newRow("a key") << u"UPDATE record_key SET sealed=zeroblob(900) WHERE rowid=1"_s << 8 << qsizetype(1);
    QTest::newRow("the root") << u"DELETE FROM manifest_root"_s << 8 << qsizetype(0);
    QTest::newRow("the whole manifest") << u"DELETE FROM manifest_bucket"_s << 8 << qsizetype(0);
    QTest::newRow("the log") << u"DELETE FROM activity"_s << 8 << qsizetype(0);
    QTest::newRow("the header") << u"DELETE FROM vault_header"_s << 8 << qsizetype(0);
}

void TestVaultBackup::salvagesWhatIsReadable()
{
    QFETCH(QString, damage);
    QFETCH(int, credentials);
    QFETCH(qsizetype, keyless);
    VaultFixture fixture;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        for (int i = 0; i < 8; ++i)
            QVERIFY_RESULT(vault->add(sampleCredential(i), sampleKey(i)));
        const auto trashed = vault->add(sampleCredential(20), sampleKey(20));
        QVERIFY_RESULT(vault->remove(trashed->id));
        QVERIFY_RESULT(setBackupPlan(*vault, {true, {}, 3}));
    }
    QVERIFY(fixture.sql(damage));
    const auto damaged = fixture.open();
    QVERIFY_RESULT(damaged);
    auto target = Vault::create(fixture.folder() + u"/new.credenza"_s, u"Salvaged"_s, VaultFixture::passphrase(),
                                VaultFixture::fastKdf(), fixture.clock, fixture.random);
    QVERIFY_RESULT(target);
    const auto report = damaged->salvageInto(*target);
    QVERIFY_RESULT(report);
    QCOMPARE(report->credentials, credentials);
    QCOMPARE(report->keyless.size(), keyless);
    QCOMPARE(report->trashed, 1);
    *target = *fixture.openAt(fixture.folder() + u"/new.credenza"_s);
    QCOMPARE(namesOf(target->damage()), QStringList());
    QCOMPARE(namesOf(target->check()->damage), QStringList());
    QCOMPARE(target->credentials().size(), credentials);
    for (const Credential &credential : target->credentials()) {
        const auto original = damaged->find(credential.name);
        QCOMPARE(contentOf(credential), contentOf(*original));
        QCOMPARE(credential.createdAt, original->createdAt);
    }
    int keys = 0;
    QList<QUuid> ids;
    for (const Credential &credential : target->credentials())
        ids << credential.id;
    QVERIFY_RESULT(target->exportPrivateKeys(ids, {u"credential.exported"_s, u"test"_s},
                                             [&keys](const Credential &, const SecretBytes &key) -> Result<void> {
                                                 keys += key.isEmpty() ? 0 : 1;
                                                 return {};
                                             }));
    QCOMPARE(keys, credentials - keyless);
    QCOMPARE(target->activity()->last().action, u"credential.exported"_s);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultBackup)
#include "tst_vaultbackup.moc"
