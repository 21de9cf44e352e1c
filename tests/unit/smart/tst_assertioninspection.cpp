// SPDX-License-Identifier: Apache-2.0
#include "core/smart/AssertionInspection.h"

#include "core/smart/AccessTokens.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/smart/TestSubjects.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QString endpoint = u"https://ehr.example.test/oauth2/token"_s;
const QDateTime noon(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC);

QJsonObject goodHeader()
{
    return {{u"alg"_s, u"RS384"_s}, {u"kid"_s, u"k1"_s}, {u"typ"_s, u"JWT"_s}};
}

QJsonObject goodClaims()
{
    return {{u"iss"_s, u"client-1"_s},
            {u"sub"_s, u"client-1"_s},
            {u"aud"_s, endpoint},
            {u"jti"_s, u"one"_s},
            {u"exp"_s, noon.toSecsSinceEpoch() + 240}};
}

QByteArray encoded(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray encoded(const QJsonObject &object)
{
    return encoded(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Signed with the key all these tests share.
QByteArray signedJwt(const QJsonObject &header, const QJsonObject &claims)
{
    const QByteArray text = encoded(header) + '.' + encoded(claims);
    const auto signature = testKey()->imported->key.sign(SignatureAlgorithm::RS384, text);
    return text + '.' + encoded(*signature);
}

AssertionExpectations expected()
{
    AssertionExpectations all;
    all.clientId = u"client-1"_s;
    all.tokenEndpoint = endpoint;
    all.fhirBaseUrl = u"https://ehr.example.test/api/FHIR/R4"_s;
    all.keyId = u"k1"_s;
    all.key = testKey()->imported->key.publicKey();
    all.now = noon;
    return all;
}

QStringList errorsOf(const AssertionInspection &inspection)
{
    QStringList codes;
    for (const AssertionCheck &check : inspection.checks) {
        if (check.state == AssertionCheck::State::Error)
            codes << check.code;
    }
    return codes;
}

bool has(const AssertionInspection &inspection, const QString &code)
{
    return std::ranges::any_of(inspection.checks, [&](const AssertionCheck &check) { return check.code == code; });
}

} // namespace

/// Each value of an assertion against its rule; each broken in turn, alone.
class TestAssertionInspection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void good();
    void ours();
    void broken_data();
    void broken();
    void remarks();
    void pasted_data();
    void pasted();
    void refused_data();
    void refused();
    void foreignSignature();
    void tellsNoSignature();
};

void TestAssertionInspection::good()
{
    const auto inspection = inspectAssertion(signedJwt(goodHeader(), goodClaims()), expected());
    QVERIFY_RESULT(inspection);
    QVERIFY2(inspection->isAcceptable(), qPrintable(errorsOf(*inspection).join(u' ')));
    QCOMPARE(inspection->header, goodHeader());
    QCOMPARE(inspection->claims, goodClaims());
    for (const QString &code : {u"alg.ok"_s, u"kid.ok"_s, u"typ.ok"_s, u"iss.ok"_s, u"sub.ok"_s, u"aud.ok"_s,
                                u"jti.ok"_s, u"exp.ok"_s, u"signature.ok"_s})
        QVERIFY2(has(*inspection, code), qPrintable(code));
    for (const AssertionCheck &check : inspection->checks)
        QVERIFY(!check.message.isEmpty());
}

void TestAssertionInspection::ours()
{
    FlowFixture fixture;
    Credential credential;
    credential.clientId = u"client-1"_s;
    credential.keyId = u"k1"_s;
    credential.jwkSetUrl = u"https://keys.example.test/jwks.json"_s;
    credential.key.publicPem = testKey()->imported->key.publicKey().pem();
    const auto assertion =
        assertionFor(credential, endpoint, testKey()->imported->key, fixture.clock, fixture.random);
    QVERIFY_RESULT(assertion);
    AssertionExpectations all = expectationsOf(credential, endpoint);
    all.now = toDateTime(fixture.clock.now());
    const auto inspection = inspectAssertion(assertion->jwt.charView(), all);
    QVERIFY_RESULT(inspection);
    for (const AssertionCheck &check : inspection->checks)
        QVERIFY2(check.state == AssertionCheck::State::Ok, qPrintable(check.code));
}

void TestAssertionInspection::broken_data()
{
    QTest::addColumn<QJsonObject>("header");
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("code");
    const auto header = [](const QString &name, const QJsonValue &value, const char *code) {
        QJsonObject changed = goodHeader();
        value.isUndefined() ? changed.remove(name) : void(changed.insert(name, value));
        QTest::addRow("%s", code) << changed << goodClaims() << QString::fromLatin1(code);
    };
    const auto claim = [](const QString &name, const QJsonValue &value, const char *code, const char *what = "") {
        QJsonObject changed = goodClaims();
        value.isUndefined() ? changed.remove(name) : void(changed.insert(name, value));
        QTest::addRow("%s %s", code, what) << goodHeader() << changed << QString::fromLatin1(code);
    };
    const QJsonValue none = QJsonValue::Undefined;
    const qint64 now = noon.toSecsSinceEpoch();
    header(u"alg"_s, none, "alg.missing");
    header(u"alg"_s, u"none"_s, "alg.none");
    header(u"alg"_s, u"HS256"_s, "alg.symmetric");
    header(u"alg"_s, u"PS384"_s, "alg.unsupported");
    header(u"alg"_s, u"ES384"_s, "alg.other-key-type");
    header(u"kid"_s, none, "kid.missing");
    header(u"kid"_s, 5, "kid.not-text");
    header(u"kid"_s, u"k2"_s, "kid.other");
    header(u"typ"_s, u"at+jwt"_s, "typ.other");
    header(u"jku"_s, u"http://keys.example.test/jwks"_s, "jku.not-https");
    claim(u"iss"_s, none, "iss.missing");
    claim(u"sub"_s, u"someone"_s, "sub.differs");
    claim(u"sub"_s, 7, "sub.not-text");
    claim(u"aud"_s, none, "aud.missing");
    claim(u"aud"_s, endpoint + u'/', "aud.other", "slash");
    claim(u"aud"_s, u"https://ehr.example.test/api/FHIR/R4"_s, "aud.other", "base");
    claim(u"aud"_s, QJsonArray{u"https://elsewhere.example.test"_s}, "aud.other", "list");
    claim(u"jti"_s, none, "jti.missing");
    claim(u"jti"_s, 12, "jti.not-text");
    claim(u"jti"_s, QString(152, u'x'), "jti.too-long");
    claim(u"exp"_s, none, "exp.missing");
    claim(u"exp"_s, QString::number(now + 200), "exp.not-a-number");
    claim(u"exp"_s, double(now) + 200.693, "exp.fraction");
    claim(u"exp"_s, (now + 200) * 1000, "exp.milliseconds");
    claim(u"exp"_s, now - 1, "exp.past");
    claim(u"exp"_s, now + 301, "exp.too-far");
    claim(u"iat"_s, now + 60, "iat.future");
    claim(u"nbf"_s, now + 241, "nbf.after-exp");
    claim(u"iat"_s, now - 100, "iat.too-long");
}

void TestAssertionInspection::broken()
{
    QFETCH(QJsonObject, header);
    QFETCH(QJsonObject, claims);
    QFETCH(QString, code);
    const auto inspection = inspectAssertion(signedJwt(header, claims), expected());
    QVERIFY_RESULT(inspection);
    QVERIFY(!inspection->isAcceptable());
    const QStringList errors = errorsOf(*inspection);
    QVERIFY2(errors.contains(code), qPrintable(errors.join(u' ')));
}

void TestAssertionInspection::remarks()
{
    QJsonObject claims = goodClaims();
    claims.insert(u"iat"_s, noon.toSecsSinceEpoch());
    claims.insert(u"aud"_s, QJsonArray{endpoint});
    claims.insert(u"scope"_s, u"system/*.rs"_s);
    const auto inspection = inspectAssertion(signedJwt(goodHeader(), claims), expected());
    QVERIFY_RESULT(inspection);
    QVERIFY(inspection->isAcceptable());
    for (const QString &code : {u"iat.now"_s, u"aud.list"_s, u"scope.extra"_s})
        QVERIFY2(has(*inspection, code), qPrintable(code));
    // Nothing to compare with: only what holds for every assertion is judged.
    const auto alone = inspectAssertion(signedJwt(goodHeader(), goodClaims()), {});
    QVERIFY_RESULT(alone);
    QVERIFY(alone->isAcceptable());
    QVERIFY(has(*alone, u"signature.unknown-key"_s));
}

void TestAssertionInspection::pasted_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addRow("bare") << QByteArray() << QByteArray();
    QTest::addRow("line end") << QByteArray() << QByteArray("\n");
    QTest::addRow("quoted") << QByteArray(" \"") << QByteArray("\",\n");
    QTest::addRow("Bearer") << QByteArray("Bearer ") << QByteArray();
    QTest::addRow("form") << QByteArray("grant_type=client_credentials&client_assertion_type=urn%3Aietf"
                                        "&client_assertion=")
                          << QByteArray("&scope=system%2F*.rs");
}

void TestAssertionInspection::pasted()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto inspection = inspectAssertion(before + signedJwt(goodHeader(), goodClaims()) + after, expected());
    QVERIFY_RESULT(inspection);
    QVERIFY(has(*inspection, u"signature.ok"_s));
    QByteArray wrapped = signedJwt(goodHeader(), goodClaims());
    for (qsizetype at = 60; at < wrapped.size(); at += 64)
        wrapped.insert(at, "\r\n  ");
    QVERIFY_RESULT(inspectAssertion(wrapped, expected()));
}

void TestAssertionInspection::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addRow("empty") << QByteArray() << u"jwt.malformed"_s;
    QTest::addRow("words") << QByteArray("not a token") << u"jwt.malformed"_s;
    QTest::addRow("two parts") << QByteArray("e30.e30") << u"jwt.malformed"_s;
    QTest::addRow("encrypted") << QByteArray("e30.a.b.c.d") << u"jwt.encrypted"_s;
    QTest::addRow("not JSON") << QByteArray("YWJj.YWJj.YWJj") << u"jwt.malformed"_s;
}

void TestAssertionInspection::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    const auto inspection = inspectAssertion(text, expected());
    QVERIFY(!inspection);
    QCOMPARE(inspection.error().code, code);
}

void TestAssertionInspection::foreignSignature()
{
    const QByteArray good = signedJwt(goodHeader(), goodClaims());
    QJsonObject claims = goodClaims();
    claims.insert(u"jti"_s, u"two"_s);
    const QByteArray changed = encoded(goodHeader()) + '.' + encoded(claims) + good.mid(good.lastIndexOf('.'));
    const auto inspection = inspectAssertion(changed, expected());
    QVERIFY_RESULT(inspection);
    QCOMPARE(errorsOf(*inspection), QStringList{u"signature.wrong"_s});
    const auto bare = inspectAssertion(good.left(good.lastIndexOf('.') + 1), expected());
    QVERIFY_RESULT(bare);
    QVERIFY(has(*bare, u"signature.missing"_s));
}

void TestAssertionInspection::tellsNoSignature()
{
    const QByteArray good = signedJwt(goodHeader(), goodClaims());
    const auto inspection = inspectAssertion(good, expected());
    QVERIFY_RESULT(inspection);
    const QByteArray json = QJsonDocument(toJson(*inspection)).toJson();
    QVERIFY(json.contains("\"acceptable\": true"));
    QVERIFY(!json.contains(good.mid(good.lastIndexOf('.') + 1, 40)));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestAssertionInspection)
#include "tst_assertioninspection.moc"
