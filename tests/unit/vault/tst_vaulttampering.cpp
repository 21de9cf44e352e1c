// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultTables.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

/// A vault with the credentials a, b and c, and what an attacker kept of it from before `a` was changed.
class Scene
{
public:
    [[nodiscard]] bool prepare()
    {
        // Three credentials and an earlier version, each in a bucket of its own, so that what is expected is one thing.
        while (build()) {
            if (fixture.rows(u"SELECT number FROM manifest_bucket"_s).size() == 4)
                return bucketOfA >= 0;
            if (!QDir(fixture.folder()).removeRecursively())
                return false;
        }
        return false;
    }
    [[nodiscard]] bool build()
    {
        auto vault = fixture.create();
        if (!vault)
            return false;
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
            Credential credential = sampleCredential();
            credential.name = name;
            const auto saved = vault->add(credential, sampleKey());
            if (!saved)
                return false;
            ids.insert(name, saved->id);
        }
        oldRow = fixture.rows(u"SELECT revision,card FROM record WHERE id=%1"_s.arg(quoted(u"a"_s))).first();
        oldKey = fixture.rows(u"SELECT revision,sealed FROM record_key WHERE id=%1"_s.arg(quoted(u"a"_s))).first();
        oldRoot = fixture.rows(u"SELECT sealed FROM manifest_root"_s).first().first();
        const auto oldBuckets = fixture.rows(u"SELECT number,sealed FROM manifest_bucket"_s);
        auto a = vault->find(u"a"_s);
        a->description = u"changed"_s;
        const auto newKey = sampleKey(2);
        if (!vault->update(*a, &newKey))
            return false;
        for (const auto &row : fixture.rows(u"SELECT number,sealed FROM manifest_bucket"_s))
            for (const auto &old : oldBuckets)
                if (old[0] == row[0] && old[1] != row[1]) {
                    bucketOfA = row[0].toInt();
                    oldBucket = old[1];
                }
        return true;
    }

    [[nodiscard]] QString quoted(const QString &name) const
    {
        return u"x'%1'"_s.arg(QString::fromLatin1(ids[name].toRfc4122().toHex()));
    }
    bool sql(QString statement, const QList<QVariant> &values = {})
    {
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
            statement.replace(u"{%1}"_s.arg(name), quoted(name));
        statement.replace(u"{bucket}"_s, QString::number(bucketOfA));
        return fixture.sql(statement, values);
    }
    /// "code subject" with the names in place of ids.
    [[nodiscard]] QStringList named(const QList<VaultDamage> &damage) const
    {
        QStringList names = namesOf(damage);
        for (QString &name : names) {
            for (auto id = ids.cbegin(); id != ids.cend(); ++id)
                name.replace(id->toString(QUuid::WithoutBraces), id.key());
            name.replace(u"bucket %1"_s.arg(bucketOfA), u"bucket of a"_s);
            static const QRegularExpression unknownId(u"[0-9a-f]{8}-[0-9a-f-]{27}"_s);
            name.replace(unknownId, u"?"_s);
            static const QRegularExpression otherBucket(u"bucket (?!256)[0-9]+"_s);
            name.replace(otherBucket, u"bucket ?"_s);
        }
        names.sort();
        return names;
    }

    VaultFixture fixture;
    QMap<QString, QUuid> ids;
    QVariantList oldRow;
    QVariantList oldKey;
    QVariant oldRoot;
    QVariant oldBucket;
    int bucketOfA = -1;
};

using Attack = std::function<bool(Scene &)>;

QString visible(const Vault &vault)
{
    QString names;
    for (const Credential &credential : vault.credentials())
        names += credential.name;
    return names;
}

} // namespace

/// Whoever can write the file but has not the passphrase: everything they do is named, and the rest still opens.
class TestVaultTampering : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesWhatWasDone_data();
    void namesWhatWasDone();
    void refusesForeignSchemas_data();
    void refusesForeignSchemas();
    void survivesLosingOneCopyOfTheSlot_data();
    void survivesLosingOneCopyOfTheSlot();
    void refusesCostsThatWouldStallTheMachine();
    void noticesThatTheWholeFileWasPutBack();
    void noticesRollbackWhileOpen();
    void doesNotSaveIntoADamagedList();
    void namesWhatWasDoneInALargeVault();
};

void TestVaultTampering::namesWhatWasDone_data()
{
    // The earlier version of `a` and its key are "?".
    QTest::addColumn<Attack>("attack");
    QTest::addColumn<QStringList>("onOpening");
    QTest::addColumn<QStringList>("onCheck"); // beyond those of opening
    QTest::addColumn<QString>("stillThere");
    const auto row = [](const char *tag, Attack attack, QStringList onOpening, QStringList onCheck,
                        QString stillThere) {
        QTest::newRow(tag) << std::move(attack) << std::move(onOpening) << std::move(onCheck) << std::move(stillThere);
    };
    const auto statement = [](QString sql) { return [sql](Scene &scene) { return scene.sql(sql); }; };
    const auto swap = [](QString table, QString column) {
        return [table, column](Scene &s) {
            const auto read = u"SELECT %1 FROM %2 WHERE id=%3"_s;
            const auto write = u"UPDATE %2 SET %1=? WHERE id={%3}"_s;
            const auto a = s.fixture.rows(read.arg(column, table, s.quoted(u"a"_s))).first();
            const auto b = s.fixture.rows(read.arg(column, table, s.quoted(u"b"_s))).first();
            return s.sql(write.arg(column, table, u"a"_s), b) && s.sql(write.arg(column, table, u"b"_s), a);
        };
    };

    row("nothing", statement(u"SELECT 1"_s), {}, {}, u"abc"_s);
    row("swap two cards", swap(u"record"_s, u"card"_s), {u"record.tampered a"_s, u"record.tampered b"_s}, {}, u"c"_s);
    row("swap two keys", swap(u"record_key"_s, u"sealed"_s), {}, {u"key.tampered a"_s, u"key.tampered b"_s}, u"abc"_s);
    row(
        "replay an old record",
        [](Scene &s) { return s.sql(u"UPDATE record SET revision=?,card=? WHERE id={a}"_s, s.oldRow); },
        {u"record.rolled-back a"_s}, {}, u"bc"_s);
    row(
        "replay an old card as the new revision",
        [](Scene &s) { return s.sql(u"UPDATE record SET card=? WHERE id={a}"_s, {s.oldRow[1]}); },
        {u"record.tampered a"_s}, {}, u"bc"_s);
    row(
        "replay an old key",
        [](Scene &s) { return s.sql(u"UPDATE record_key SET revision=?,sealed=? WHERE id={a}"_s, s.oldKey); },
        {u"key.rolled-back a"_s}, {}, u"abc"_s);
    row(
        "replay an old key as the new revision",
        [](Scene &s) { return s.sql(u"UPDATE record_key SET sealed=? WHERE id={a}"_s, {s.oldKey[1]}); }, {},
        {u"key.tampered a"_s}, u"abc"_s);
    row("raise a revision", statement(u"UPDATE record SET revision=99 WHERE id={a}"_s), {u"record.tampered a"_s}, {},
        u"bc"_s);
    row("change a kind", statement(u"UPDATE record SET kind=2 WHERE id={b}"_s), {u"record.tampered b"_s}, {}, u"ac"_s);
    row("absurd numbers", statement(u"UPDATE record SET kind=-1,revision=9223372036854775807 WHERE id={b}"_s),
        {u"record.tampered b"_s}, {}, u"ac"_s);
    row("empty a card", statement(u"UPDATE record SET card=x'' WHERE id={b}"_s), {u"record.tampered b"_s}, {}, u"ac"_s);
    row("blow up a card", statement(u"UPDATE record SET card=zeroblob(50000000) WHERE id={b}"_s),
        {u"record.tampered b"_s}, {}, u"ac"_s);
    row("delete a record", statement(u"DELETE FROM record WHERE id={a}"_s), {u"record.missing a"_s}, {}, u"bc"_s);
    row("delete a key", statement(u"DELETE FROM record_key WHERE id={a}"_s), {u"key.missing a"_s}, {}, u"abc"_s);
    row("delete all records", statement(u"DELETE FROM record"_s),
        {u"record.missing ?"_s, u"record.missing a"_s, u"record.missing b"_s, u"record.missing c"_s}, {}, u""_s);
    row("copy a record under another id",
        statement(u"INSERT INTO record SELECT x'00112233445566778899aabbccddeeff',kind,revision,card FROM record WHERE "
                  "id={a}"_s),
        {u"record.unexpected ?"_s}, {}, u"abc"_s);
    row("an id that is none", statement(u"INSERT INTO record VALUES(x'0011',1,1,x'00')"_s),
        {u"record.unexpected 0011"_s}, {}, u"abc"_s);
    row("give a record another id",
        statement(u"UPDATE record SET id=x'00112233445566778899aabbccddeeff' WHERE id={a}"_s),
        {u"record.missing a"_s, u"record.unexpected ?"_s}, {}, u"bc"_s);
    row("add a second key", statement(u"INSERT INTO record_key SELECT id,77,sealed FROM record_key WHERE id={a}"_s),
        {u"key.unexpected a"_s}, {}, u"abc"_s);
    row("delete a bucket", statement(u"DELETE FROM manifest_bucket WHERE number={bucket}"_s),
        {u"manifest.damaged bucket of a"_s}, {}, u"abc"_s);
    row("empty a bucket", statement(u"UPDATE manifest_bucket SET sealed=x'' WHERE number={bucket}"_s),
        {u"manifest.damaged bucket of a"_s}, {}, u"abc"_s);
    row(
        "replay an old bucket",
        [](Scene &s) { return s.sql(u"UPDATE manifest_bucket SET sealed=? WHERE number={bucket}"_s, {s.oldBucket}); },
        {u"manifest.rolled-back bucket of a"_s}, {}, u"abc"_s);
    row("a bucket that is none", statement(u"INSERT INTO manifest_bucket VALUES(256,x'00')"_s),
        {u"manifest.unexpected bucket 256"_s}, {}, u"abc"_s);
    row(
        "replay an old root", [](Scene &s) { return s.sql(u"UPDATE manifest_root SET sealed=?"_s, {s.oldRoot}); },
        {u"activity.unexpected activity 4"_s, u"key.unexpected ?"_s, u"manifest.rolled-back bucket of a"_s,
         u"manifest.unexpected bucket ?"_s, u"record.unexpected ?"_s, u"vault.rolled-back vault"_s},
        {}, u"abc"_s);
    row("delete the root", statement(u"DELETE FROM manifest_root"_s), {u"manifest.damaged root"_s}, {}, u"abc"_s);
    row("damage the root", statement(u"UPDATE manifest_root SET sealed=zeroblob(100)"_s), {u"manifest.damaged root"_s},
        {}, u"abc"_s);
    row("delete the manifest's parts", statement(u"DELETE FROM manifest_bucket"_s), {}, {}, u"abc"_s);
    row("rename the vault", statement(u"UPDATE vault_header SET name='Trust me'"_s), {u"header.damaged header"_s}, {},
        u"abc"_s);
    row("change the vault's id", statement(u"UPDATE vault_header SET vault_id=x'00112233445566778899aabbccddeeff'"_s),
        {u"header.damaged header"_s}, {}, u"abc"_s);
    row("change the version", statement(u"PRAGMA user_version=7"_s), {u"header.damaged header"_s}, {}, u"abc"_s);
    row("zero the version", statement(u"PRAGMA user_version=0"_s), {u"header.damaged header"_s}, {}, u"abc"_s);
    row("change the format", statement(u"UPDATE vault_header SET format=7"_s), {u"header.damaged header"_s}, {},
        u"abc"_s);
    row("delete the header", statement(u"DELETE FROM vault_header"_s), {u"header.damaged header"_s}, {}, u"abc"_s);
    row(
        "rename the vault with the right checksum",
        [](Scene &s) {
            auto database = VaultDatabase::open(s.fixture.path());
            VaultTables tables(*database);
            const auto locked = tables.readLocked();
            return tables.writeHeader({locked->header->vaultId, 2, u"Trust me"_s}).has_value();
        },
        {u"header.tampered header"_s}, {}, u"abc"_s);
}

void TestVaultTampering::namesWhatWasDone()
{
    QFETCH(Attack, attack);
    QFETCH(QStringList, onOpening);
    QFETCH(QStringList, onCheck);
    QFETCH(QString, stillThere);
    Scene scene;
    QVERIFY(scene.prepare());
    QVERIFY(attack(scene));
    const QByteArray attacked = contentsOfFile(scene.fixture.path());
    auto vault = scene.fixture.open();
    QVERIFY_RESULT(vault);
    if (QByteArray(QTest::currentDataTag()) == "delete the manifest's parts")
        QVERIFY(vault->damage().size() >= 1 && vault->damage().size() <= 4);
    else
        QCOMPARE(scene.named(vault->damage()), onOpening);
    QCOMPARE(visible(*vault), stillThere);
    QCOMPARE(vault->info().name, u"Test vault"_s);
    const auto check = vault->check();
    QVERIFY_RESULT(check);
    QStringList expected = scene.named(vault->damage()) + onCheck;
    expected.sort();
    QCOMPARE(scene.named(check->damage), expected);
    QCOMPARE(contentsOfFile(scene.fixture.path()), attacked); // looking changes nothing
    for (const QString &damaged : onCheck)
        QVERIFY_FAILS(vault->privateKey(scene.ids[damaged.section(u' ', 1)]), "vault.damaged");
}

void TestVaultTampering::refusesForeignSchemas_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("trigger") << u"CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record_key; END"_s;
    QTest::newRow("table") << u"CREATE TABLE extra(x)"_s;
    QTest::newRow("view") << u"CREATE VIEW extra AS SELECT 1"_s;
    QTest::newRow("index") << u"CREATE INDEX extra ON record(kind)"_s;
    QTest::newRow("dropped") << u"DROP TABLE manifest_bucket"_s;
    QTest::newRow("header dropped") << u"DROP TABLE vault_header"_s;
    QTest::newRow("column added") << u"ALTER TABLE record ADD COLUMN extra BLOB"_s;
    QTest::newRow("column renamed") << u"ALTER TABLE record RENAME COLUMN card TO cards"_s;
    QTest::newRow("application id") << u"PRAGMA application_id=1"_s;
    QTest::newRow("slots deleted") << u"DELETE FROM key_slot"_s;
}

void TestVaultTampering::refusesForeignSchemas()
{
    QFETCH(QString, statement);
    Scene scene;
    QVERIFY(scene.prepare());
    QVERIFY(scene.sql(statement));
    if (statement.contains("DELETE FROM key_slot"_L1))
        QVERIFY(scene.sql(u"DELETE FROM key_slot_copy"_s));
    const auto vault = scene.fixture.open();
    QVERIFY_FAILS(vault, "vault.damaged");
    QCOMPARE(vault.error().kind, ErrorKind::Damaged);
}

void TestVaultTampering::survivesLosingOneCopyOfTheSlot_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("deleted") << u"DELETE FROM %1"_s;
    QTest::newRow("damaged key") << u"UPDATE %1 SET sealed_key=zeroblob(72)"_s;
    QTest::newRow("damaged parameters") << u"UPDATE %1 SET parameters=zeroblob(25)"_s;
    QTest::newRow("damaged kind") << u"UPDATE %1 SET kind='passphrasf'"_s;
    QTest::newRow("damaged checksum") << u"UPDATE %1 SET checksum=zeroblob(32)"_s;
    QTest::newRow("damaged id") << u"UPDATE %1 SET id=zeroblob(16)"_s;
    QTest::newRow("damaged vault id") << u"UPDATE %1 SET vault_id=zeroblob(16)"_s;
}

void TestVaultTampering::survivesLosingOneCopyOfTheSlot()
{
    QFETCH(QString, change);
    for (const QString &table : {u"key_slot"_s, u"key_slot_copy"_s}) {
        Scene scene;
        QVERIFY(scene.prepare());
        QVERIFY(scene.sql(change.arg(table)));
        const auto vault = scene.fixture.open();
        QVERIFY_RESULT(vault);
        QVERIFY(!vault->damage().isEmpty());
        for (const VaultDamage &damage : vault->damage())
            QCOMPARE(damage.code, u"slot.damaged"_s);
        QCOMPARE(visible(*vault), u"abc"_s);
        QVERIFY(scene.sql(change.arg(table == u"key_slot"_s ? u"key_slot_copy"_s : u"key_slot"_s)));
        QVERIFY_FAILS(scene.fixture.open(), "vault.damaged");
    }
}

void TestVaultTampering::refusesCostsThatWouldStallTheMachine()
{
    Scene scene;
    QVERIFY(scene.prepare());
    {
        auto database = VaultDatabase::open(scene.fixture.path());
        QVERIFY_RESULT(database);
        VaultTables tables(*database);
        auto slot = tables.readLocked()->slots.first();
        slot.parameters.replace(1, 8, QByteArray(8, '\xff')); // memory and passes, with the right checksum
        QVERIFY_RESULT(tables.writeSlot(slot));
    }
    QVERIFY_FAILS(scene.fixture.open(), "vault.damaged");
}

void TestVaultTampering::noticesThatTheWholeFileWasPutBack()
{
    VaultFixture fixture;
    {
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey()));
    }
    const QByteArray past = contentsOfFile(fixture.path());
    {
        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(2), sampleKey()));
    }
    QVERIFY(replaceFile(fixture.path(), past));
    for (int i = 0; i < 2; ++i) {
        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QCOMPARE(namesOf(vault->damage()), QStringList{u"vault.rolled-back vault"_s});
        QCOMPARE(namesOf(vault->check()->damage), QStringList{u"vault.rolled-back vault"_s});
        QCOMPARE(vault->credentials().size(), 1);
    }
    {
        // Another history with as many saves is not the one that was seen either.
        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(3), sampleKey()));
    }
    {
        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QCOMPARE(namesOf(vault->damage()), QStringList{u"vault.rolled-back vault"_s});
        vault->acceptRollback();
        QVERIFY(vault->damage().isEmpty());
    }
    QVERIFY(fixture.open()->damage().isEmpty());
    fixture.forgetSeenRoots();
    QVERIFY(replaceFile(fixture.path(), past));
    QVERIFY(fixture.open()->damage().isEmpty()); // nobody on this machine ever saw another state
}

void TestVaultTampering::noticesRollbackWhileOpen()
{
    Scene scene;
    QVERIFY(scene.prepare());
    auto vault = scene.fixture.open();
    QVERIFY_RESULT(vault);
    QVERIFY(scene.sql(u"UPDATE manifest_root SET sealed=?"_s, {scene.oldRoot}));
    const auto changed = vault->refresh();
    QVERIFY_RESULT(changed);
    QVERIFY(scene.named(vault->damage()).contains(u"vault.rolled-back vault"_s));
    QCOMPARE(visible(*vault), u"abc"_s);
}

void TestVaultTampering::doesNotSaveIntoADamagedList()
{
    Scene scene;
    QVERIFY(scene.prepare());
    QVERIFY(scene.sql(u"DELETE FROM manifest_bucket WHERE number={bucket}"_s));
    auto vault = scene.fixture.open();
    QVERIFY_RESULT(vault);
    auto a = vault->find(u"a"_s);
    QVERIFY_RESULT(a);
    a->description = u"x"_s;
    QVERIFY(!vault->update(*a));
    QVERIFY(!vault->remove(a->id));
    QVERIFY_RESULT(vault->add(sampleCredential(9), sampleKey())); // elsewhere it goes on
    QVERIFY(scene.sql(u"DELETE FROM manifest_root"_s));
    *vault = *scene.fixture.open();
    QVERIFY_FAILS(vault->add(sampleCredential(10), sampleKey()), "vault.damaged");
    QCOMPARE(vault->credentials().size(), 4);
}

void TestVaultTampering::namesWhatWasDoneInALargeVault()
{
    // Large enough to be opened on two threads, which must find the same.
    constexpr int count = 2300;
    VaultFixture fixture;
    auto vault = fixture.create();
    QVERIFY_RESULT(vault);
    std::vector<VaultChange> changes;
    const SecretBytes key = sampleKey();
    for (int i = 0; i < count; ++i) {
        Credential credential = sampleCredential(i);
        credential.name = u"%1"_s.arg(i, 4, 10, QChar(u'0'));
        changes.push_back({VaultChange::Kind::Add, credential, key.view()});
    }
    const auto saved = vault->saveAll(changes);
    QVERIFY_RESULT(saved);
    const auto idOf = [&saved](qsizetype number) { return saved->at(number).id; };
    const auto quoted = [&idOf](qsizetype number) {
        return u"x'%1'"_s.arg(QString::fromLatin1(idOf(number).toRfc4122().toHex()));
    };
    QVERIFY(fixture.sql(
        u"UPDATE record SET card=CAST(substr(card,1,60)||x'00ff00'||substr(card,64) AS BLOB) WHERE id="_s + quoted(7)));
    QVERIFY(fixture.sql(u"DELETE FROM record WHERE id="_s + quoted(1200)));
    QVERIFY(fixture.sql(u"DELETE FROM record_key WHERE id="_s + quoted(1200)));
    QVERIFY(fixture.sql(u"DELETE FROM record_key WHERE id="_s + quoted(2299)));
    QVERIFY(fixture.sql(
        u"UPDATE record_key SET sealed=CAST(substr(sealed,1,60)||x'00ff00'||substr(sealed,64) AS BLOB) WHERE id="_s +
        quoted(3)));

    const auto again = fixture.open();
    QVERIFY_RESULT(again);
    const auto about = [&idOf](const char *code, qsizetype number) {
        return QString::fromLatin1(code) + u' ' + idOf(number).toString(QUuid::WithoutBraces);
    };
    QStringList expected{about("record.tampered", 7), about("record.missing", 1200), about("key.missing", 1200),
                         about("key.missing", 2299)};
    expected.sort();
    QCOMPARE(namesOf(again->damage()), expected);
    QCOMPARE(again->credentials().size(), count - 2);
    int number = 0;
    again->eachCredential([&](const Credential &credential) {
        number += number == 7 || number == 1200 ? 1 : 0;
        QCOMPARE(contentOf(credential), contentOf(saved->at(number)));
        ++number;
    });
    QCOMPARE(number, count);
    const auto check = again->check();
    QVERIFY_RESULT(check);
    expected << about("key.tampered", 3);
    expected.sort();
    QCOMPARE(namesOf(check->damage), expected);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultTampering)
#include "tst_vaulttampering.moc"
