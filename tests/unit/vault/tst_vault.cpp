// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

/// The vault as its users see it: what is saved comes back, and every refusal has its code.
class TestVault : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void savesAndFindsAgain();
    void keepsFilesPrivate();
    void refusesWrongPassphrase();
    void refusesToReplaceFiles();
    void refusesWhatIsNoVault_data();
    void refusesWhatIsNoVault();
    void leavesForeignDatabasesAlone();
    void refusesNewerFormat();
    void refusesUnsupportedKdf_data();
    void refusesUnsupportedKdf();
    void inspectsWithoutPassphrase();
    void takesNamesOnce_data();
    void takesNamesOnce();
    void updatesOnlyTheSavedRevision();
    void doesNotWriteIdenticalContent();
    void replacesTheKeyOnlyWhenGiven();
    void aTestIsNotAnEdit();
    void removes();
    void opensPrivateKeys();
    void listsInOrderOfName();
    void reportsUnwritableFolders();
    void noticesThatTheFileIsGone();
};

void TestVault::savesAndFindsAgain()
{
    VaultFixture fixture;
    QList<Credential> saved;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY(vault->damage().isEmpty());
        for (int i = 0; i < 40; ++i) {
            const auto added = vault->add(sampleCredential(i), sampleKey(i));
            QVERIFY_RESULT(added);
            QCOMPARE(added->revision, 1);
            QCOMPARE(added->createdAt, toDateTime(fixture.clock.now()));
            QCOMPARE(added->updatedAt, added->createdAt);
            saved << *added;
        }
    }
    const auto vault = fixture.open();
    QVERIFY_RESULT(vault);
    QCOMPARE(namesOf(vault->damage()), QStringList());
    QCOMPARE(vault->credentials().size(), 40);
    for (int i = 0; i < 40; ++i) {
        const auto byName = vault->find(u"  nightly EXPORT %1 "_s.arg(i));
        QVERIFY_RESULT(byName);
        QCOMPARE(byName->id, saved[i].id);
        QCOMPARE(byName->createdAt, saved[i].createdAt);
        QCOMPARE(toJson(*byName), toJson(saved[i]));
        const auto byId = vault->find(saved[i].id.toString(QUuid::WithoutBraces));
        QVERIFY_RESULT(byId);
        QCOMPARE(contentOf(*byId), contentOf(sampleCredential(i)));
    }
    QVERIFY_FAILS(vault->find(u"no such"_s), "credential.not-found");
    QVERIFY_FAILS(vault->find(QString()), "credential.not-found");
    const auto check = vault->check();
    QVERIFY_RESULT(check);
    QCOMPARE(check->recordsChecked, 40);
    QCOMPARE(namesOf(check->damage), QStringList());
}

void TestVault::keepsFilesPrivate()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
    const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    const auto files = QDir(fixture.folder()).entryInfoList(QDir::Files | QDir::Hidden);
    QCOMPARE(files.size(), 3); // the vault, its -wal and its -shm
    for (const QFileInfo &file : files)
        QCOMPARE(file.permissions(), ownerOnly);
    QCOMPARE(QFileInfo(fixture.folder()).permissions(), ownerOnly | QFile::ExeOwner | QFile::ExeUser);
    *vault = *fixture.open();
    QVERIFY(!vault->credentials().isEmpty());
}

void TestVault::refusesWrongPassphrase()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    for (const QByteArrayView wrong : {"correct horse battery stapl", "correct horse battery staple ", "x", ""}) {
        const auto vault = Vault::open(fixture.path(), SecretBytes::copyOf(wrong), fixture.clock, fixture.random);
        QVERIFY_FAILS(vault, "vault.wrong-passphrase");
        QCOMPARE(vault.error().kind, ErrorKind::Locked);
    }
}

void TestVault::refusesToReplaceFiles()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    const auto before = contentsOfFile(fixture.path());
    QVERIFY_FAILS(fixture.create(), "vault.exists");
    QCOMPARE(contentsOfFile(fixture.path()), before);
    QCOMPARE(QDir(fixture.folder()).entryList(QDir::Files | QDir::Hidden), QStringList{u"test.credenza"_s});
    QVERIFY_FAILS(fixture.openAt(fixture.folder() + u"/other"_s), "vault.not-found");
    QVERIFY_FAILS(fixture.openAt(fixture.folder()), "vault.not-a-vault");
}

void TestVault::refusesWhatIsNoVault_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QByteArray() << u"vault.damaged"_s;
    QTest::newRow("text") << QByteArray("hello\n") << u"vault.not-a-vault"_s;
    QTest::newRow("long text") << QByteArray("hello\n").repeated(5000) << u"vault.not-a-vault"_s;
    QTest::newRow("zeros") << QByteArray(8192, '\0') << u"vault.not-a-vault"_s;
    QTest::newRow("one byte of a vault") << QByteArray("S") << u"vault.damaged"_s;
    QTest::newRow("one other byte") << QByteArray("x") << u"vault.not-a-vault"_s;
    QTest::newRow("cut off") << QByteArray("SQLite format 3\0\x10\0", 18) << u"vault.damaged"_s;
}

void TestVault::refusesWhatIsNoVault()
{
    QFETCH(QByteArray, contents);
    QFETCH(QString, code);
    VaultFixture fixture;
    QVERIFY(QDir().mkpath(fixture.folder()));
    QVERIFY(replaceFile(fixture.path(), contents));
    const auto vault = fixture.open();
    QVERIFY(!vault);
    QCOMPARE(vault.error().code, code);
    QCOMPARE(Vault::inspect(fixture.path()).error().code, code);
    QCOMPARE(contentsOfFile(fixture.path()), contents);
}

void TestVault::leavesForeignDatabasesAlone()
{
    VaultFixture fixture;
    QVERIFY(QDir().mkpath(fixture.folder()));
    QVERIFY(fixture.sql(u"CREATE TABLE somebodys(data)"_s));
    const auto before = contentsOfFile(fixture.path());
    QVERIFY_FAILS(fixture.open(), "vault.not-a-vault");
    QVERIFY_FAILS(Vault::inspect(fixture.path()), "vault.not-a-vault");
    QCOMPARE(contentsOfFile(fixture.path()), before);
}

void TestVault::refusesNewerFormat()
{
    VaultFixture fixture;
    QVERIFY_RESULT(fixture.create());
    QVERIFY(fixture.sql(u"PRAGMA user_version=3"_s));
    QCOMPARE(namesOf(fixture.open()->damage()), QStringList{u"header.damaged header"_s}); // one of the two places
    QVERIFY(fixture.sql(u"UPDATE vault_header SET format=3"_s));
    QVERIFY_FAILS(fixture.open(), "vault.newer-format");
}

void TestVault::refusesUnsupportedKdf_data()
{
    QTest::addColumn<int>("memoryMiB");
    QTest::addColumn<int>("passes");
    QTest::newRow("no memory") << 0 << 1;
    QTest::newRow("negative memory") << -1 << 1;
    QTest::newRow("too little memory") << 7 << 1;
    QTest::newRow("too much memory") << 4097 << 1;
    QTest::newRow("no passes") << 8 << 0;
    QTest::newRow("too many passes") << 8 << 65;
}

void TestVault::refusesUnsupportedKdf()
{
    QFETCH(int, memoryMiB);
    QFETCH(int, passes);
    VaultFixture fixture;
    const auto vault = Vault::create(fixture.path(), u"x"_s, VaultFixture::passphrase(), {memoryMiB, passes},
                                     fixture.clock, fixture.random);
    QVERIFY_FAILS(vault, "vault.kdf-unsupported");
    QVERIFY(!QFile::exists(fixture.path()));
    QVERIFY_FAILS(
        Vault::create(fixture.path(), u"x"_s, SecretBytes(), VaultFixture::fastKdf(), fixture.clock, fixture.random),
        "vault.passphrase-empty");
}

void TestVault::inspectsWithoutPassphrase()
{
    VaultFixture fixture;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(), sampleKey()));
        QCOMPARE(vault->info().recordCount, 1);
    }
    const auto info = Vault::inspect(fixture.path());
    QVERIFY_RESULT(info);
    QCOMPARE(info->path, fixture.path());
    QCOMPARE(info->formatVersion, 2);
    QVERIFY(!info->vaultId.isNull());
    QCOMPARE(info->name, u"Test vault"_s);
    QCOMPARE(info->kdf.memoryMiB, 8);
    QCOMPARE(info->kdf.passes, 1);
    QCOMPARE(info->keySlots, QStringList{u"passphrase"_s});
    QCOMPARE(info->recordCount, 1);
}

void TestVault::takesNamesOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("same") << u"Zürich Lab"_s;
    QTest::newRow("case") << u"ZÜRICH lab"_s;
    QTest::newRow("outer blanks") << u"  Zürich Lab\t"_s;
    QTest::newRow("decomposed") << u"Zu\u0308rich Lab"_s;
}

void TestVault::takesNamesOnce()
{
    QFETCH(QString, name);
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    Credential first = sampleCredential(1);
    first.name = u"Zürich Lab"_s;
    QVERIFY_RESULT(vault->add(first, sampleKey()));
    Credential second = sampleCredential(2);
    second.name = name;
    QVERIFY_FAILS(vault->add(second, sampleKey()), "vault.name-taken");
    second.name = u"Other"_s;
    auto saved = vault->add(second, sampleKey());
    QVERIFY_RESULT(saved);
    saved->name = name;
    QVERIFY_FAILS(vault->update(*saved), "vault.name-taken");
    QCOMPARE(vault->credentials().size(), 2);
    QVERIFY_RESULT(vault->find(u"other"_s));
    // Its own name may change its spelling.
    auto own = vault->find(u"Zürich Lab"_s);
    QVERIFY_RESULT(own);
    own->name = name + u'.';
    QVERIFY_RESULT(vault->update(*own));
}

void TestVault::updatesOnlyTheSavedRevision()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto first = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(first);
    fixture.clock.advance(std::chrono::hours(1));
    Credential edited = *first;
    edited.description = u"edited"_s;
    const auto second = vault->update(edited);
    QVERIFY_RESULT(second);
    QCOMPARE(second->revision, 2);
    QCOMPARE(second->createdAt, first->createdAt);
    QCOMPARE(second->updatedAt, first->createdAt.addSecs(3600));
    QVERIFY_FAILS(vault->update(edited), "vault.changed-elsewhere");
    edited.id = QUuid::createUuid();
    QVERIFY_FAILS(vault->update(edited), "credential.not-found");
    *vault = *fixture.open();
    QCOMPARE(vault->credentials().first().description, u"edited"_s);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVault::doesNotWriteIdenticalContent()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto saved = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(saved);
    const auto before = fixture.rows(u"SELECT sealed FROM manifest_root"_s);
    const auto key = sampleKey();
    const auto again = vault->update(*saved, &key);
    QVERIFY_RESULT(again);
    QCOMPARE(again->revision, 1);
    QCOMPARE(fixture.rows(u"SELECT sealed FROM manifest_root"_s), before);
}

void TestVault::replacesTheKeyOnlyWhenGiven()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey(1));
    QVERIFY_RESULT(saved);
    const auto firstKey = fixture.rows(u"SELECT revision,sealed FROM record_key"_s);
    saved->description = u"new"_s;
    saved = vault->update(*saved);
    QVERIFY_RESULT(saved);
    QCOMPARE(fixture.rows(u"SELECT revision,sealed FROM record_key"_s), firstKey);
    const auto ownKey = u"SELECT k.revision,k.sealed FROM record_key k JOIN record r ON r.id=k.id WHERE r.kind=1"_s;
    const auto other = sampleKey(2);
    saved = vault->update(*saved, &other);
    QVERIFY_RESULT(saved);
    QCOMPARE(saved->revision, 3);
    const auto secondKey = fixture.rows(ownKey);
    QCOMPARE(secondKey.size(), 1);
    QCOMPARE(secondKey.first().first().toInt(), 3);
    QVERIFY(secondKey != firstKey);
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVault::aTestIsNotAnEdit()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    auto saved = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(saved);
    fixture.clock.advance(std::chrono::hours(1));
    saved->lastTest = TestSummary{true, toDateTime(fixture.clock.now()), 12, {}, {}, u"Connected."_s};
    const auto tested = vault->update(*saved);
    QVERIFY_RESULT(tested);
    QCOMPARE(tested->revision, 2);
    QCOMPARE(tested->updatedAt, saved->updatedAt);
    QVERIFY(tested->lastTest->passed);
}

void TestVault::removes()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto saved = vault->add(sampleCredential(), sampleKey());
    QVERIFY_RESULT(saved);
    QVERIFY_RESULT(vault->remove(saved->id));
    QVERIFY_FAILS(vault->remove(saved->id), "credential.not-found");
    QVERIFY_FAILS(vault->find(saved->name), "credential.not-found");
    QVERIFY_FAILS(vault->update(*saved), "credential.not-found");
    QVERIFY_FAILS(vault->privateKey(saved->id), "credential.not-found");
    *vault = *fixture.open();
    QVERIFY(vault->credentials().isEmpty());
    QCOMPARE(*vault->emptyTrash(), 1);
    *vault = *fixture.open();
    QVERIFY(fixture.rows(u"SELECT id FROM record"_s).isEmpty());
    QVERIFY(fixture.rows(u"SELECT id FROM record_key"_s).isEmpty());
    QVERIFY(fixture.rows(u"SELECT number FROM manifest_bucket"_s).isEmpty());
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
}

void TestVault::opensPrivateKeys()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    const auto made = generateKey({KeyType::Ec, 0, u"P-384"_s});
    QVERIFY_RESULT(made);
    const auto saved = vault->add(sampleCredential(), made->pkcs8);
    QVERIFY_RESULT(saved);
    *vault = *fixture.open();
    const auto key = vault->privateKey(saved->id);
    QVERIFY_RESULT(key);
    QCOMPARE(key->publicKey().thumbprint(), made->key.publicKey().thumbprint());
    const auto signature = key->sign(SignatureAlgorithm::ES384, "data");
    QVERIFY_RESULT(signature);
    QVERIFY(made->key.publicKey().verify(SignatureAlgorithm::ES384, "data", *signature));
    QVERIFY_FAILS(vault->privateKey(QUuid::createUuid()), "credential.not-found");
}

void TestVault::listsInOrderOfName()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    for (const QString &name : {u"beta"_s, u"Alpha"_s, u"gamma"_s, u"Beta 2"_s}) {
        Credential credential = sampleCredential();
        credential.name = name;
        QVERIFY_RESULT(vault->add(credential, sampleKey()));
    }
    QStringList names;
    for (const Credential &credential : vault->credentials())
        names << credential.name;
    QCOMPARE(names, (QStringList{u"Alpha"_s, u"beta"_s, u"Beta 2"_s, u"gamma"_s}));
}

void TestVault::reportsUnwritableFolders()
{
    // Not even root may make folders or files here.
    for (const QString &path : {u"/proc/credenza/test.credenza"_s, u"/proc/test.credenza"_s, u"/dev/null/x/y"_s}) {
        VaultFixture fixture;
        const auto vault = Vault::create(path, u"x"_s, VaultFixture::passphrase(), VaultFixture::fastKdf(),
                                         fixture.clock, fixture.random);
        QVERIFY_FAILS(vault, "vault.unwritable");
        QCOMPARE(vault.error().kind, ErrorKind::Failed);
    }
}

void TestVault::noticesThatTheFileIsGone()
{
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    QVERIFY(QFile::rename(fixture.path(), fixture.path() + u".moved"_s));
    QVERIFY_FAILS(vault->add(sampleCredential(), sampleKey()), "vault.not-found");
    QVERIFY_FAILS(vault->refresh(), "vault.not-found");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVault)
#include "tst_vault.moc"
