// SPDX-License-Identifier: Apache-2.0
#include "core/vault/ActivityLog.h"
#include "core/vault/CredentialCard.h"
#include "core/vault/KeySlot.h"
#include "core/vault/Manifest.h"
#include "core/vault/SealedRecord.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/vault/VaultFixture.h"

#include <QCborMap>
#include <QCborValue>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sodium.h>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QString dataFolder = QStringLiteral(CREDENZA_SOURCE_DIR "/tests/data/vault/");

QString hex(QByteArrayView bytes)
{
    return QString::fromLatin1(bytes.toByteArray().toHex());
}

QString hex(const SecretBytes &bytes)
{
    return hex(bytes.charView());
}

QByteArray plainCard()
{
    Credential credential;
    credential.name = u"Nightly export"_s;
    credential.connector = u"epic-ehr"_s;
    credential.fhirBaseUrl = u"https://fhir.example.org/api/FHIR/R4"_s;
    credential.clientId = u"7c0f3f5e-2c1d-4d6b-9a10-000000000001"_s;
    credential.scopes = {u"system/Patient.rs"_s};
    credential.key.bits = 2048;
    credential.createdAt = QDateTime(QDate(2026, 5, 17), QTime(8, 30), Qt::UTC);
    credential.updatedAt = credential.createdAt;
    return encodeCard(credential);
}

ChainHash numbered()
{
    ChainHash hash{};
    for (std::size_t i = 0; i < hash.size(); ++i)
        hash[i] = static_cast<std::byte>(i);
    return hash;
}

/// The vectors as this code makes them. Made once into tests/data/vault/format-2.json, and the same ever since.
QJsonObject makeVectors()
{
    SeededRandom random(1);
    const auto keys = VaultKeys::generate(random);
    const QUuid vaultId(u"0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0"_s);
    const QUuid recordId(u"11223344-5566-4788-99aa-bbccddeeff00"_s);
    const auto slot = makePassphraseSlot(vaultId, VaultFixture::passphrase(), {8, 1}, keys.vaultKey(), random);
    if (!slot)
        return {};
    const QByteArray card = plainCard();
    const QByteArray key(QByteArray::fromHex("302e020100300506032b657004220420"));
    const QByteArray sealedCard =
        sealPart(keys, {vaultId, recordId, 1, RecordPart::Card, 3},
                 std::as_bytes(std::span(card.constData(), std::size_t(card.size()))), random);
    const QByteArray sealedKey = sealPart(keys, {vaultId, recordId, 1, RecordPart::PrivateKey, 2},
                                          std::as_bytes(std::span(key.constData(), std::size_t(key.size()))), random);
    const quint8 number = keys.bucketOf(recordId);
    ManifestBucket bucket;
    bucket.put({recordId, 1, 3, 2, tagOf(sealedCard), tagOf(sealedKey)});
    const QByteArray sealedBucket = bucket.seal(keys, vaultId, number, random);
    ManifestRoot root{7, u"Test vault"_s, {}};
    root.buckets[number] = tagOf(sealedBucket);
    root.activityCount = 5;
    root.activityHead = numbered();
    const QByteArray sealedRoot = root.seal(keys, vaultId, random);
    ActivityEntry activity;
    activity.sequence = 6;
    activity.at = QDateTime(QDate(2026, 5, 17), QTime(8, 30), Qt::UTC);
    activity.actor = u"user@host"_s;
    activity.action = u"credential.created"_s;
    activity.credentialId = recordId;
    activity.credentialName = u"Nightly export"_s;
    const QByteArray sealedActivity = sealActivity(keys, vaultId, activity, numbered(), random);
    return {
        {u"activityKey"_s, hex(keys.activityKey())},
        {u"activitySequence"_s, 6},
        {u"sealedActivity"_s, hex(sealedActivity)},
        {u"activityHash"_s, hex(activity.hash)},
        {u"settingName"_s, u"backup/folder"_s},
        {u"settingRecordId"_s, keys.namedRecordId(5, "backup/folder").toString(QUuid::WithoutBraces)},
        {u"passphrase"_s, VaultFixture::passphraseText()},
        {u"vaultId"_s, vaultId.toString(QUuid::WithoutBraces)},
        {u"vaultKey"_s, hex(keys.vaultKey())},
        {u"cardKey"_s, hex(keys.cardKey())},
        {u"privateKeyKey"_s, hex(keys.privateKeyKey())},
        {u"manifestKey"_s, hex(keys.manifestKey())},
        {u"slotId"_s, slot->id.toString(QUuid::WithoutBraces)},
        {u"slotParameters"_s, hex(slot->parameters)},
        {u"slotSealedKey"_s, hex(slot->sealedKey)},
        {u"slotChecksum"_s, hex(slot->checksum())},
        {u"recordId"_s, recordId.toString(QUuid::WithoutBraces)},
        {u"recordRevision"_s, 3},
        {u"recordBucket"_s, number},
        {u"card"_s, hex(card)},
        {u"sealedCard"_s, hex(sealedCard)},
        {u"keyRevision"_s, 2},
        {u"privateKey"_s, hex(key)},
        {u"sealedPrivateKey"_s, hex(sealedKey)},
        {u"sealedBucket"_s, hex(sealedBucket)},
        {u"rootCounter"_s, 7},
        {u"sealedRoot"_s, hex(sealedRoot)},
    };
}

QByteArray number(quint64 value, int bytes)
{
    QByteArray bigEndian;
    for (int i = bytes - 1; i >= 0; --i)
        bigEndian.append(static_cast<char>((value >> (8 * i)) & 0xff));
    return bigEndian;
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

/// What FORMAT.md says, by libsodium alone and by none of the code under test.
class IndependentReader
{
public:
    explicit IndependentReader(QJsonObject vectors) : m_vectors(std::move(vectors)) {}

    [[nodiscard]] QByteArray bytes(const QString &name) const
    {
        return QByteArray::fromHex(m_vectors[name].toString().toLatin1());
    }
    [[nodiscard]] QByteArray id(const QString &name) const
    {
        return QByteArray::fromHex(m_vectors[name].toString().remove(u'-').toLatin1());
    }
    [[nodiscard]] quint64 integer(const QString &name) const { return m_vectors[name].toInteger(); }
    [[nodiscard]] static QByteArray open(const QByteArray &key, const QByteArray &associated, const QByteArray &sealed)
    {
        QByteArray plain(sealed.size() - 40, '\0');
        unsigned long long size = 0;
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(
                reinterpret_cast<unsigned char *>(plain.data()), &size, nullptr, raw(sealed) + 24,
                static_cast<unsigned long long>(sealed.size() - 24), raw(associated),
                static_cast<unsigned long long>(associated.size()), raw(sealed), raw(key)) != 0)
            return "did not open";
        return plain;
    }
    [[nodiscard]] QByteArray subkey(int which, int size = 32) const
    {
        QByteArray key(size, '\0');
        crypto_kdf_derive_from_key(reinterpret_cast<unsigned char *>(key.data()), static_cast<std::size_t>(size),
                                   static_cast<quint64>(which), "credenza", raw(bytes(u"vaultKey"_s)));
        return key;
    }
    [[nodiscard]] static QByteArray unpadded(QByteArray padded)
    {
        if (padded.isEmpty() || padded.size() % 256 != 0)
            return "not padded";
        while (padded.endsWith('\0'))
            padded.chop(1);
        return padded.endsWith('\x80') ? padded.chopped(1) : QByteArray("not padded");
    }

private:
    QJsonObject m_vectors;
};

} // namespace

/// The format stays what FORMAT.md says, byte for byte.
class TestVaultFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void writesTheVectors();
    void slotOpensByLibsodiumAlone_data() { formats(); }
    void slotOpensByLibsodiumAlone();
    void recordOpensByLibsodiumAlone_data() { formats(); }
    void recordOpensByLibsodiumAlone();
    void manifestOpensByLibsodiumAlone_data() { formats(); }
    void manifestOpensByLibsodiumAlone();
    void activityOpensByLibsodiumAlone();
    void namesLeadToRecords();
    void cardIsPlainCbor();
    void opensTheFrozenVault_data() { formats(); }
    void opensTheFrozenVault();
    void endsPagesWithTheirChecksum();

private:
    static void formats();
    /// Of the format that the row of data names.
    [[nodiscard]] QJsonObject vectors() const;

    QMap<int, QJsonObject> m_vectors;
};

void TestVaultFormat::initTestCase()
{
    QVERIFY(sodium_init() >= 0);
    // For a new format version: CREDENZA_WRITE_VECTORS=1 makes the file, which is then reviewed and never changed.
    if (qEnvironmentVariableIsSet("CREDENZA_WRITE_VECTORS")) {
        QDir().mkpath(dataFolder);
        QVERIFY(replaceFile(dataFolder + u"format-2.json"_s, QJsonDocument(makeVectors()).toJson()));
        VaultFixture fixture;
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey(1)));
        auto second = vault->add(sampleCredential(2), sampleKey(2));
        QVERIFY_RESULT(second);
        second->description = u"changed"_s;
        QVERIFY_RESULT(vault->update(*second));
        const auto third = vault->add(sampleCredential(3), sampleKey(3));
        QVERIFY_RESULT(third);
        QVERIFY_RESULT(vault->remove(third->id));
        QVERIFY_RESULT(vault->putSealedItem(SealedKind::Setting, u"greeting"_s,
                                            std::as_bytes(std::span(QByteArrayView("hello")))));
        {
            const Vault closing = *std::move(vault);
        }
        QVERIFY(replaceFile(dataFolder + u"format-2.credenza"_s, contentsOfFile(fixture.path())));
    }
    for (const int format : {1, 2}) {
        const QString path = dataFolder + u"format-%1.json"_s.arg(format);
        m_vectors[format] = QJsonDocument::fromJson(contentsOfFile(path)).object();
        QVERIFY(!m_vectors[format].isEmpty());
    }
}

void TestVaultFormat::formats()
{
    QTest::addColumn<int>("format");
    QTest::newRow("format 1") << 1;
    QTest::newRow("format 2") << 2;
}

QJsonObject TestVaultFormat::vectors() const
{
    QFETCH(int, format);
    return m_vectors[format];
}

void TestVaultFormat::writesTheVectors()
{
    const QJsonObject made = makeVectors();
    QCOMPARE(made.keys(), m_vectors[2].keys());
    for (const QString &name : made.keys())
        QCOMPARE(made[name], m_vectors[2][name]);
}

void TestVaultFormat::slotOpensByLibsodiumAlone()
{
    const IndependentReader reader(vectors());
    const QByteArray parameters = reader.bytes(u"slotParameters"_s);
    QCOMPARE(parameters.size(), 25);
    QCOMPARE(parameters.first(9), number(1, 1) + number(8, 4) + number(1, 4));
    const QByteArray passphrase = vectors()[u"passphrase"_s].toString().toUtf8();
    QByteArray key(32, '\0');
    QCOMPARE(crypto_pwhash(reinterpret_cast<unsigned char *>(key.data()), 32, passphrase.constData(),
                           static_cast<unsigned long long>(passphrase.size()), raw(parameters) + 9, 1, 8 << 20,
                           crypto_pwhash_ALG_ARGON2ID13),
             0);
    const QByteArray associated = "credenza.key-slot.1" + reader.id(u"vaultId"_s) + reader.id(u"slotId"_s) +
                                  number(10, 4) + "passphrase" + number(25, 4) + parameters;
    const QByteArray sealed = reader.bytes(u"slotSealedKey"_s);
    QCOMPARE(IndependentReader::open(key, associated, sealed), reader.bytes(u"vaultKey"_s));
    const QByteArray summed = associated + number(static_cast<quint64>(sealed.size()), 4) + sealed;
    QByteArray checksum(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(checksum.data()), 32, raw(summed),
                       static_cast<unsigned long long>(summed.size()), nullptr, 0);
    QCOMPARE(checksum, reader.bytes(u"slotChecksum"_s));
}

void TestVaultFormat::recordOpensByLibsodiumAlone()
{
    const IndependentReader reader(vectors());
    const auto associated = [&](quint64 part, quint64 revision) {
        return QByteArray("credenza.record.1") + reader.id(u"vaultId"_s) + reader.id(u"recordId"_s) + number(1, 4) +
               number(part, 1) + number(revision, 4);
    };
    QCOMPARE(reader.subkey(1), reader.bytes(u"cardKey"_s));
    QCOMPARE(reader.subkey(2), reader.bytes(u"privateKeyKey"_s));
    const auto card = IndependentReader::open(reader.subkey(1), associated(1, 3), reader.bytes(u"sealedCard"_s));
    QCOMPARE(IndependentReader::unpadded(card), reader.bytes(u"card"_s));
    const auto key = IndependentReader::open(reader.subkey(2), associated(2, 2), reader.bytes(u"sealedPrivateKey"_s));
    QCOMPARE(IndependentReader::unpadded(key), reader.bytes(u"privateKey"_s));
}

void TestVaultFormat::manifestOpensByLibsodiumAlone()
{
    const IndependentReader reader(vectors());
    QCOMPARE(reader.subkey(3), reader.bytes(u"manifestKey"_s));
    QByteArray hash(8, '\0');
    crypto_shorthash(reinterpret_cast<unsigned char *>(hash.data()), raw(reader.id(u"recordId"_s)), 16,
                     raw(reader.subkey(4, 16)));
    const auto bucketNumber = static_cast<quint8>(hash[0]);
    QCOMPARE(quint64{bucketNumber}, reader.integer(u"recordBucket"_s));
    const QByteArray sealedBucket = reader.bytes(u"sealedBucket"_s);
    QCOMPARE(IndependentReader::open(reader.subkey(3),
                                     "credenza.manifest-bucket.1" + reader.id(u"vaultId"_s) + number(bucketNumber, 1),
                                     sealedBucket),
             reader.id(u"recordId"_s) + number(1, 4) + number(3, 4) + number(2, 4) +
                 reader.bytes(u"sealedCard"_s).last(16) + reader.bytes(u"sealedPrivateKey"_s).last(16));
    QFETCH(int, format);
    QByteArray log;
    if (format > 1) {
        log = number(5, 8);
        for (char at = 0; at < 32; ++at)
            log.append(at);
    }
    QCOMPARE(IndependentReader::open(reader.subkey(3),
                                     "credenza.manifest-root." + QByteArray::number(format) + reader.id(u"vaultId"_s),
                                     reader.bytes(u"sealedRoot"_s)),
             number(7, 8) + number(10, 4) + "Test vault" + log + number(1, 2) + number(bucketNumber, 1) +
                 sealedBucket.last(16));
}

void TestVaultFormat::activityOpensByLibsodiumAlone()
{
    const IndependentReader reader(m_vectors[2]);
    QCOMPARE(reader.subkey(5), reader.bytes(u"activityKey"_s));
    const QByteArray opened = IndependentReader::unpadded(
        IndependentReader::open(reader.subkey(5), "credenza.activity.1" + reader.id(u"vaultId"_s) + number(6, 8),
                                reader.bytes(u"sealedActivity"_s)));
    QCOMPARE(opened.at(31), 31); // the hash of the entry before
    const QCborMap entry = QCborValue::fromCbor(opened.sliced(32)).toMap();
    QCOMPARE(entry[1].toInteger(), 1'779'006'600'000);
    QCOMPARE(entry[2].toString(), u"user@host"_s);
    QCOMPARE(entry[4].toString(), u"credential.created"_s);
    QCOMPARE(entry[5].toByteArray(), reader.id(u"recordId"_s));
    const QByteArray chained = "credenza.activity-chain.1" + number(6, 8) + opened;
    QByteArray hash(32, '\0');
    crypto_generichash(reinterpret_cast<unsigned char *>(hash.data()), 32, raw(chained),
                       static_cast<unsigned long long>(chained.size()), nullptr, 0);
    QCOMPARE(hash, reader.bytes(u"activityHash"_s));
}

void TestVaultFormat::namesLeadToRecords()
{
    const IndependentReader reader(m_vectors[2]);
    const QByteArray named =
        "credenza.record-name.1" + number(5, 4) + m_vectors[2][u"settingName"_s].toString().toUtf8();
    QByteArray id(16, '\0');
    const QByteArray key = reader.subkey(6);
    crypto_generichash(reinterpret_cast<unsigned char *>(id.data()), 16, raw(named),
                       static_cast<unsigned long long>(named.size()), raw(key), 32);
    id[6] = static_cast<char>((id[6] & 0x0f) | 0x80);
    id[8] = static_cast<char>((id[8] & 0x3f) | 0x80);
    QCOMPARE(id, reader.id(u"settingRecordId"_s));
}

void TestVaultFormat::cardIsPlainCbor()
{
    const IndependentReader reader(m_vectors[1]);
    const QCborMap card = QCborValue::fromCbor(reader.bytes(u"card"_s)).toMap();
    QCOMPARE(card[1].toString(), u"Nightly export"_s);
    QCOMPARE(card[4].toString(), u"https://fhir.example.org/api/FHIR/R4"_s);
    QCOMPARE(card[7].toInteger(), 2); // RS384
    QCOMPARE(card[10].toArray().first().toString(), u"system/Patient.rs"_s);
    QCOMPARE(card[17].toInteger(), 2048);
    QCOMPARE(card[23].toInteger(), 1'779'006'600'000);
    QVERIFY(!card.contains(2)); // empty members are left out
}

void TestVaultFormat::opensTheFrozenVault()
{
    QFETCH(int, format);
    VaultFixture fixture;
    QVERIFY(QDir().mkpath(fixture.folder()));
    QVERIFY(replaceFile(fixture.path(), contentsOfFile(dataFolder + u"format-%1.credenza"_s.arg(format))));
    QCOMPARE(Vault::inspect(fixture.path())->formatVersion, format);
    for (int time = 0; time < 2; ++time) { // while it is brought up to date, and after
        auto vault = fixture.open();
        QVERIFY_RESULT(vault);
        QCOMPARE(vault->info().formatVersion, 2);
        QCOMPARE(namesOf(vault->damage()), QStringList());
        QCOMPARE(namesOf(vault->check()->damage), QStringList());
        QCOMPARE(vault->credentials().size(), 2 + time);
        QCOMPARE(contentOf(vault->credentials().first()), contentOf(sampleCredential(1)));
        QCOMPARE(vault->credentials().at(1).description, u"changed"_s);
        if (time == 0)
            QVERIFY_RESULT(vault->add(sampleCredential(4), sampleKey(4)));
        QCOMPARE(vault->trash().size(), format == 1 ? 0 : 1);
        QCOMPARE(vault->activityCount(), quint64(format == 1 ? 1 : 6));
        const auto greeting = vault->sealedItem(SealedKind::Setting, u"greeting"_s);
        QVERIFY_RESULT(greeting);
        QCOMPARE(greeting->has_value(), format == 2);
    }
}

void TestVaultFormat::endsPagesWithTheirChecksum()
{
    const QByteArray file = contentsOfFile(dataFolder + u"format-2.credenza"_s);
    QVERIFY(!file.isEmpty());
    for (qsizetype at = 0; at < file.size(); at += 4096) {
        const QByteArray summed = number(static_cast<quint64>(at / 4096 + 1), 4) + file.mid(at, 4080);
        QByteArray sum(16, '\0');
        crypto_generichash(reinterpret_cast<unsigned char *>(sum.data()), 16, raw(summed),
                           static_cast<unsigned long long>(summed.size()), nullptr, 0);
        QCOMPARE(sum, file.mid(at + 4080, 16));
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultFormat)
#include "tst_vaultformat.moc"
