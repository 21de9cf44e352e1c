// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyInspection.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

QJsonObject jsonOf(const QString &file)
{
    QFile json(sharedData(file));
    return json.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(json.readAll()).object() : QJsonObject();
}

QByteArray hex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

QByteArray base64Url(const QJsonValue &value)
{
    return QByteArray::fromBase64(value.toString().toLatin1(), QByteArray::Base64UrlEncoding);
}

} // namespace

/// Published vectors: Wycheproof signatures, the JOSE cookbook (RFC 7520), JWK Sets right and wrong.
class KeyVectorsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesAsMarked_data();
    void verifiesAsMarked();
    void signsAsMarked_data();
    void signsAsMarked();
    void readsTheCookbook();
    void writesTheJwkItRead_data();
    void writesTheJwkItRead();
    void judgesJwkSets_data();
    void judgesJwkSets();
};

void KeyVectorsTest::verifiesAsMarked_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("algorithm");
    for (const QString &size : {u"2048"_s, u"3072"_s, u"4096"_s})
        QTest::newRow(qPrintable(size)) << u"wycheproof/rsa_signature_%1_sha384_test.json"_s.arg(size) << u"RS384"_s;
    QTest::newRow("P-384") << u"wycheproof/ecdsa_secp384r1_sha384_p1363_test.json"_s << u"ES384"_s;
}

void KeyVectorsTest::verifiesAsMarked()
{
    REQUIRE_SHARED_DATA("wycheproof/index.json");
    QFETCH(QString, file);
    QFETCH(QString, algorithm);
    int judged = 0;
    for (const QJsonValue &group : jsonOf(file).value(u"testGroups").toArray()) {
        const auto key = PublicKey::fromPem(group[u"publicKeyPem"].toString().toLatin1());
        QVERIFY_RESULT(key);
        for (const QJsonValue &test : group[u"tests"].toArray()) {
            const QString marked = test[u"result"].toString();
            if (marked == u"acceptable")
                continue;
            const bool verifies = key->verify(*signatureAlgorithm(algorithm), hex(test[u"msg"]), hex(test[u"sig"]));
            QVERIFY2(verifies == (marked == u"valid"),
                     qPrintable(u"case %1: %2"_s.arg(test[u"tcId"].toInt()).arg(test[u"comment"].toString())));
            ++judged;
        }
    }
    QVERIFY(judged > 20);
}

void KeyVectorsTest::signsAsMarked_data()
{
    QTest::addColumn<QString>("file");
    for (const QString &size : {u"2048"_s, u"3072"_s, u"4096"_s})
        QTest::newRow(qPrintable(size)) << u"wycheproof/rsa_pkcs1_%1_sig_gen_test.json"_s.arg(size);
}

void KeyVectorsTest::signsAsMarked()
{
    REQUIRE_SHARED_DATA("wycheproof/index.json");
    QFETCH(QString, file);
    int signedCount = 0;
    for (const QJsonValue &group : jsonOf(file).value(u"testGroups").toArray()) {
        const QString digest = group[u"sha"].toString();
        const auto algorithm = signatureAlgorithm(digest == u"SHA-256"   ? u"RS256"
                                                  : digest == u"SHA-384" ? u"RS384"
                                                  : digest == u"SHA-512" ? u"RS512"
                                                                         : u"");
        if (!algorithm)
            continue;
        const KeyInspection key =
            inspectKey(SecretBytes::copyOf(QByteArrayView(group[u"privateKeyPem"].toString().toLatin1())));
        QVERIFY2(key.isUsable(), "a published test key");
        for (const QJsonValue &test : group[u"tests"].toArray()) {
            const auto signature = key.imported->key.sign(*algorithm, hex(test[u"msg"]));
            QVERIFY_RESULT(signature);
            QCOMPARE(signature->toHex(), hex(test[u"sig"]).toHex());
            ++signedCount;
        }
    }
    QVERIFY(signedCount > 0);
}

void KeyVectorsTest::readsTheCookbook()
{
    REQUIRE_SHARED_DATA("jose/cookbook/jwk/3_4.rsa_private_key.json");
    const QJsonObject rsa = jsonOf(u"jose/cookbook/jwk/3_4.rsa_private_key.json"_s);
    const KeyInspection key = inspectKey(SecretBytes::copyOf(QByteArrayView(QJsonDocument(rsa).toJson())));
    QVERIFY(key.isUsable());
    QCOMPARE(key.keyId, rsa.value(u"kid").toString());
    // Section 4.1 signs with RS256 and that key: deterministic, so it must come out byte for byte.
    const QJsonObject example = jsonOf(u"jose/cookbook/jws/4_1.rsa_v15_signature.json"_s);
    const QList<QByteArray> compact = example.value(u"output")[u"compact"].toString().toLatin1().split('.');
    QCOMPARE(compact.size(), 3);
    const auto signature = key.imported->key.sign(SignatureAlgorithm::RS256, compact[0] + '.' + compact[1]);
    QVERIFY_RESULT(signature);
    QCOMPARE(signature->toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals), compact[2]);

    // P-521 and symmetric keys: read, named, and refused.
    const auto refused = [](const QString &file) {
        return inspectKey(SecretBytes::copyOf(QByteArrayView(QJsonDocument(jsonOf(file)).toJson())));
    };
    const KeyInspection elliptic = refused(u"jose/cookbook/jwk/3_2.ec_private_key.json"_s);
    QCOMPARE(elliptic.curve, u"P-521"_s);
    QCOMPARE(elliptic.firstError()->code, u"key.unsupported-curve"_s);
    const KeyInspection symmetric = refused(u"jose/cookbook/jwk/3_6.symmetric_key_encryption.json"_s);
    QCOMPARE(symmetric.firstError()->code, u"key.is-secret"_s);
}

void KeyVectorsTest::writesTheJwkItRead_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    for (const QJsonValue &vector : jsonOf(u"jose/jwk-thumbprints.json"_s).value(u"vectors").toArray()) {
        const QJsonObject jwk = vector[u"jwk"].toObject();
        const QString curve = jwk.value(u"crv").toString();
        if (jwk.value(u"kty") == u"RSA"_s || curve == u"P-256" || curve == u"P-384")
            QTest::newRow(qPrintable(vector[u"name"].toString())) << jwk;
    }
}

void KeyVectorsTest::writesTheJwkItRead()
{
    REQUIRE_SHARED_DATA("jose/jwk-thumbprints.json");
    QFETCH(QJsonObject, jwk);
    const auto key = PublicKey::fromJwk(jwk);
    QVERIFY_RESULT(key);
    const QJsonObject written = key->jwk(key->defaultAlgorithm(), u"some-kid"_s);
    for (const QString &member : {u"kty"_s, u"n"_s, u"e"_s, u"crv"_s, u"x"_s, u"y"_s})
        QCOMPARE(base64Url(written.value(member)), base64Url(jwk.value(member)));
    QCOMPARE(written.value(u"kid"), u"some-kid"_s);
    QCOMPARE(written.value(u"use"), u"sig"_s);
    QCOMPARE(written.value(u"key_ops"), QJsonArray{u"verify"_s});
    for (const QString &member : {u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"k"_s})
        QVERIFY(!written.contains(member));
}

void KeyVectorsTest::judgesJwkSets_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("expected");
    const QJsonObject files = jsonOf(u"jose/jwks/index.json"_s).value(u"files").toObject();
    for (auto it = files.begin(); it != files.end(); ++it)
        QTest::newRow(qPrintable(it.key())) << u"jose/jwks/"_s + it.key() << it.value()[u"expected"].toString();
}

void KeyVectorsTest::judgesJwkSets()
{
    REQUIRE_SHARED_DATA("jose/jwks/index.json");
    QFETCH(QString, file);
    QFETCH(QString, expected);
    QFile json(sharedData(file));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const KeyInspection inspection = inspectKey(SecretBytes::copyOf(QByteArrayView(json.readAll())));
    if (expected == u"danger") { // private parts in it: a key, which is what intake is for
        QVERIFY(inspection.isUsable() || !inspection.offers.isEmpty());
        return;
    }
    QVERIFY(!inspection.isUsable());
    QVERIFY(inspection.firstError() != nullptr);
    if (expected != u"not-a-jwks")
        QCOMPARE(nameOf(inspection.kind), u"jwk-set"_s);
}

QTEST_GUILESS_MAIN(KeyVectorsTest)
#include "tst_keyvectors.moc"
