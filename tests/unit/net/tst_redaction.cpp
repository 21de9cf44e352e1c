// SPDX-License-Identifier: Apache-2.0
// No secret may survive redaction, in whatever place and writing a client or a server puts it.
#include "core/net/Redaction.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

// Looks like the real things, is none of them.
const QByteArray opaque = "Zk9-q7.Xw_3~LmN0pQrStUvWxYz12345";
const QByteArray jwtHead = "eyJhbGciOiJSUzM4NCIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0";
const QByteArray jwtClaims = "eyJpc3MiOiJjbGllbnQiLCJzdWIiOiJjbGllbnQifQ";
const QByteArray signature = "c2lnbmF0dXJlLW9mLXRoZS1hc3NlcnRpb24tMDEyMzQ1Njc4OQ";
const QByteArray jwt = jwtHead + '.' + jwtClaims + '.' + signature;
const QByteArray keyLine = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
const QByteArray pem = "-----BEGIN PRIVATE KEY-----\n" + keyLine +
                       "\nMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n"
                       "-----END PRIVATE KEY-----\n";

/// All that a person or a program could read in what is shown.
QString everything(const RedactedRequest &request)
{
    return QString::fromUtf8(QJsonDocument(toJson(request)).toJson()) + request.url + request.body;
}

QString everything(const RedactedResponse &response)
{
    return QString::fromUtf8(QJsonDocument(toJson(response)).toJson()) + response.body + response.reason;
}

} // namespace

class TestRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodies_data();
    void bodies();
    void headers_data();
    void headers();
    void urls();
    void tokenRequestKeepsWhatHelps();
    void tokenAnswerKeepsItsShape();
    void innocentTextStays_data();
    void innocentTextStays();
    void cutBodies_data();
    void cutBodies();
    void knownValues_data();
    void knownValues();
    void binaryBodies();
    void throughJsonAndBack();
    void largeBodiesInTime();
};

void TestRedaction::bodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("secret");
    const auto row = [](const char *name, const QByteArray &body, const QByteArray &secret) {
        QTest::addRow("%s", name) << body << secret;
    };
    row("token answer", R"({"access_token":")" + opaque + R"(","token_type":"Bearer"})", opaque);
    row("token answer, spaced and CRLF", "{\r\n  \"access_token\" : \"" + opaque + "\",\r\n  \"expires_in\": 3600\r\n}",
        opaque);
    row("token answer, JWT", R"({"access_token":")" + jwt + R"("})", signature);
    row("refresh token", R"({"refresh_token":")" + opaque + R"("})", opaque);
    row("id token", R"({"id_token":")" + jwt + R"("})", signature);
    row("client secret", R"({"client_secret":")" + opaque + R"("})", opaque);
    row("upper case", R"({"ACCESS_TOKEN":")" + opaque + R"("})", opaque);
    row("camel case", R"({"accessToken":")" + opaque + R"("})", opaque);
    row("escaped name", R"({"access\u005ftoken":")" + opaque + R"("})", opaque);
    row("escaped value", R"({"access_token":"\")" + opaque + R"("})", opaque);
    row("inside an array", R"({"access_token":["a",")" + opaque + R"("]})", opaque);
    row("inside an object", R"({"access_token":{"value":")" + opaque + R"("}})", opaque);
    row("deep inside", R"({"a":[{"b":{"c":[{"access_token":")" + opaque + R"("}]}}]})", opaque);
    row("JSON inside JSON", R"({"echo":"{\"access_token\":\")" + opaque + R"(\"}"})", opaque);
    row("a number", R"({"access_token":8812731238123})", "8812731238123");
    row("broken JSON", R"({"access_token":")" + opaque + R"(","x":)", opaque);
    row("broken off inside", R"({"token_type":"bearer","access_token":")" + opaque, opaque);
    row("single quotes in a form", "x=1&access_token=" + opaque + "&y=2", opaque);
    row("XML", "<r><access_token>" + opaque + "</access_token></r>", opaque);
    row("JWT in a sentence", "Assertion " + jwt + " was not accepted", signature);
    row("JWT in HTML", "<pre>" + jwt + "</pre>", signature);
    row("JWT in quotes", "\"" + jwt + "\"", signature);
    row("JWE", "token " + jwt + ".QUJDREVGR0g.SUpLTE1OT1A", "SUpLTE1OT1A");
    row("JWT with another header", "ewogICJhbGciOiAiUlMzODQiCn0." + jwtClaims + '.' + signature, signature);
    row("Bearer in a sentence", "got 'Bearer " + opaque + "'", opaque);
    row("Basic in a sentence", "Authorization: Basic dXNlcjpnZWhlaW0xMjM0", "dXNlcjpnZWhlaW0xMjM0");
    row("PEM", "key:\n" + pem, keyLine);
    row("PEM in JSON", R"({"text":")" + QByteArray(pem).replace("\n", "\\n") + R"("})", keyLine);
    row("PEM, PKCS#1", QByteArray(pem).replace("PRIVATE", "RSA PRIVATE"), keyLine);
    row("PEM, encrypted", QByteArray(pem).replace("PRIVATE", "ENCRYPTED PRIVATE"), keyLine);
    row("PEM, lower case", "-----begin private key-----\n" + keyLine, keyLine);
    row("PEM, broken off", pem.first(80), keyLine.first(40));
    row("PEM, four dashes", QByteArray(pem).replace("-----", "----"), keyLine);
    row("PEM in a form", "k=" + pem.toPercentEncoding() + "&x=1", keyLine.first(24));
    row("private JWK", R"({"kty":"RSA","n":"abc","d":")" + keyLine + R"("})", keyLine);
    row("private JWK, short", R"({"kty":"EC","crv":"P-256","d":"c2hvcnQ"})", "c2hvcnQ");
    row("JWK set", R"({"keys":[{"kty":"RSA","p":")" + keyLine + R"("}]})", keyLine);
    row("password", R"({"password":")" + opaque + R"("})", opaque);
    row("private key member", R"({"privateKey":")" + opaque + R"("})", opaque);
}

void TestRedaction::bodies()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, secret);
    HttpReply reply;
    reply.status = 200;
    reply.body = body;
    reply.headers = {{"Content-Type", "application/json"}};
    const QString response = everything(redacted(reply));
    QVERIFY2(!response.contains(QString::fromUtf8(secret)), qPrintable(response));
    QVERIFY2(response.contains(redactedMark()), qPrintable(response));

    HttpRequest request;
    request.url = QUrl(u"https://fhir.example.test/"_s);
    request.body = body;
    QVERIFY(!everything(redacted(request)).contains(QString::fromUtf8(secret)));
    // Twice is as good as once.
    const QString once = redacted(reply).body;
    QCOMPARE(redactedText(once), once);
}

void TestRedaction::headers_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("shown");
    const QString mark = redactedMark();
    QTest::addRow("Authorization") << "Authorization"_ba
                                   << "Bearer " + opaque << u"Bearer "_s + mark;
    QTest::addRow("authorization, short token") << "authorization"_ba
                                                << "bearer abc"_ba << u"bearer "_s + mark;
    QTest::addRow("authorization without scheme") << "AUTHORIZATION"_ba << opaque << mark;
    QTest::addRow("Proxy-Authorization") << "Proxy-Authorization"_ba
                                         << "Basic dXNlcjpwdw=="_ba << u"Basic "_s + mark;
    QTest::addRow("Cookie") << "Cookie"_ba
                            << "a=b"_ba << mark;
    QTest::addRow("Set-Cookie") << "Set-Cookie"_ba
                                << "session=1; Path=/"_ba << mark;
    QTest::addRow("X-Api-Key") << "X-Api-Key"_ba
                               << "abc"_ba << mark;
    QTest::addRow("gateway key") << "Ocp-Apim-Subscription-Key"_ba
                                 << "abc"_ba << mark;
    QTest::addRow("X-Auth-Token") << "X-Auth-Token"_ba
                                  << "abc"_ba << mark;
    QTest::addRow("JWT in any header") << "X-Forwarded-User"_ba << jwt << mark;
    QTest::addRow("challenge stays") << "WWW-Authenticate"_ba
                                     << "Bearer error=\"insufficient_scope\", error_description=\"not authorized\""_ba
                                     << u"Bearer error=\"insufficient_scope\", error_description=\"not authorized\""_s;
    QTest::addRow("client id stays") << "Epic-Client-ID"_ba
                                     << "0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_ba
                                     << u"0c5b8d9e-4f1a-4c37-9d62-7be13fa08c54"_s;
    QTest::addRow("date stays") << "Date"_ba
                                << "Sun, 23 Nov 2025 14:10:08 GMT"_ba << u"Sun, 23 Nov 2025 14:10:08 GMT"_s;
}

void TestRedaction::headers()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, shown);
    HttpRequest request;
    request.url = QUrl(u"https://fhir.example.test/"_s);
    request.headers = {{name, value}};
    QCOMPARE(redacted(request).headers.constFirst().second, shown);
    HttpReply reply;
    reply.headers = request.headers;
    QCOMPARE(redacted(reply).headers.constFirst().second, shown);
}

void TestRedaction::urls()
{
    HttpRequest request;
    for (const QByteArray &url : {QByteArray("https://u:" + opaque + "@fhir.example.test/"),
                                  QByteArray("https://fhir.example.test/?access_token=" + opaque + "&a=b"),
                                  QByteArray("https://fhir.example.test/?a=b&sig=" + opaque),
                                  QByteArray("https://fhir.example.test/#access_token=" + opaque),
                                  QByteArray("https://fhir.example.test/" + jwt + "/x")}) {
        request.url = QUrl::fromEncoded(url);
        QVERIFY2(
            !everything(redacted(request)).contains(QString::fromUtf8(url.contains(signature) ? signature : opaque)),
            url.constData());
    }
    request.url = QUrl(u"https://fhir.example.test/Observation?code=8310-5&category=laboratory&_count=1"_s);
    QCOMPARE(redacted(request).url, request.url.toString());
}

void TestRedaction::tokenRequestKeepsWhatHelps()
{
    // Header and claims are what a person compares; without the signature they open nothing.
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(u"https://fhir.example.test/oauth2/token"_s);
    request.body = "scope=system%2F*.rs&grant_type=client_credentials&client_assertion=" + jwt;
    const QString body = redacted(request).body;
    QCOMPARE(body, QString::fromUtf8("scope=system%2F*.rs&grant_type=client_credentials&client_assertion=" + jwtHead +
                                     '.' + jwtClaims + '.') +
                       redactedMark());
    request.body += "&x=1";
    QVERIFY(redacted(request).body.endsWith(redactedMark() + u"&x=1"_s));
    request.body = "client_assertion=" + signature; // not even a JWT
    QVERIFY(!redacted(request).body.contains(QString::fromUtf8(signature)));
}

void TestRedaction::tokenAnswerKeepsItsShape()
{
    HttpReply reply;
    reply.status = 200;
    reply.body =
        "{\r\n  \"access_token\": \"" + opaque + "\",\r\n  \"token_type\": \"Bearer\",\r\n  \"expires_in\": 3600\r\n}";
    QCOMPARE(redacted(reply).body,
             u"{\r\n  \"access_token\": \"%1\",\r\n  \"token_type\": \"Bearer\",\r\n  \"expires_in\": 3600\r\n}"_s.arg(
                 redactedMark()));
}

void TestRedaction::innocentTextStays_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {R"({"error":"invalid_client","error_description":null})",
          R"({"token_endpoint":"https://fhir.example.test/oauth2/token","token_type":"bearer"})",
          R"({"token_endpoint_auth_signing_alg_values_supported":["RS384","ES384"]})",
          R"({"kty":"RSA","n":"u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0","e":"AQAB"})",
          "Bearer authentication is required", "The signature is wrong", "fhir.example.test/some.thing.else",
          R"({"resourceType":"Patient","identifier":[{"type":{"text":"EPIC"},"value":"E3423"}]})",
          "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
          "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"})
        QTest::addRow("%.30s", text) << QString::fromLatin1(text);
}

void TestRedaction::innocentTextStays()
{
    QFETCH(QString, text);
    QCOMPARE(redactedText(text), text);
    HttpReply reply;
    reply.body = text.toUtf8();
    QCOMPARE(redacted(reply).body, text);
}

void TestRedaction::cutBodies_data()
{
    QTest::addColumn<int>("before");
    for (const int before : {65'500, 65'530, 65'536, 131'060, 262'100, 262'140})
        QTest::addRow("%d", before) << before;
}

void TestRedaction::cutBodies()
{
    QFETCH(int, before);
    HttpReply reply;
    reply.body = "{\"x\":\"" + QByteArray(before, 'a') + "\",\"access_token\":\"" + opaque + "\",\"y\":\"" +
                 QByteArray(200'000, 'b') + "\"}";
    const RedactedResponse response = redacted(reply);
    QVERIFY(response.body.size() < 65 * 1024);
    QVERIFY(!response.body.contains(QString::fromUtf8(opaque.first(8))));
    QVERIFY(response.body.contains(u"cut"));
    reply.body = QByteArray(before, ' ') + jwt + QByteArray(300'000, ' ');
    QVERIFY(!redacted(reply).body.contains(QString::fromUtf8(signature.first(8))));
}

void TestRedaction::knownValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("secret");
    QTest::addRow("in a sentence") << u"Token ab/cd+ef= is not known"_s << "ab/cd+ef="_ba;
    QTest::addRow("percent-encoded") << u"t=ab%2Fcd%2Bef%3D"_s << "ab/cd+ef="_ba;
    QTest::addRow("JSON-escaped") << u"\"ab\\/cd+ef=\""_s << "ab/cd+ef="_ba;
}

void TestRedaction::knownValues()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, secret);
    const QString shown = withoutValue(text, secret);
    QVERIFY2(shown.contains(redactedMark()), qPrintable(shown));
    QVERIFY2(!shown.contains(u"cd"), qPrintable(shown));
    QCOMPARE(withoutValue(u"a plain word"_s, "a"), u"a plain word"_s); // too short to be a secret
}

void TestRedaction::binaryBodies()
{
    HttpReply reply;
    reply.body = QByteArray("PK\x03\x04\0\0abc", 9);
    QVERIFY(redacted(reply).body.contains(u"9 bytes"));
}

void TestRedaction::throughJsonAndBack()
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(u"https://fhir.example.test/token"_s);
    request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + opaque}};
    request.body = "grant_type=client_credentials";
    const RedactedRequest sent = redacted(request);
    const auto sentAgain = redactedRequestFromJson(toJson(sent));
    QVERIFY(sentAgain.has_value());
    QCOMPARE(sentAgain->method, sent.method);
    QCOMPARE(sentAgain->url, sent.url);
    QCOMPARE(sentAgain->body, sent.body);
    QCOMPARE(sentAgain->headers.size(), 2);

    HttpReply reply;
    reply.status = 400;
    reply.reason = "Bad Request";
    reply.body = "{}";
    const auto again = redactedResponseFromJson(toJson(redacted(reply)));
    QVERIFY(again.has_value());
    QCOMPARE(again->status, 400);
    QCOMPARE(again->reason, u"Bad Request"_s);
    QVERIFY(!redactedRequestFromJson({}).has_value());
    QVERIFY(!redactedResponseFromJson({{u"status"_s, u"200"_s}}).has_value());
}

void TestRedaction::largeBodiesInTime()
{
    // Texts that make a careless pattern take for ever.
    for (const QByteArray &piece : {"-----BEGIN "_ba, "eyJ.eyJ."_ba, "\"access_token\":["_ba, "Bearer "_ba,
                                    "client_assertion=eyJ"_ba, "\"token\":\"\\"_ba, "----BEGIN A B C "_ba}) {
        HttpReply reply;
        reply.body = piece.repeated(8 * 1024 * 1024 / piece.size());
        QElapsedTimer timer;
        timer.start();
        const RedactedResponse response = redacted(reply);
        QVERIFY2(timer.elapsed() < 2000,
                 qPrintable(u"%1: %2 ms"_s.arg(QString::fromLatin1(piece)).arg(timer.elapsed())));
        QVERIFY(response.body.size() < 65 * 1024);
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestRedaction)
#include "tst_redaction.moc"
