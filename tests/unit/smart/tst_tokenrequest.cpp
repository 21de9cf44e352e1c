// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TokenRequest.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

HttpReply answerOf(int status, const QByteArray &body, const QByteArray &type = "application/json;charset=utf-8")
{
    HttpReply reply;
    reply.status = status;
    reply.headers = {{"content-type", type}};
    reply.body = body;
    return reply;
}

ClientAssertion assertionOf(const QByteArray &jwt)
{
    ClientAssertion assertion;
    assertion.jwt = SecretBytes::copyOf(QByteArrayView(jwt));
    return assertion;
}

} // namespace

class TestTokenRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatSmartSays();
    void scopesAreEncoded_data();
    void scopesAreEncoded();
    void addressStaysAsItIs_data();
    void addressStaysAsItIs();
    void readsGrants_data();
    void readsGrants();
    void refusesOtherAnswers_data();
    void refusesOtherAnswers();
    void readsErrors_data();
    void readsErrors();
};

void TestTokenRequest::isWhatSmartSays()
{
    NetworkSettings network;
    network.idle = std::chrono::milliseconds(123);
    const HttpRequest request =
        tokenHttpRequest(u"https://fhir.example.test/oauth2/token"_s, assertionOf("eyJh.eyJi.c-_1"),
                         {u"system/Patient.rs"_s, u"system/Group.read"_s}, network);
    QCOMPARE(request.method, "POST"_ba);
    QCOMPARE(request.url, QUrl(u"https://fhir.example.test/oauth2/token"_s));
    QCOMPARE(headerValue(request.headers, "Content-Type"), "application/x-www-form-urlencoded"_ba);
    QCOMPARE(headerValue(request.headers, "Accept"), "application/json"_ba);
    QVERIFY(headerValue(request.headers, "Authorization").isEmpty());
    QCOMPARE(request.redirects, RedirectPolicy::None);
    QCOMPARE(request.network.idle, network.idle);
    QCOMPARE(request.body, "scope=system%2FPatient.rs+system%2FGroup.read"
                           "&grant_type=client_credentials"
                           "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                           "&client_assertion=eyJh.eyJi.c-_1"_ba);
}

void TestTokenRequest::scopesAreEncoded_data()
{
    QTest::addColumn<QStringList>("scopes");
    QTest::addColumn<QByteArray>("start");
    QTest::addRow("none") << QStringList() << "grant_type=client_credentials&"_ba;
    QTest::addRow("parameters") << QStringList{u"system/Observation.rs?category=a|b&x=1+2"_s}
                                << "scope=system%2FObservation.rs%3Fcategory%3Da%7Cb%26x%3D1%2B2&grant_type="_ba;
    QTest::addRow("not ASCII") << QStringList{u"system/ü%"_s} << "scope=system%2F%C3%BC%25&grant_type="_ba;
}

void TestTokenRequest::scopesAreEncoded()
{
    QFETCH(QStringList, scopes);
    QFETCH(QByteArray, start);
    const HttpRequest request = tokenHttpRequest(u"https://a.test/token"_s, assertionOf("a.b.c"), scopes, {});
    QVERIFY2(request.body.startsWith(start), request.body.constData());
}

void TestTokenRequest::addressStaysAsItIs_data()
{
    QTest::addColumn<QString>("endpoint");
    for (const char *endpoint :
         {"https://fhir.example.test/Interconnect-FHIR-PRD/oauth2/token",
          "https://fhir.example.test:8443/a/oauth2/token/", "https://fhir.example.test/t%2Foken?tenant=a%20b",
          "http://127.0.0.1:9000/oauth2/token"})
        QTest::addRow("%s", endpoint) << QString::fromLatin1(endpoint);
}

void TestTokenRequest::addressStaysAsItIs()
{
    // `aud` must be the URL it is posted to, byte for byte.
    QFETCH(QString, endpoint);
    const HttpRequest request = tokenHttpRequest(endpoint, assertionOf("a.b.c"), {}, {});
    QCOMPARE(request.url.toEncoded(), endpoint.toLatin1());
}

void TestTokenRequest::readsGrants_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<qint64>("expiresIn");
    QTest::addColumn<QStringList>("scopes");
    const QStringList none;
    QTest::addRow("SMART")
        << R"({"access_token":"t0ken","token_type":"bearer","expires_in":300,"scope":"system/*.rs"})"_ba << qint64(300)
        << QStringList{u"system/*.rs"_s};
    QTest::addRow("Epic")
        << "{\r\n  \"access_token\": \"t0ken\",\r\n  \"token_type\": \"Bearer\",\r\n  \"expires_in\": 3600,\r\n"
           "  \"scope\": \"Patient.read Patient.search\",\r\n  \"__epic.dstu2.patient\": \"x\"\r\n}"_ba
        << qint64(3600) << QStringList{u"Patient.read"_s, u"Patient.search"_s};
    QTest::addRow("BEARER") << R"({"access_token":"t0ken","token_type":"BEARER"})"_ba << qint64(0) << none;
    QTest::addRow("expires_in as text") << R"({"access_token":"t0ken","token_type":"bearer","expires_in":"3600"})"_ba
                                        << qint64(3600) << none;
    QTest::addRow("expires_in as nonsense")
        << R"({"access_token":"t0ken","token_type":"bearer","expires_in":"soon"})"_ba << qint64(0) << none;
    QTest::addRow("expires_in negative") << R"({"access_token":"t0ken","token_type":"bearer","expires_in":-5})"_ba
                                         << qint64(0) << none;
    QTest::addRow("expires_in huge") << R"({"access_token":"t0ken","token_type":"bearer","expires_in":1e300})"_ba
                                     << qint64(0) << none;
    QTest::addRow("scope null") << R"({"access_token":"t0ken","token_type":"bearer","scope":null})"_ba << qint64(0)
                                << none;
    QTest::addRow("scope with odd spaces") << R"({"access_token":"t0ken","token_type":"bearer","scope":"  a\n b  "})"_ba
                                           << qint64(0) << QStringList{u"a"_s, u"b"_s};
}

void TestTokenRequest::readsGrants()
{
    QFETCH(QByteArray, body);
    QFETCH(qint64, expiresIn);
    QFETCH(QStringList, scopes);
    const auto token = readAccessToken(answerOf(200, body));
    QVERIFY_RESULT(token);
    QVERIFY(token->value.equalsConstantTime(SecretBytes::copyOf("t0ken"_ba)));
    QCOMPARE(token->type.toLower(), u"bearer"_s);
    QCOMPARE(token->expiresIn.count(), expiresIn);
    QCOMPARE(token->scopes, scopes);
}

void TestTokenRequest::refusesOtherAnswers_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QString>("code");
    const QByteArray json = "application/json";
    QTest::addRow("HTML") << "<html>Log in</html>"_ba
                          << "text/html"_ba << u"token.html"_s;
    QTest::addRow("HTML said to be JSON") << "  <!DOCTYPE html>"_ba << json << u"token.html"_s;
    QTest::addRow("empty HTML") << ""_ba
                                << "text/html"_ba << u"token.html"_s;
    QTest::addRow("nothing") << ""_ba << json << u"token.not-json"_s;
    QTest::addRow("form encoded") << "access_token=abc&token_type=bearer"_ba << json << u"token.not-json"_s;
    QTest::addRow("an array") << "[]"_ba << json << u"token.not-json"_s;
    QTest::addRow("no token") << R"({"token_type":"bearer"})"_ba << json << u"token.no-access-token"_s;
    QTest::addRow("empty token") << R"({"access_token":"","token_type":"bearer"})"_ba << json
                                 << u"token.no-access-token"_s;
    QTest::addRow("token no text") << R"({"access_token":1,"token_type":"bearer"})"_ba << json
                                   << u"token.no-access-token"_s;
    QTest::addRow("mac") << R"({"access_token":"x","token_type":"mac"})"_ba << json << u"token.wrong-type"_s;
    QTest::addRow("no type") << R"({"access_token":"x"})"_ba << json << u"token.wrong-type"_s;
}

void TestTokenRequest::refusesOtherAnswers()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, type);
    QFETCH(QString, code);
    const auto token = readAccessToken(answerOf(200, body, type));
    QVERIFY(!token);
    QCOMPARE(token.error().code, code);
    QVERIFY(!token.error().hint.isEmpty());
}

void TestTokenRequest::readsErrors_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("description");
    QTest::addRow("Epic") << R"({"error":"invalid_client","error_description":null})"_ba << u"invalid_client"_s
                          << QString();
    QTest::addRow("with a reason") << R"({"error":"invalid_grant","error_description":"bad aud"})"_ba
                                   << u"invalid_grant"_s << u"bad aud"_s;
    QTest::addRow("without a description") << R"({"error":"invalid_scope"})"_ba << u"invalid_scope"_s << QString();
    QTest::addRow("no error object") << R"({"message":"no"})"_ba << QString() << QString();
    QTest::addRow("error is an object") << R"({"error":{"code":1}})"_ba << QString() << QString();
    QTest::addRow("HTML") << "<html/>"_ba << QString() << QString();
}

void TestTokenRequest::readsErrors()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, error);
    QFETCH(QString, description);
    for (const int status : {400, 401}) {
        const auto read = readOAuthError(answerOf(status, body));
        QCOMPARE(read.has_value(), !error.isEmpty());
        if (read) {
            QCOMPARE(read->error, error);
            QCOMPARE(read->description, description);
        }
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestTokenRequest)
#include "tst_tokenrequest.moc"
