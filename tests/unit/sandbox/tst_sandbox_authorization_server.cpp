// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/AuthorizationServer.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/sandbox/AssertionMaker.h"

#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace credenza;
using namespace credenza::sandbox;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

using Form = QList<std::pair<QByteArray, QByteArray>>;

Form goodForm(const QByteArray &assertion = AssertionMaker().token())
{
    return {{"grant_type", "client_credentials"},
            {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
            {"client_assertion", assertion},
            {"scope", "system/Patient.read system/Observation.rs"}};
}

Request post(const Form &form)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : form)
        pairs.append(name + '=' + QUrl::toPercentEncoding(QString::fromUtf8(value)));
    return {.method = "POST",
            .path = "/interconnect-fhir-oauth/oauth2/token",
            .query = {},
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = pairs.join('&')};
}

Form with(const QByteArray &name, const QByteArray &value)
{
    Form form = goodForm();
    form.removeIf([&name](const auto &pair) { return pair.first == name; });
    if (!value.isNull())
        form.append({name, value});
    return form;
}

QJsonObject bodyOf(const Response &response)
{
    return QJsonDocument::fromJson(response.body).object();
}

QByteArray headerOf(const Response &response, const QByteArray &name)
{
    for (const HeaderField &field : response.headers) {
        if (field.name == name)
            return field.value;
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(Request)

class TestAuthorizationServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void grantsTokens();
    void answersAsEpicDoes();
    void explainsOnRequest();
    void refusesRequests_data();
    void refusesRequests();
    void takesAnAssertionOnce();
    void aBadAssertionBurnsNoId();
    void forgetsIdsAfterTheirTime();
    void decidesScopes_data();
    void decidesScopes();
    void scopeCanBeRequired();
    void tokensExpire();

private:
    [[nodiscard]] Response ask(const Request &request, std::chrono::seconds later = {})
    {
        return m_server->token(request, std::chrono::system_clock::time_point(std::chrono::seconds(testNow)) + later);
    }
    void restart(AuthorizationSettings settings);

    SeededRandom m_random;
    std::unique_ptr<ClientRegistry> m_clients;
    std::unique_ptr<TokenStore> m_tokens;
    std::unique_ptr<AuthorizationServer> m_server;
};

void TestAuthorizationServer::restart(AuthorizationSettings settings)
{
    m_server.reset();
    m_clients = std::make_unique<ClientRegistry>();
    m_tokens = std::make_unique<TokenStore>(m_random);
    QVERIFY(m_clients->add({.id = u"client"_s,
                            .keys = {rsaKey().publicKey().jwk(SignatureAlgorithm::RS384, u"key-1"_s)},
                            .jwksUri = {},
                            .scopes = *ScopeSet::parse(u"system/Patient.rs system/Observation.rs system/Group.r"_s)}));
    settings.tokenEndpoint = tokenEndpoint;
    m_server = std::make_unique<AuthorizationServer>(
        settings, *m_clients,
        [](const RegisteredClient &client, const QString &) { return Result<QList<QJsonObject>>(client.keys); },
        *m_tokens);
}

void TestAuthorizationServer::init()
{
    restart({});
}

void TestAuthorizationServer::grantsTokens()
{
    const Response response = ask(post(goodForm()));
    QCOMPARE(response.status, 200);
    QCOMPARE(headerOf(response, "Cache-Control"), "no-store");
    QCOMPARE(headerOf(response, "Content-Type"), "application/json; charset=utf-8");
    const QJsonObject body = bodyOf(response);
    QCOMPARE(body.value(u"token_type"_s).toString(), u"bearer"_s);
    QCOMPARE(body.value(u"expires_in"_s), QJsonValue(3600));
    QCOMPARE(body.value(u"scope"_s).toString(), u"system/Patient.read system/Observation.rs"_s);
    const QByteArray token = body.value(u"access_token"_s).toString().toLatin1();
    QCOMPARE(token.size(), 43);
    QVERIFY(m_tokens->find(token, testNow)->scopes.allows(u"Patient"_s, Interaction::Search));
    QVERIFY(!m_tokens->find(token, testNow)->scopes.allows(u"Group"_s, Interaction::Read));
    QVERIFY(bodyOf(ask(post(goodForm()))).value(u"access_token"_s).toString().toLatin1() != token);
}

void TestAuthorizationServer::answersAsEpicDoes()
{
    const Response response = ask(post(with("client_assertion", "a.b.c")));
    QCOMPARE(response.status, 400);
    QCOMPARE(response.body, "{\"error\":\"invalid_client\",\"error_description\":null}");
    QCOMPARE(headerOf(response, "Cache-Control"), "no-store");
}

void TestAuthorizationServer::explainsOnRequest()
{
    restart({.tokenEndpoint = {}, .explain = true});
    const QByteArray assertion = AssertionMaker().claim("aud", "\"x\"").claim("jti", "1").token();
    const QJsonObject body = bodyOf(ask(post(goodForm(assertion))));
    QCOMPARE(body.value(u"error"_s).toString(), u"invalid_client"_s);
    const QString description = body.value(u"error_description"_s).toString();
    QVERIFY(description.contains(u"[aud-mismatch]"_s));
    QVERIFY(description.contains(QString::fromLatin1(tokenEndpoint)));
    QVERIFY(description.contains(u"[jti-invalid]"_s));
    QVERIFY(!description.contains(QString::fromLatin1(assertion.split('.').last())));
}

void TestAuthorizationServer::refusesRequests_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const Request &request, const char16_t *error) {
        QTest::newRow(name) << request << QString::fromUtf16(error);
    };
    Request get = post(goodForm());
    get.method = "GET";
    row("GET", get, u"invalid_request");
    Request query = post(goodForm());
    query.query = query.body;
    query.hasQuery = true;
    row("parameters in the query", query, u"invalid_request");
    Request mark = post(goodForm());
    mark.hasQuery = true;
    row("bare question mark", mark, u"invalid_request");
    Request json = post(goodForm());
    json.headers = {{"Content-Type", "application/json"}};
    row("JSON", json, u"invalid_request");
    Request untyped = post(goodForm());
    untyped.headers.clear();
    row("no content type", untyped, u"invalid_request");
    Request basic = post(goodForm());
    basic.headers.append(HeaderField{"Authorization", "Basic Y2xpZW50OnNlY3JldA=="});
    row("two ways of authentication", basic, u"invalid_request");
    Request broken = post(goodForm());
    broken.body.append("&x=%zz");
    row("broken escape", broken, u"invalid_request");
    Form twice = goodForm();
    twice.emplace_back("scope", "system/Patient.read");
    row("parameter twice", post(twice), u"invalid_request");
    row("empty body", post({}), u"invalid_request");
    row("no grant type", post(with("grant_type", {})), u"invalid_request");
    row("other grant type", post(with("grant_type", "authorization_code")), u"unsupported_grant_type");
    row("JWT bearer grant", post(with("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")),
        u"unsupported_grant_type");
    row("no assertion type", post(with("client_assertion_type", {})), u"invalid_request");
    row("other assertion type", post(with("client_assertion_type", "jwt-bearer")), u"invalid_client");
    row("no assertion", post(with("client_assertion", {})), u"invalid_request");
    row("empty assertion", post(with("client_assertion", "")), u"invalid_request");
    row("unknown client", post(goodForm(AssertionMaker().claim("iss", "\"x\"").claim("sub", "\"x\"").token())),
        u"invalid_client");
    row("expired assertion", post(goodForm(AssertionMaker().claim("exp", "1").token())), u"invalid_client");
    row("scope of v0", post(with("scope", "Patient.read")), u"invalid_scope");
}

void TestAuthorizationServer::refusesRequests()
{
    QFETCH(Request, request);
    QFETCH(QString, error);
    const Response response = ask(request);
    QCOMPARE(response.status, 400);
    QCOMPARE(bodyOf(response).value(u"error"_s).toString(), error);
    QVERIFY(bodyOf(response).value(u"error_description"_s).isNull());
}

void TestAuthorizationServer::takesAnAssertionOnce()
{
    const QByteArray assertion = AssertionMaker().claim("jti", "\"one\"").token();
    QCOMPARE(ask(post(goodForm(assertion))).status, 200);
    QCOMPARE(ask(post(goodForm(assertion))).status, 400);
    // The id counts, not the text around it.
    const QByteArray other = AssertionMaker().claim("jti", "\"one\"").claim("extra", "1").token();
    QCOMPARE(ask(post(goodForm(other))).status, 400);
    QCOMPARE(ask(post(goodForm(assertion)), std::chrono::seconds(239)).status, 400);
}

void TestAuthorizationServer::aBadAssertionBurnsNoId()
{
    AssertionMaker maker;
    maker.claim("jti", "\"victim\"");
    const QByteArray forged = AssertionMaker(maker).signedBy(otherRsaKey(), SignatureAlgorithm::RS384).token();
    QCOMPARE(ask(post(goodForm(forged))).status, 400);
    QCOMPARE(ask(post(goodForm(maker.token()))).status, 200);
}

void TestAuthorizationServer::forgetsIdsAfterTheirTime()
{
    JtiCache cache;
    for (int i = 0; i < 50'000; ++i)
        QVERIFY(cache.takeFirstUse(u"client"_s, QString::number(i), testNow + i / 100 + 1, testNow + i / 100));
    QVERIFY2(cache.size() < 3000, qPrintable(QString::number(cache.size())));
    QVERIFY(cache.takeFirstUse(u"other"_s, u"49999"_s, testNow + 1000, testNow));
    QVERIFY(!cache.takeFirstUse(u"other"_s, u"49999"_s, testNow + 2000, testNow + 999));
    QVERIFY(cache.takeFirstUse(u"other"_s, u"49999"_s, testNow + 2000, testNow + 1000));
}

void TestAuthorizationServer::decidesScopes_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QString>("granted"); // empty: invalid_scope
    QTest::newRow("none, as Epic allows")
        << QByteArray() << u"system/Patient.rs system/Observation.rs system/Group.r"_s;
    QTest::newRow("v1") << QByteArray("system/Patient.read") << u"system/Patient.read"_s;
    QTest::newRow("v2") << QByteArray("system/Patient.r") << u"system/Patient.r"_s;
    QTest::newRow("all types") << QByteArray("system/*.rs")
                               << u"system/Patient.rs system/Observation.rs system/Group.r"_s;
    QTest::newRow("more letters than granted") << QByteArray("system/Patient.cruds") << u"system/Patient.rs"_s;
    QTest::newRow("partly granted") << QByteArray("system/Condition.rs system/Group.r") << u"system/Group.r"_s;
    QTest::newRow("nothing granted") << QByteArray("system/Condition.rs") << QString();
    QTest::newRow("read wider than granted") << QByteArray("system/Group.read") << u"system/Group.r"_s;
    QTest::newRow("letters out of order") << QByteArray("system/Patient.sr") << QString();
    QTest::newRow("no letters") << QByteArray("system/Patient.") << QString();
    QTest::newRow("patient scope") << QByteArray("patient/Patient.read") << QString();
    QTest::newRow("scope with a query") << QByteArray("system/Patient.rs?name=x") << QString();
    QTest::newRow("one malformed among good") << QByteArray("system/Patient.rs x") << QString();
    QTest::newRow("line break") << QByteArray("system/Patient.rs\n") << QString();
}

void TestAuthorizationServer::decidesScopes()
{
    QFETCH(QByteArray, asked);
    QFETCH(QString, granted);
    const QJsonObject body = bodyOf(ask(post(with("scope", asked))));
    QCOMPARE(body.value(u"scope"_s).toString(), granted);
    if (granted.isEmpty())
        QCOMPARE(body.value(u"error"_s).toString(), u"invalid_scope"_s);
}

void TestAuthorizationServer::scopeCanBeRequired()
{
    restart({.tokenEndpoint = {}, .scopeRequired = true});
    QCOMPARE(bodyOf(ask(post(with("scope", {})))).value(u"error"_s).toString(), u"invalid_scope"_s);
}

void TestAuthorizationServer::tokensExpire()
{
    restart({.tokenEndpoint = {}, .tokenLifetime = std::chrono::seconds(10)});
    const QJsonObject body = bodyOf(ask(post(goodForm())));
    QCOMPARE(body.value(u"expires_in"_s), QJsonValue(10));
    const QByteArray token = body.value(u"access_token"_s).toString().toLatin1();
    QVERIFY(m_tokens->find(token, testNow + 9));
    QVERIFY(!m_tokens->find(token, testNow + 10));
    QVERIFY(!m_tokens->find(token.toLower(), testNow));
    QVERIFY(!m_tokens->find({}, testNow));
}

QTEST_APPLESS_MAIN(TestAuthorizationServer)
#include "tst_sandbox_authorization_server.moc"
