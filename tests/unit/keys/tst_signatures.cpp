// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"
#include "core/keys/SealedKeyReader.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace credenza;
using namespace credenza::test;

/// Thumbprints and signatures against published vectors, and what a key must refuse.
class SignaturesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void agreesOnThumbprints();
    void signsAndVerifiesVectors();
    void refusesTamperedSignatures_data();
    void refusesTamperedSignatures();
    void readsSealedKeys();
    void stopsGenerating();
};

namespace
{

QJsonArray vectorsOf(const QString &file)
{
    QFile json(sharedData(file));
    if (!json.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(json.readAll()).object().value(u"vectors").toArray();
}

} // namespace

void SignaturesTest::agreesOnThumbprints()
{
    REQUIRE_SHARED_DATA("jose/jwk-thumbprints.json");
    int compared = 0;
    for (const QJsonValue &vector : vectorsOf(QStringLiteral("jose/jwk-thumbprints.json"))) {
        const auto key = PublicKey::fromJwk(vector[u"jwk"].toObject());
        if (!key)
            continue; // OKP and symmetric keys, which no SMART server takes
        QString expected;
        for (const QString &name :
             {QStringLiteral("thumbprint_sha256"), QStringLiteral("published_thumbprint"), QStringLiteral("sha256")})
            expected = expected.isEmpty() ? vector[name].toString() : expected;
        if (expected.isEmpty())
            continue;
        QCOMPARE(key->thumbprint(), expected);
        ++compared;
    }
    QVERIFY(compared > 0);
}

void SignaturesTest::signsAndVerifiesVectors()
{
    REQUIRE_SHARED_DATA("jose/assertions.json");
    int compared = 0;
    for (const QJsonValue &vector : vectorsOf(QStringLiteral("jose/assertions.json"))) {
        const auto algorithm = signatureAlgorithm(vector[u"algorithm"].toString());
        const QByteArray header = vector[u"header_b64u"].toString().toLatin1();
        const QByteArray payload = vector[u"payload_b64u"].toString().toLatin1();
        const QByteArray pem = vector[u"private_key_pkcs8_pem"].toString().toLatin1();
        if (!algorithm || pem.isEmpty() || header.isEmpty())
            continue;
        const KeyInspection inspection = inspectKey(SecretBytes::copyOf(QByteArrayView(pem)));
        QVERIFY(inspection.isUsable());
        const QByteArray input = header + '.' + payload;
        const auto signature = inspection.imported->key.sign(*algorithm, input);
        QVERIFY_RESULT(signature);
        QVERIFY(inspection.publicKey->verify(*algorithm, input, *signature));
        if (vector[u"deterministic"].toBool()) // RS384 must come out byte for byte
            QCOMPARE(QString::fromLatin1(
                         signature->toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)),
                     vector[u"signature_b64u"].toString());
        ++compared;
    }
    QVERIFY(compared > 0);
}

void SignaturesTest::refusesTamperedSignatures_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("algorithm");
    QTest::newRow("RSA") << static_cast<int>(KeyType::Rsa) << QStringLiteral("RS384");
    QTest::newRow("EC") << static_cast<int>(KeyType::Ec) << QStringLiteral("ES384");
}

void SignaturesTest::refusesTamperedSignatures()
{
    QFETCH(int, type);
    QFETCH(QString, algorithm);
    const auto key = generateKey({static_cast<KeyType>(type), 2048, QStringLiteral("P-384")});
    QVERIFY_RESULT(key);
    const SignatureAlgorithm chosen = *signatureAlgorithm(algorithm);
    const PublicKey publicKey = key->key.publicKey();
    const QByteArray data = QByteArrayLiteral("header.payload");
    const auto signature = key->key.sign(chosen, data);
    QVERIFY_RESULT(signature);
    QVERIFY(publicKey.verify(chosen, data, *signature));
    for (qsizetype i = 0; i < signature->size(); ++i) {
        QByteArray flipped = *signature;
        flipped[i] = static_cast<char>(flipped[i] ^ 1);
        QVERIFY(!publicKey.verify(chosen, data, flipped));
    }
    QVERIFY(!publicKey.verify(chosen, QByteArrayLiteral("header.payloae"), *signature));
    QVERIFY(!publicKey.verify(chosen, data, {}));
    QVERIFY(!publicKey.verify(SignatureAlgorithm::RS256, data, *signature));
    // What the vault keeps reads back as the same key; cut short, it is damaged.
    const auto again = PrivateKey::fromPkcs8(key->pkcs8);
    QVERIFY_RESULT(again);
    QCOMPARE(again->publicKey().thumbprint(), publicKey.thumbprint());
    const auto wrongType =
        type == static_cast<int>(KeyType::Rsa) ? SignatureAlgorithm::ES384 : SignatureAlgorithm::RS384;
    QVERIFY_FAILS(again->sign(wrongType, data), "key.algorithm-mismatch");
    SecretBytes cut = key->pkcs8.clone();
    cut.truncate(cut.size() / 2);
    QVERIFY_FAILS(PrivateKey::fromPkcs8(cut), "key.damaged");
}

void SignaturesTest::readsSealedKeys()
{
    const auto rsa = generateKey({KeyType::Rsa, 2048, {}});
    const auto ec = generateKey({KeyType::Ec, 0, QStringLiteral("P-384")});
    const auto other = generateKey({KeyType::Ec, 0, QStringLiteral("P-256")});
    QVERIFY_RESULT(rsa);
    QVERIFY_RESULT(ec);
    QVERIFY_RESULT(other);
    SecretBytes cut = rsa->pkcs8.clone();
    cut.truncate(cut.size() / 2);
    // One reader for all, in any order, and none is taken for another; what is damaged spoils nothing for the next.
    SealedKeyReader reader;
    for (const ImportedKey *key : {&*rsa, &*ec, &*other, &*ec, &*rsa}) {
        const auto read = reader.read(key->pkcs8);
        QVERIFY_RESULT(read);
        QCOMPARE(read->publicKey().thumbprint(), key->key.publicKey().thumbprint());
        const SignatureAlgorithm algorithm = read->publicKey().defaultAlgorithm();
        const auto signature = read->sign(algorithm, "header.payload");
        QVERIFY_RESULT(signature);
        QVERIFY(key->key.publicKey().verify(algorithm, "header.payload", *signature));
        QVERIFY_FAILS(reader.read(cut), "key.damaged");
        QVERIFY_FAILS(reader.read({}), "key.damaged");
    }
}

void SignaturesTest::stopsGenerating()
{
    std::stop_source source;
    source.request_stop();
    QVERIFY_FAILS(generateKey({KeyType::Rsa, 4096, {}}, source.get_token()), "cancelled");
    QVERIFY_FAILS(generateKey({KeyType::Rsa, 1024, {}}), "key.unsupported-type");
}

QTEST_GUILESS_MAIN(SignaturesTest)
#include "tst_signatures.moc"
