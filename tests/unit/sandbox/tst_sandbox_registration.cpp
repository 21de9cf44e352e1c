// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/ClientRegistration.h"
#include "app/sandbox/auth/JwksFetcher.h"
#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/sandbox/AssertionMaker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace credenza;
using namespace credenza::sandbox;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

QJsonObject publicJwk(const QString &kid = u"key-1"_s)
{
    return rsaKey().publicKey().jwk(SignatureAlgorithm::RS384, kid);
}

Request registration(const QJsonObject &body)
{
    return {.method = "POST",
            .path = "/register",
            .query = {},
            .headers = {{"Content-Type", "application/json"}},
            .body = QJsonDocument(body).toJson()};
}

/// Answers from a script and counts.
struct Script {
    HttpReply reply{.status = 200, .reason = {}, .headers = {}, .body = {}, .url = {}, .certificateChain = {}, .sharedAge = {}};
    int requests = 0;
};

class ScriptedTransport final : public HttpTransport
{
public:
    explicit ScriptedTransport(Script &script) : m_script(script) {}
    Result<HttpReply> send(const HttpRequest &request, std::stop_token) override
    {
        ++m_script.requests;
        if (request.redirects != RedirectPolicy::None)
            return fail(ErrorKind::Failed, u"test.redirects"_s, u"must not follow redirects"_s);
        return m_script.reply;
    }

private:
    Script &m_script;
};

} // namespace

Q_DECLARE_METATYPE(Request)

class TestRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registersClients();
    void refuses_data();
    void refuses();
    void refusesTakenIds();
    void fetchesKeySetsOnce();
    void fetchesAgainForAnUnknownKid();
    void keepsNoLongerThanAllowed();
    void refusesBadKeySets_data();
    void refusesBadKeySets();

private:
    [[nodiscard]] JwksFetcher fetcher(Script &script)
    {
        return {[&script] { return std::make_unique<ScriptedTransport>(script); }, {}, m_clock};
    }
    FixedClock m_clock{std::chrono::system_clock::time_point(std::chrono::seconds(testNow))};
    SeededRandom m_random;
};

void TestRegistration::registersClients()
{
    ClientRegistry clients;
    const Response answer = registerClient(
        registration(
            {{u"clientId"_s, u"mine"_s}, {u"jwks"_s, jwkSet({publicJwk()})}, {u"scopes"_s, u"system/Patient.rs"_s}}),
        clients, m_random);
    QCOMPARE(answer.status, 201);
    QCOMPARE(QJsonDocument::fromJson(answer.body).object().value(u"clientId"_s).toString(), u"mine"_s);
    QCOMPARE(clients.find(u"mine"_s)->scopes.text(), u"system/Patient.rs"_s);
    QCOMPARE(clients.find(u"mine"_s)->keys.size(), 1);

    // Without an id it gets one, without scopes the usual ones.
    const Response other =
        registerClient(registration({{u"jwksUri"_s, u"http://localhost:1234/keys"_s}}), clients, m_random);
    QCOMPARE(other.status, 201);
    const QString id = QJsonDocument::fromJson(other.body).object().value(u"clientId"_s).toString();
    QVERIFY(!QUuid::fromString(id).isNull());
    QCOMPARE(clients.find(id)->jwksUri, QUrl(u"http://localhost:1234/keys"_s));
    QCOMPARE(clients.find(id)->scopes.text(), defaultScopes().text());
}

void TestRegistration::refuses_data()
{
    QTest::addColumn<Request>("request");
    QTest::addColumn<int>("status");
    const QJsonObject set = jwkSet({publicJwk()});
    const auto row = [](const char *name, const QJsonObject &body, int status = 400) {
        QTest::newRow(name) << registration(body) << status;
    };
    Request form = registration({{u"jwks"_s, set}});
    form.headers = {{"Content-Type", "text/plain"}};
    QTest::newRow("sent by a web page without asking") << form << 415;
    Request broken = registration({});
    broken.body = "{";
    QTest::newRow("not JSON") << broken << 400;
    row("no keys", {});
    row("keys in two ways", {{u"jwks"_s, set}, {u"jwksUri"_s, u"http://localhost/keys"_s}});
    row("empty set", {{u"jwks"_s, jwkSet({})}});
    row("not a set", {{u"jwks"_s, QJsonArray{publicJwk()}}});
    row("URL elsewhere", {{u"jwksUri"_s, u"https://example.org/keys"_s}});
    row("URL that only looks local", {{u"jwksUri"_s, u"http://127.0.0.1.example.org/keys"_s}});
    row("file URL", {{u"jwksUri"_s, u"file://localhost/etc/passwd"_s}});
    row("id with spaces", {{u"clientId"_s, u"a b"_s}, {u"jwks"_s, set}});
    row("id number", {{u"clientId"_s, 5}, {u"jwks"_s, set}});
    row("id empty", {{u"clientId"_s, u""_s}, {u"jwks"_s, set}});
    row("bad scopes", {{u"jwks"_s, set}, {u"scopes"_s, u"everything"_s}});
    row("empty scopes", {{u"jwks"_s, set}, {u"scopes"_s, QJsonArray()}});
    QJsonObject privateJwk = publicJwk();
    privateJwk.insert(u"d"_s, u"AQAB"_s);
    row("private key", {{u"jwks"_s, jwkSet({privateJwk})}});
    QJsonObject small = publicJwk();
    small.insert(u"n"_s, QString::fromLatin1(base64Url(QByteArray(128, '\x81'))));
    row("small key", {{u"jwks"_s, jwkSet({small})}});
    QJsonObject anonymous = publicJwk();
    anonymous.remove(u"kid"_s);
    row("no kid", {{u"jwks"_s, jwkSet({anonymous})}});
}

void TestRegistration::refuses()
{
    QFETCH(Request, request);
    QFETCH(int, status);
    ClientRegistry clients;
    const Response answer = registerClient(request, clients, m_random);
    QCOMPARE(answer.status, status);
    QVERIFY(!QJsonDocument::fromJson(answer.body).object().value(u"error_description"_s).toString().isEmpty());
}

void TestRegistration::refusesTakenIds()
{
    ClientRegistry clients;
    const Request request = registration({{u"clientId"_s, u"mine"_s}, {u"jwks"_s, jwkSet({publicJwk()})}});
    QCOMPARE(registerClient(request, clients, m_random).status, 201);
    QCOMPARE(registerClient(request, clients, m_random).status, 409);
}

void TestRegistration::fetchesKeySetsOnce()
{
    Script script;
    script.reply.body = QJsonDocument(jwkSet({publicJwk()})).toJson();
    auto keys = fetcher(script);
    const QUrl url(u"http://127.0.0.1:1/keys"_s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    QCOMPARE(script.requests, 1);
}

void TestRegistration::fetchesAgainForAnUnknownKid()
{
    Script script;
    script.reply.body = QJsonDocument(jwkSet({publicJwk()})).toJson();
    auto keys = fetcher(script);
    const QUrl url(u"http://127.0.0.1:1/keys"_s);
    QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    script.reply.body = QJsonDocument(jwkSet({publicJwk(), publicJwk(u"key-2"_s)})).toJson();
    const auto rotated = keys.keys(url, u"key-2"_s);
    QVERIFY_RESULT(rotated);
    QCOMPARE(rotated->size(), 2);
    QCOMPARE(script.requests, 2);
    QVERIFY(keys.keys(url, u"key-3"_s).has_value()); // the verifier will say that it is not there
    QCOMPARE(script.requests, 3);
}

void TestRegistration::keepsNoLongerThanAllowed()
{
    Script script;
    script.reply.body = QJsonDocument(jwkSet({publicJwk()})).toJson();
    script.reply.headers = {{"Cache-Control", "public, max-age=60"}};
    auto keys = fetcher(script);
    const QUrl url(u"http://127.0.0.1:1/keys"_s);
    QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    m_clock.advance(std::chrono::seconds(59));
    QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    QCOMPARE(script.requests, 1);
    m_clock.advance(std::chrono::seconds(2));
    script.reply.headers.clear();
    QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    QCOMPARE(script.requests, 2);
    m_clock.advance(std::chrono::hours(29));
    QVERIFY(keys.keys(url, u"key-1"_s).has_value());
    QCOMPARE(script.requests, 3);
}

void TestRegistration::refusesBadKeySets_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("not found") << 404 << QByteArray("{}") << u"jwks.status"_s;
    QTest::newRow("redirect") << 302 << QByteArray() << u"jwks.status"_s;
    QTest::newRow("a web page") << 200 << QByteArray("<html></html>") << u"jwks.invalid"_s;
    QTest::newRow("no keys") << 200 << QByteArray("{}") << u"jwks.invalid"_s;
    QTest::newRow("keys is text") << 200 << QByteArray("{\"keys\":\"x\"}") << u"jwks.invalid"_s;
    QTest::newRow("key without kid") << 200 << QByteArray("{\"keys\":[{\"kty\":\"RSA\"}]}") << u"jwks.invalid"_s;
    QTest::newRow("private key") << 200 << QByteArray("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"d\":\"x\"}]}")
                                 << u"jwks.private-key"_s;
}

void TestRegistration::refusesBadKeySets()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    Script script;
    script.reply.status = status;
    script.reply.body = body;
    auto keys = fetcher(script);
    const auto result = keys.keys(QUrl(u"http://127.0.0.1:1/keys"_s), u"a"_s);
    QVERIFY(!result);
    QCOMPARE(result.error().code, code);
    // Elsewhere it does not even ask.
    QCOMPARE(keys.keys(QUrl(u"https://example.org/keys"_s), u"a"_s).error().code, u"jwks.not-loopback"_s);
    QCOMPARE(script.requests, 1);
}

QTEST_APPLESS_MAIN(TestRegistration)
#include "tst_sandbox_registration.moc"
