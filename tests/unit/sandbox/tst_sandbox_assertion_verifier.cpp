// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/AssertionVerifier.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/sandbox/AssertionMaker.h"

#include <QMessageAuthenticationCode>
#include <QTest>

#include <functional>

using namespace credenza;
using namespace credenza::sandbox;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

QByteArray quoted(const QByteArray &text)
{
    return '"' + text + '"';
}

AssertionExpectation expectation()
{
    QJsonObject rsa = rsaKey().publicKey().jwk(SignatureAlgorithm::RS384, u"key-1"_s);
    rsa.remove(u"alg"_s);
    const QJsonObject ec = ecKey().publicKey().jwk(SignatureAlgorithm::ES384, u"key-ec"_s);
    QJsonObject encryption = rsa;
    encryption.insert(u"kid"_s, u"key-enc"_s);
    encryption.insert(u"use"_s, u"enc"_s);
    QJsonObject fixed = rsa;
    fixed.insert(u"kid"_s, u"key-rs256"_s);
    fixed.insert(u"alg"_s, u"RS256"_s);
    QJsonObject twin = rsa;
    twin.insert(u"kid"_s, u"key-twin"_s);
    return {.clientId = u"client"_s,
            .keys = {rsa, ec, encryption, fixed, twin, twin},
            .jwksUri = QUrl(u"https://example.org/jwks"_s),
            .tokenEndpoint = tokenEndpoint,
            .nowMs = testNow * 1000 + 250};
}

/// The codes of all faults, or "ok".
QString verdict(const QByteArray &token)
{
    const auto parsed = parseAssertion(token);
    if (!parsed)
        return parsed.error().code;
    QStringList codes;
    for (const AssertionFault &fault : verifyAssertion(*parsed, expectation()))
        codes.append(fault.code);
    return codes.isEmpty() ? u"ok"_s : codes.join(u' ');
}

} // namespace

Q_DECLARE_METATYPE(AssertionMaker)

class TestAssertionVerifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsRight_data();
    void takesWhatIsRight();
    void refusesEachSingleFault_data();
    void refusesEachSingleFault();
    void refusesDamagedTokens_data();
    void refusesDamagedTokens();
    void reportsAllFaultsAtOnce();
    void refusesSymmetricSignaturesWithThePublicKey();
    void refusesEveryFlippedBit();
};

void TestAssertionVerifier::takesWhatIsRight_data()
{
    QTest::addColumn<AssertionMaker>("maker");
    const AssertionMaker good;
    QTest::newRow("RS384") << good;
    QTest::newRow("RS256")
        << AssertionMaker(good).header("alg", "\"RS256\"").signedBy(rsaKey(), SignatureAlgorithm::RS256);
    QTest::newRow("RS512")
        << AssertionMaker(good).header("alg", "\"RS512\"").signedBy(rsaKey(), SignatureAlgorithm::RS512);
    QTest::newRow("ES384") << AssertionMaker(good)
                                  .header("alg", "\"ES384\"")
                                  .header("kid", "\"key-ec\"")
                                  .signedBy(ecKey(), SignatureAlgorithm::ES384);
    QTest::newRow("no typ") << AssertionMaker(good).header("typ", {});
    QTest::newRow("jku as registered") << AssertionMaker(good).header("jku", "\"https://example.org/jwks\"");
    QTest::newRow("aud in an array") << AssertionMaker(good).claim("aud", "[\"other\"," + quoted(tokenEndpoint) + ']');
    QTest::newRow("exp at the edge") << AssertionMaker(good).claim("exp", QByteArray::number(testNow + 300));
    QTest::newRow("exp next second") << AssertionMaker(good).claim("exp", QByteArray::number(testNow + 1));
    QTest::newRow("iat and nbf now")
        << AssertionMaker(good).claim("iat", QByteArray::number(testNow)).claim("nbf", QByteArray::number(testNow));
    QTest::newRow("iat 300 s before exp") << AssertionMaker(good).claim("iat", QByteArray::number(testNow - 60));
    QTest::newRow("151 characters of jti") << AssertionMaker(good).claim("jti", quoted(QByteArray(151, 'j')));
    QTest::newRow("151 wide characters of jti")
        << AssertionMaker(good).claim("jti", quoted(QByteArray("\xf0\x9f\x94\x91").repeated(151)));
    QTest::newRow("unknown claim") << AssertionMaker(good).claim("extra", "{\"a\":[1,2.5,{\"exp\":1}]}");
}

void TestAssertionVerifier::takesWhatIsRight()
{
    QFETCH(AssertionMaker, maker);
    QCOMPARE(verdict(maker.token()), u"ok"_s);
}

void TestAssertionVerifier::refusesEachSingleFault_data()
{
    QTest::addColumn<AssertionMaker>("maker");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &code, const std::function<void(AssertionMaker &)> &change) {
        AssertionMaker maker;
        change(maker);
        QTest::newRow(name) << maker << code;
    };
    const auto claim = [&row](const char *name, const QString &code, const QByteArray &member, const QByteArray &json) {
        row(name, code, [&](AssertionMaker &maker) { maker.claim(member, json); });
    };
    const auto header = [&row](const char *name, const QString &code, const QByteArray &member,
                               const QByteArray &json) {
        row(name, code, [&](AssertionMaker &maker) { maker.header(member, json); });
    };
    const auto seconds = [](qint64 offset) { return QByteArray::number(testNow + offset); };
    const QByteArray endpoint(tokenEndpoint);

    header("alg none", u"alg-not-allowed"_s, "alg", "\"none\"");
    header("alg absent", u"alg-not-allowed"_s, "alg", {});
    header("alg in lower case", u"alg-not-allowed"_s, "alg", "\"rs384\"");
    header("alg PS384", u"alg-not-allowed"_s, "alg", "\"PS384\"");
    header("alg HS256", u"alg-not-allowed"_s, "alg", "\"HS256\"");
    header("alg of the other family", u"alg-mismatch"_s, "alg", "\"ES384\"");
    header("alg that was not signed with", u"signature-invalid"_s, "alg", "\"RS256\"");
    header("typ other", u"typ-not-jwt"_s, "typ", "\"JOSE\"");
    header("typ number", u"typ-not-jwt"_s, "typ", "1");
    header("kid absent", u"kid-missing"_s, "kid", {});
    header("kid number", u"kid-missing"_s, "kid", "1");
    header("kid unknown", u"kid-unknown"_s, "kid", "\"key-2\"");
    header("kid doubled", u"kid-ambiguous"_s, "kid", "\"key-twin\"");
    header("key for encryption", u"alg-mismatch"_s, "kid", "\"key-enc\"");
    header("key for another alg", u"alg-mismatch"_s, "kid", "\"key-rs256\"");
    header("jku elsewhere", u"jku-mismatch"_s, "jku", "\"https://evil.example/jwks\"");
    header("crit", u"crit-not-supported"_s, "crit", "[\"b64\"]");
    row("wrong key", u"signature-invalid"_s,
        [](AssertionMaker &maker) { maker.signedBy(otherRsaKey(), SignatureAlgorithm::RS384); });
    row("EC kid, RSA signature", u"alg-mismatch"_s, [](AssertionMaker &maker) { maker.header("kid", "\"key-ec\""); });

    claim("iss absent", u"iss-mismatch sub-mismatch"_s, "iss", {});
    claim("iss of another", u"iss-mismatch sub-mismatch"_s, "iss", "\"other\"");
    claim("sub of another", u"sub-mismatch"_s, "sub", "\"other\"");
    claim("sub absent", u"sub-mismatch"_s, "sub", {});
    claim("sub array", u"sub-mismatch"_s, "sub", "[\"client\"]");
    claim("aud absent", u"aud-mismatch"_s, "aud", {});
    claim("aud with a slash", u"aud-mismatch"_s, "aud", quoted(endpoint + '/'));
    claim("aud in other case", u"aud-mismatch"_s, "aud", quoted(QByteArray(endpoint).replace("http:", "HTTP:")));
    claim("aud FHIR base", u"aud-mismatch"_s, "aud", "\"http://127.0.0.1:8080/interconnect-fhir-oauth/api/FHIR/R4\"");
    claim("aud localhost", u"aud-mismatch"_s, "aud", quoted(QByteArray(endpoint).replace("127.0.0.1", "localhost")));
    claim("aud empty array", u"aud-mismatch"_s, "aud", "[]");
    claim("aud array with a number", u"aud-mismatch"_s, "aud", '[' + quoted(endpoint) + ",1]");
    claim("exp absent", u"exp-invalid"_s, "exp", {});
    claim("exp now", u"exp-passed"_s, "exp", seconds(0));
    claim("exp long ago", u"exp-passed"_s, "exp", "1");
    claim("exp negative", u"exp-passed"_s, "exp", "-9223372036854775808");
    claim("exp 301 s ahead", u"exp-too-far"_s, "exp", seconds(301));
    claim("exp in milliseconds", u"exp-too-far"_s, "exp", seconds(240) + "000");
    claim("exp at the end of time", u"exp-too-far"_s, "exp", "9223372036854775807");
    claim("exp beyond 64 bits", u"exp-invalid"_s, "exp", "9223372036854775808");
    claim("exp fraction", u"exp-invalid"_s, "exp", seconds(240) + ".5");
    claim("exp whole fraction", u"exp-invalid"_s, "exp", seconds(240) + ".0");
    claim("exp exponent", u"exp-invalid"_s, "exp", "1.78000024e9");
    claim("exp string", u"exp-invalid"_s, "exp", quoted(seconds(240)));
    claim("exp null", u"exp-invalid"_s, "exp", "null");
    claim("nbf future", u"nbf-in-future"_s, "nbf", seconds(1));
    claim("nbf string", u"nbf-invalid"_s, "nbf", quoted(seconds(0)));
    claim("nbf 301 s before exp", u"nbf-too-early"_s, "nbf", seconds(-61));
    claim("nbf at the beginning of time", u"nbf-too-early"_s, "nbf", "-9223372036854775808");
    claim("iat future", u"iat-in-future"_s, "iat", seconds(1));
    claim("iat fraction", u"iat-invalid"_s, "iat", seconds(-1) + ".5");
    claim("iat 301 s before exp", u"iat-too-early"_s, "iat", seconds(-61));
    claim("jti absent", u"jti-invalid"_s, "jti", {});
    claim("jti empty", u"jti-invalid"_s, "jti", "\"\"");
    claim("jti number", u"jti-invalid"_s, "jti", "12345");
    claim("jti of 152 characters", u"jti-too-long"_s, "jti", quoted(QByteArray(152, 'j')));
}

void TestAssertionVerifier::refusesEachSingleFault()
{
    QFETCH(AssertionMaker, maker);
    QFETCH(QString, code);
    QCOMPARE(verdict(maker.token()), code);
}

void TestAssertionVerifier::refusesDamagedTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    const AssertionMaker maker;
    const QByteArray good = maker.token();
    const QByteArrayList parts = good.split('.');
    const QByteArray header = maker.headerJson();
    const QByteArray claims = maker.claimsJson();
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("one part") << parts[0];
    QTest::newRow("two parts") << QByteArray(parts[0] + '.' + parts[1]);
    QTest::newRow("two dots at once") << QByteArray(parts[0] + ".." + parts[2]);
    QTest::newRow("four parts") << QByteArray(good + '.' + parts[2]);
    QTest::newRow("five parts, a JWE") << QByteArray(parts[0] + "...." + parts[2]);
    QTest::newRow("garbage") << QByteArray("!!!.???.###");
    QTest::newRow("padding") << QByteArray(parts[0] + '=' + '.' + parts[1] + '.' + parts[2]);
    QTest::newRow("standard alphabet") << QByteArray(parts[0] + '.' + parts[1] + ".++//");
    QTest::newRow("stray bits") << QByteArray(parts[0] + '.' + parts[1] + ".AB");
    QTest::newRow("line break inside") << QByteArray(QByteArray(good).insert(20, '\n'));
    QTest::newRow("NUL inside") << QByteArray(QByteArray(good).insert(20, '\0'));
    QTest::newRow("header array") << maker.token('[' + header + ']', claims);
    QTest::newRow("claims text") << maker.token(header, "\"claims\"");
    QTest::newRow("claims cut") << maker.token(header, claims.chopped(1));
    QTest::newRow("claims with a tail") << maker.token(header, claims + "{}");
    QTest::newRow("doubled claim") << maker.token(header, claims.chopped(1) + ",\"sub\":\"client\"}");
    QTest::newRow("doubled claim, escaped") << maker.token(header, claims.chopped(1) + ",\"s\\u0075b\":\"client\"}");
    QTest::newRow("doubled header") << maker.token(header.chopped(1) + ",\"alg\":\"none\"}", claims);
    QTest::newRow("doubled deep inside") << maker.token(header, claims.chopped(1) + ",\"x\":[{\"a\":1,\"a\":2}]}");
    QTest::newRow("not UTF-8") << maker.token(header, claims.chopped(1) + ",\"x\":\"\xff\"}");
    QTest::newRow("nested 5000 deep") << maker.token(header,
                                                     "{\"x\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + '}');
    QTest::newRow("one megabyte") << maker.token(header,
                                                 claims.chopped(1) + ",\"x\":\"" + QByteArray(1'000'000, 'x') + "\"}");
    QTest::newRow("one megabyte of dots") << QByteArray(1'000'000, '.');
}

void TestAssertionVerifier::refusesDamagedTokens()
{
    QFETCH(QByteArray, token);
    QCOMPARE(verdict(token), u"assertion-malformed"_s);
}

void TestAssertionVerifier::reportsAllFaultsAtOnce()
{
    AssertionMaker maker;
    maker.header("kid", "\"nobody\"").claim("aud", "\"x\"").claim("exp", "1").claim("jti", "7");
    QCOMPARE(verdict(maker.token()), u"kid-unknown aud-mismatch exp-passed jti-invalid"_s);
}

void TestAssertionVerifier::refusesSymmetricSignaturesWithThePublicKey()
{
    // The classic confusion: the public key, which anybody has, used as an HMAC secret.
    AssertionMaker maker;
    maker.header("alg", "\"HS256\"");
    const QByteArray text = base64Url(maker.headerJson()) + '.' + base64Url(maker.claimsJson());
    const QByteArray mac =
        QMessageAuthenticationCode::hash(text, rsaKey().publicKey().pem(), QCryptographicHash::Sha256);
    QCOMPARE(verdict(text + '.' + base64Url(mac)), u"alg-not-allowed"_s);
    // And no signature at all.
    maker.header("alg", "\"none\"");
    QCOMPARE(verdict(base64Url(maker.headerJson()) + '.' + base64Url(maker.claimsJson()) + '.'), u"alg-not-allowed"_s);
}

void TestAssertionVerifier::refusesEveryFlippedBit()
{
    const QByteArray good = AssertionMaker().token();
    QCOMPARE(verdict(good), u"ok"_s);
    for (qsizetype i = 0; i < good.size(); i += 3) {
        QByteArray bad = good;
        bad[i] = static_cast<char>(bad[i] ^ (1 << (i % 7)));
        QVERIFY2(verdict(bad) != u"ok"_s, qPrintable(QString::number(i)));
    }
}

QTEST_APPLESS_MAIN(TestAssertionVerifier)
#include "tst_sandbox_assertion_verifier.moc"
