// SPDX-License-Identifier: Apache-2.0
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

/// The vectors as this code makes them. Made once into tests/data/vault/format-1.json, and the same ever since.
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
    return {
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
        {u"sealedRoot"_s, hex(root.seal(keys, vaultId, random))},
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
    void slotOpensByLibsodiumAlone();
    void recordOpensByLibsodiumAlone();
    void manifestOpensByLibsodiumAlone();
    void cardIsPlainCbor();
    void opensTheFrozenVault();

private:
    QJsonObject m_vectors;
};

void TestVaultFormat::initTestCase()
{
    QVERIFY(sodium_init() >= 0);
    // For a new format version: CREDENZA_WRITE_VECTORS=1 makes the file, which is then reviewed and never changed.
    if (qEnvironmentVariableIsSet("CREDENZA_WRITE_VECTORS")) {
        QDir().mkpath(dataFolder);
        QVERIFY(replaceFile(dataFolder + u"format-1.json"_s, QJsonDocument(makeVectors()).toJson()));
        VaultFixture fixture;
        auto vault = fixture.create();
        QVERIFY_RESULT(vault);
        QVERIFY_RESULT(vault->add(sampleCredential(1), sampleKey(1)));
        auto second = vault->add(sampleCredential(2), sampleKey(2));
        QVERIFY_RESULT(second);
        second->description = u"changed"_s;
        QVERIFY_RESULT(vault->update(*second));
        {
            const Vault closing = *std::move(vault);
        }
        QVERIFY(replaceFile(dataFolder + u"format-1.credenza"_s, contentsOfFile(fixture.path())));
    }
    m_vectors = QJsonDocument::fromJson(contentsOfFile(dataFolder + u"format-1.json"_s)).object();
    QVERIFY(!m_vectors.isEmpty());
}

void TestVaultFormat::writesTheVectors()
{
    const QJsonObject made = makeVectors();
    QCOMPARE(made.keys(), m_vectors.keys());
    for (const QString &name : made.keys())
        QCOMPARE(made[name], m_vectors[name]);
}

void TestVaultFormat::slotOpensByLibsodiumAlone()
{
    const IndependentReader reader(m_vectors);
    const QByteArray parameters = reader.bytes(u"slotParameters"_s);
    QCOMPARE(parameters.size(), 25);
    QCOMPARE(parameters.first(9), number(1, 1) + number(8, 4) + number(1, 4));
    const QByteArray passphrase = m_vectors[u"passphrase"_s].toString().toUtf8();
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
    const IndependentReader reader(m_vectors);
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
    const IndependentReader reader(m_vectors);
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
    QCOMPARE(IndependentReader::open(reader.subkey(3), "credenza.manifest-root.1" + reader.id(u"vaultId"_s),
                                     reader.bytes(u"sealedRoot"_s)),
             number(7, 8) + number(10, 4) + "Test vault" + number(1, 2) + number(bucketNumber, 1) +
                 sealedBucket.last(16));
}

void TestVaultFormat::cardIsPlainCbor()
{
    const IndependentReader reader(m_vectors);
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
    VaultFixture fixture;
    QVERIFY(QDir().mkpath(fixture.folder()));
    QVERIFY(replaceFile(fixture.path(), contentsOfFile(dataFolder + u"format-1.credenza"_s)));
    auto vault = fixture.open();
    QVERIFY_RESULT(vault);
    QCOMPARE(namesOf(vault->damage()), QStringList());
    QCOMPARE(namesOf(vault->check()->damage), QStringList());
    QCOMPARE(vault->credentials().size(), 2);
    QCOMPARE(contentOf(vault->credentials().first()), contentOf(sampleCredential(1)));
    QCOMPARE(vault->credentials().last().description, u"changed"_s);
    QVERIFY_RESULT(vault->add(sampleCredential(3), sampleKey(3)));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestVaultFormat)
#include "tst_vaultformat.moc"
