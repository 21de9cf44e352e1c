// SPDX-License-Identifier: Apache-2.0
#include "core/smart/CredentialTokens.h"

#include "core/fhir/AttachmentContent.h"
#include "core/fhir/FhirSearch.h"
#include "tests/support/ResultMacros.h"
#include "tests/unit/smart/TestSubjects.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

/// The token of a credential: one, as long as it is good, and for its own server.
class TestCredentialTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOneUntilShortlyBeforeItExpires();
    void keepsShortOnesShorter();
    void renewsOnceWhenRefused();
    void staysWithItsServer_data();
    void staysWithItsServer();
    void refusesToSignForOthers();
    void tellsWhyThereIsNone();
};

namespace
{

const QString base = u"https://fhir.example.test/api/FHIR/R4"_s;
const QString tokenUrl = u"https://fhir.example.test/oauth2/token"_s;

/// One credential browsing a scripted server.
struct Browsing {
    Browsing()
        : tokens(credential(), [this]() -> Result<PrivateKey> { ++opened; return testKey()->imported->key; }, {},
                 TestEnvironment{.transport = transport, .clock = clock, .random = random}),
          client(fhirPrototype(credential(), {}), transport, tokens)
    {
    }

    static Credential credential()
    {
        Credential credential;
        credential.fhirBaseUrl = base;
        credential.clientId = u"client"_s;
        credential.tokenEndpoint = tokenUrl;
        credential.scopes = {u"system/*.rs"_s};
        return credential;
    }
    Browsing &grants(const QByteArray &token, const QByteArray &seconds = "300")
    {
        transport.expect("POST", tokenUrl,
                         replyJson(200, R"({"token_type":"bearer","access_token":")" + token + R"(","expires_in":)" +
                                            seconds + "}"));
        return *this;
    }
    Browsing &answers(const QString &path, int status, const QByteArray &token,
                      const QByteArray &body = R"({"resourceType":"Patient","id":"1"})")
    {
        transport.expect("GET", path.startsWith(u"https:"_s) ? path : base + u'/' + path, replyJson(status, body),
                         [token](const HttpRequest &request) {
                             const QByteArray sent = headerValue(request.headers, "Authorization");
                             return sent == "Bearer " + token ? QString() : u"another token"_s;
                         });
        return *this;
    }
    /// Requests with a token that went anywhere but to the server itself.
    [[nodiscard]] qsizetype strays() const
    {
        return std::ranges::count_if(transport.requests(), [](const HttpRequest &request) {
            return !headerValue(request.headers, "Authorization").isEmpty() && !sameOrigin(request.url, QUrl(base));
        });
    }

    ScriptedTransport transport;
    FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
    SystemRandom random;
    int opened = 0;
    CredentialTokens tokens;
    FhirClient client;
};

QByteArray pageWithNext(const QByteArray &next)
{
    return R"({"resourceType":"Bundle","link":[{"relation":"next","url":")" + next +
           R"("}],"entry":[{"resource":{"resourceType":"Patient","id":"1"}}]})";
}

} // namespace

void TestCredentialTokens::keepsOneUntilShortlyBeforeItExpires()
{
    Browsing browsing;
    browsing.grants("first").answers(u"Patient/1"_s, 200, "first").answers(u"Patient/2"_s, 200, "first");
    browsing.grants("second").answers(u"Patient/3"_s, 200, "second");
    QVERIFY_RESULT(browsing.client.get(u"Patient/1"_s, {}));
    QCOMPARE(browsing.tokens.timeLeft(), 270s); // half a minute is kept back
    browsing.clock.advance(269s);
    QVERIFY_RESULT(browsing.client.get(u"Patient/2"_s, {}));
    QCOMPARE(browsing.opened, 1); // and the key was opened for it alone
    browsing.clock.advance(2s);
    QCOMPARE(browsing.tokens.timeLeft(), 0s);
    QVERIFY_RESULT(browsing.client.get(u"Patient/3"_s, {}));
    QCOMPARE(browsing.tokens.requested(), 2);
    QCOMPARE(browsing.opened, 2);
    QVERIFY2(browsing.transport.isDone(), browsing.transport.faults().constData());
}

void TestCredentialTokens::keepsShortOnesShorter()
{
    Browsing browsing;
    browsing.grants("first", "20");
    QVERIFY_RESULT(browsing.tokens.ensure({}));
    QCOMPARE(browsing.tokens.timeLeft(), 18s);
}

void TestCredentialTokens::renewsOnceWhenRefused()
{
    Browsing browsing;
    browsing.grants("first").answers(u"Patient/1"_s, 401, "first");
    browsing.grants("second").answers(u"Patient/1"_s, 200, "second");
    browsing.answers(u"Patient/2"_s, 401, "second").grants("third").answers(u"Patient/2"_s, 401, "third");
    const auto renewed = browsing.client.get(u"Patient/1"_s, {});
    QVERIFY_RESULT(renewed);
    QCOMPARE(renewed->reply.status, 200);
    const auto refused = browsing.client.get(u"Patient/2"_s, {});
    QVERIFY_RESULT(refused);
    QCOMPARE(refused->reply.status, 401);
    QCOMPARE(browsing.tokens.requested(), 3);
    QVERIFY2(browsing.transport.isDone(), browsing.transport.faults().constData());
}

void TestCredentialTokens::staysWithItsServer_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("other host") << u"https://other.example/api/FHIR/R4/Patient?page=2"_s;
    QTest::newRow("other port") << u"https://fhir.example.test:8443/api/FHIR/R4/Patient?page=2"_s;
    QTest::newRow("no TLS on another port") << u"http://fhir.example.test:8080/api/FHIR/R4/Patient?page=2"_s;
    QTest::newRow("our name as the user") << u"https://fhir.example.test@other.example/Patient"_s;
    QTest::newRow("our name as its start") << u"https://fhir.example.test.other.example/Patient"_s;
    QTest::newRow("the token endpoint's neighbour") << u"https://oauth.example.test/Patient"_s;
}

void TestCredentialTokens::staysWithItsServer()
{
    QFETCH(QString, url);
    Browsing browsing;
    browsing.grants("first").answers(u"Patient"_s, 200, "first", pageWithNext(url.toLatin1()));
    SearchCursor cursor(browsing.client, u"Patient"_s);
    QVERIFY_RESULT(cursor.fetch({}));
    QVERIFY(!cursor.fetch({}));                                       // a `next` link
    QVERIFY(!browsing.client.get(url, {}));                           // an absolute reference
    QVERIFY(!browsing.client.get(url, {}, "application/octet-stream")); // an attachment
    QCOMPARE(browsing.transport.requests().size(), 2);                // token and first page, nothing else
    QCOMPARE(browsing.strays(), 0);
    QVERIFY2(browsing.transport.isDone(), browsing.transport.faults().constData());
}

void TestCredentialTokens::refusesToSignForOthers()
{
    Browsing browsing;
    HttpRequest request;
    request.url = QUrl(u"https://other.example/api/FHIR/R4/Patient"_s);
    QVERIFY_FAILS(browsing.tokens.authorize(request, {}), "fhir.other-origin");
    QVERIFY(request.headers.isEmpty());
    QCOMPARE(browsing.opened, 0); // not even a token is asked for
    // Redirects are followed within the origin alone.
    QCOMPARE(fhirPrototype(Browsing::credential(), {}).redirects, RedirectPolicy::SameOrigin);
}

void TestCredentialTokens::tellsWhyThereIsNone()
{
    Browsing browsing;
    browsing.transport.expect("POST", tokenUrl, replyJson(400, R"({"error":"invalid_client"})"));
    const auto answer = browsing.client.get(u"Patient/1"_s, {});
    QVERIFY_FAILS(answer, "token.refused");
    QVERIFY(answer.error().message.contains(u"invalid_client"_s));
    QCOMPARE(browsing.tokens.timeLeft(), 0s);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestCredentialTokens)
#include "tst_credentialtokens.moc"
