// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"
#include "core/smart/ClientAssertion.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

class TestClientAssertion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatSmartWants_data();
    void saysWhatSmartWants();
    void signatureVerifies_data();
    void signatureVerifies();
    void nothingElseIsInIt();
    void jkuOnlyWhereGiven();
    void neverTheSameTwice();
    void clockOffsetIsAdded();
    void wrongAlgorithmIsRefused();
    void malformedJwts_data();
    void malformedJwts();

private:
    [[nodiscard]] AssertionRequest request() const
    {
        return {.clientId = u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s,
                .tokenEndpoint = u"https://fhir.example.test/oauth2/token"_s,
                .keyId = u"key 1/ü"_s,
                .jwkSetUrl = {},
                .algorithm = SignatureAlgorithm::RS384};
    }

    FixedClock m_clock{std::chrono::sys_seconds(1'763'906'971s) + 987ms};
    SystemRandom m_random;
    std::optional<PrivateKey> m_rsa;
    std::optional<PrivateKey> m_p256;
    std::optional<PrivateKey> m_p384;
};

void TestClientAssertion::initTestCase()
{
    const auto make = [](const KeySpecification &specification) { return generateKey(specification)->key; };
    m_rsa = make({});
    m_p256 = make({.type = KeyType::Ec, .curve = u"P-256"_s});
    m_p384 = make({.type = KeyType::Ec, .curve = u"P-384"_s});
}

void TestClientAssertion::saysWhatSmartWants_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const QString &name : signatureAlgorithmNames())
        QTest::addRow("%s", qPrintable(name)) << *signatureAlgorithm(name);
}

void TestClientAssertion::saysWhatSmartWants()
{
    QFETCH(SignatureAlgorithm, algorithm);
    AssertionRequest asked = request();
    asked.algorithm = algorithm;
    const PrivateKey &key = algorithm == SignatureAlgorithm::ES256   ? *m_p256
                            : algorithm == SignatureAlgorithm::ES384 ? *m_p384
                                                                     : *m_rsa;
    const auto assertion = makeClientAssertion(asked, key, m_clock, m_random);
    QVERIFY_RESULT(assertion);
    const auto decoded = decodeJwt(assertion->jwt.charView());
    QVERIFY_RESULT(decoded);
    QCOMPARE(decoded->header, assertion->header);
    QCOMPARE(decoded->claims, assertion->claims);
    QCOMPARE(decoded->header,
             (QJsonObject{{u"alg"_s, nameOf(algorithm)}, {u"kid"_s, asked.keyId}, {u"typ"_s, u"JWT"_s}}));
    QCOMPARE(decoded->claims[u"iss"].toString(), asked.clientId);
    QCOMPARE(decoded->claims[u"sub"].toString(), asked.clientId);
    QCOMPARE(decoded->claims[u"aud"].toString(), asked.tokenEndpoint);
    QVERIFY(decoded->claims[u"jti"].isString());
    QVERIFY(decoded->claims[u"jti"].toString().size() <= 151);
    QCOMPARE(decoded->claims[u"exp"].toInteger(), 1'763'906'971 + 240);
    QVERIFY2(!assertion->jwt.charView().contains('='), "base64url has no padding here");
    QVERIFY2(assertion->jwt.charView().toByteArray().count('.') == 2, "a compact JWS");
}

void TestClientAssertion::signatureVerifies_data()
{
    saysWhatSmartWants_data();
}

void TestClientAssertion::signatureVerifies()
{
    QFETCH(SignatureAlgorithm, algorithm);
    AssertionRequest asked = request();
    asked.algorithm = algorithm;
    const PrivateKey &key = algorithm == SignatureAlgorithm::ES256   ? *m_p256
                            : algorithm == SignatureAlgorithm::ES384 ? *m_p384
                                                                     : *m_rsa;
    for (int i = 0; i < 20; ++i) { // r and s of an EC signature are sometimes shorter
        const auto assertion = makeClientAssertion(asked, key, m_clock, m_random);
        QVERIFY_RESULT(assertion);
        const QByteArray jwt = assertion->jwt.copyToUnprotectedByteArray(); // a test's own
        const qsizetype dot = jwt.lastIndexOf('.');
        const QByteArray signature = QByteArray::fromBase64(jwt.sliced(dot + 1), QByteArray::Base64UrlEncoding);
        QVERIFY(key.publicKey().verify(algorithm, QByteArrayView(jwt).first(dot), signature));
        QByteArray changed = jwt;
        changed[dot - 3] = changed[dot - 3] == 'A' ? 'B' : 'A';
        QVERIFY(!key.publicKey().verify(algorithm, QByteArrayView(changed).first(dot), signature));
    }
}

void TestClientAssertion::nothingElseIsInIt()
{
    const auto assertion = makeClientAssertion(request(), *m_rsa, m_clock, m_random);
    QVERIFY_RESULT(assertion);
    QCOMPARE(assertion->claims.keys(), (QStringList{u"aud"_s, u"exp"_s, u"iss"_s, u"jti"_s, u"sub"_s}));
}

void TestClientAssertion::jkuOnlyWhereGiven()
{
    AssertionRequest asked = request();
    asked.jwkSetUrl = u"https://keys.example.test/jwks.json"_s;
    const auto assertion = makeClientAssertion(asked, *m_rsa, m_clock, m_random);
    QVERIFY_RESULT(assertion);
    QCOMPARE(assertion->header[u"jku"].toString(), asked.jwkSetUrl);
}

void TestClientAssertion::neverTheSameTwice()
{
    QSet<QString> seen;
    AssertionRequest asked = request();
    asked.algorithm = SignatureAlgorithm::ES256;
    for (int i = 0; i < 300; ++i)
        seen.insert(makeClientAssertion(asked, *m_p256, m_clock, m_random)->claims[u"jti"].toString());
    QCOMPARE(seen.size(), 300);
}

void TestClientAssertion::clockOffsetIsAdded()
{
    AssertionRequest asked = request();
    asked.clockOffset = -90s;
    asked.lifetime = 60s;
    const auto assertion = makeClientAssertion(asked, *m_rsa, m_clock, m_random);
    QVERIFY_RESULT(assertion);
    QCOMPARE(assertion->claims[u"exp"].toInteger(), 1'763'906'971 - 90 + 60);
}

void TestClientAssertion::wrongAlgorithmIsRefused()
{
    QVERIFY_FAILS(makeClientAssertion(request(), *m_p384, m_clock, m_random), "key.algorithm-mismatch");
    AssertionRequest asked = request();
    asked.algorithm = SignatureAlgorithm::ES256;
    QVERIFY_FAILS(makeClientAssertion(asked, *m_p384, m_clock, m_random), "key.algorithm-mismatch");
}

void TestClientAssertion::malformedJwts_data()
{
    QTest::addColumn<QByteArray>("jwt");
    for (const char *jwt : {"", ".", "..", "...", "a.b.c", "e30", "e30.e30", "e30.e30.x.y", "e30.W10.x", "W10.e30.x",
                            "e3!0.e30.x", "e3 0.e30.x", "bnVsbA.bnVsbA.x"})
        QTest::addRow("%s", jwt) << QByteArray(jwt);
}

void TestClientAssertion::malformedJwts()
{
    QFETCH(QByteArray, jwt);
    QVERIFY_FAILS(decodeJwt(jwt), "jwt.malformed");
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestClientAssertion)
#include "tst_clientassertion.moc"
