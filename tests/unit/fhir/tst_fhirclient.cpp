// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FhirFailure.h"
#include "core/fhir/FhirSearch.h"
#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/SearchSuggestions.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedTransport.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QString base = u"https://ehr.example/fhir/R4/"_s;

/// Numbers its tokens, so that a test sees which one was sent.
class CountedTokens final : public TokenSource
{
public:
    Result<void> authorize(HttpRequest &request, std::stop_token) override
    {
        request.headers.append({"Authorization", "Bearer token-" + QByteArray::number(number)});
        return {};
    }
    void refuse() override { ++number; }

    int number = 1;
};

HttpRequest prototype()
{
    HttpRequest request;
    request.url = QUrl(base);
    request.headers = {{"Accept", "application/fhir+json"}};
    return request;
}

ScriptedTransport::Check sendsToken(const QByteArray &token)
{
    return [token](const HttpRequest &request) {
        const QByteArray sent = headerValue(request.headers, "Authorization");
        return sent == "Bearer " + token ? QString() : u"sent "_s + QString::fromLatin1(sent);
    };
}

QByteArray bundle(const QByteArrayList &ids, const QByteArray &next = {})
{
    QByteArrayList entries;
    for (const QByteArray &id : ids)
        entries.append("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"" + id +
                       "\"},\"search\":{\"mode\":\"match\"}}");
    const QByteArray link =
        next.isEmpty() ? QByteArray() : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
    return "{\"resourceType\":\"Bundle\",\"total\":" + QByteArray::number(ids.size()) + "," + link + "\"entry\":[" +
           entries.join(',') + "]}";
}

QByteArray outcome(const QByteArray &code, const QByteArray &severity = "fatal", const QByteArray &text = "words")
{
    return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"" + severity +
           "\",\"code\":\"x\",\"details\":{\"coding\":[{\"code\":\"" + code + "\"}]},\"diagnostics\":\"" + text +
           "\"}]}";
}

QStringList ids(const QList<Resource> &resources)
{
    QStringList found;
    for (const Resource &resource : resources)
        found.append(resource.id());
    return found;
}

} // namespace

/// Reading from a FHIR server: tokens, retries, paging, refusals; and what must never be sent.
class TestFhirClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void staysOnItsServer_data();
    void staysOnItsServer();
    void renewsOnce();
    void waitsAsAsked();
    void followsPages();
    void restartsForgottenSearches();
    void endsCircles();
    void readsPartialResults();
    void explainsRefusals_data();
    void explainsRefusals();
    void sortsReferences_data();
    void sortsReferences();
    void suggestsFields();
};

void TestFhirClient::staysOnItsServer_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    QTest::newRow("path") << u"Patient/1"_s << base + u"Patient/1"_s;
    QTest::newRow("slash") << u"/Patient/1"_s << base + u"Patient/1"_s;
    QTest::newRow("next link") << base + u"Patient?sessionID=12-A"_s << base + u"Patient?sessionID=12-A"_s;
    QTest::newRow("colon in an id") << u"Patient/a:b"_s << base + u"Patient/a:b"_s;
    QTest::newRow("other host") << u"https://evil.example/fhir/Patient/1"_s << QString();
    QTest::newRow("other port") << u"https://ehr.example:8443/fhir/R4/Patient/1"_s << QString();
    QTest::newRow("plain http") << u"http://ehr.example/fhir/R4/Patient/1"_s << QString();
    QTest::newRow("two slashes") << u"//evil.example/x"_s << base + u"evil.example/x"_s;
    QTest::newRow("user") << u"https://ehr.example@evil.example/"_s << QString();
    QTest::newRow("user of ours") << u"https://me:pw@ehr.example/fhir/R4/Patient"_s << QString();
}

void TestFhirClient::staysOnItsServer()
{
    QFETCH(QString, path);
    QFETCH(QString, url);
    ScriptedTransport transport;
    CountedTokens tokens;
    const FhirClient client(prototype(), transport, tokens);
    const auto resolved = client.resolve(path);
    if (url.isEmpty()) {
        QVERIFY_FAILS(resolved, "fhir.other-origin");
        FhirClient sender(prototype(), transport, tokens);
        QVERIFY(!sender.get(path, {}));
        QVERIFY(transport.requests().isEmpty());
    } else {
        QVERIFY_RESULT(resolved);
        QCOMPARE(resolved->toString(), url);
    }
}

void TestFhirClient::renewsOnce()
{
    ScriptedTransport transport;
    transport.expect("GET", base + u"Patient/1"_s, reply(401, {}), sendsToken("token-1"))
        .expect("GET", base + u"Patient/1"_s, replyJson(200, R"({"resourceType":"Patient","id":"1"})"),
                sendsToken("token-2"))
        .expect("GET", base + u"Patient/2"_s, reply(401, {}), sendsToken("token-2"))
        .expect("GET", base + u"Patient/2"_s, reply(401, {}), sendsToken("token-3"));
    CountedTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    const auto first = client.get(u"Patient/1"_s, {});
    QVERIFY_RESULT(first);
    QCOMPARE(first->reply.status, 200);
    QCOMPARE(first->tries, 2);
    for (const auto &[name, value] : first->sent.headers)
        QVERIFY(!value.contains(u"token-"_s));
    const auto second = client.get(u"Patient/2"_s, {});
    QVERIFY_RESULT(second);
    QCOMPARE(second->reply.status, 401); // once is enough
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestFhirClient::waitsAsAsked()
{
    ScriptedTransport transport;
    transport.expect("GET", base + u"Patient"_s, reply(429, {}, {{"Retry-After", "7"}}))
        .expect("GET", base + u"Patient"_s, reply(503, {}))
        .expect("GET", base + u"Patient"_s, replyJson(200, bundle({"1"})))
        .expect("GET", base + u"Group"_s, reply(503, {}, {{"Retry-After", "3600"}}));
    CountedTokens tokens;
    QList<qint64> waited;
    FhirClient client(prototype(), transport, tokens,
                      [&waited](std::chrono::milliseconds time, const std::stop_token &) {
                          waited.append(time.count());
                          return true;
                      });
    const auto answer = client.get(u"Patient"_s, {});
    QVERIFY_RESULT(answer);
    QCOMPARE(answer->reply.status, 200);
    QCOMPARE(waited, (QList<qint64>{7000, 2000}));
    const auto tooLong = client.get(u"Group"_s, {}); // an hour is for the person to wait
    QVERIFY_RESULT(tooLong);
    QCOMPARE(tooLong->reply.status, 503);
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestFhirClient::followsPages()
{
    ScriptedTransport transport;
    const QByteArray next = base.toLatin1() + "Patient?sessionID=12-BED0";
    transport.expect("GET", base + u"Patient?name=x"_s, replyJson(200, bundle({"1", "2"}, next)))
        .expect("GET", QString::fromLatin1(next), replyJson(200, bundle({"3"})));
    CountedTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient?name=x"_s);
    const auto first = cursor.fetch({});
    QVERIFY_RESULT(first);
    QCOMPARE(ids(first->matches), (QStringList{u"1"_s, u"2"_s}));
    QVERIFY(!first->total); // Epic gives the number on the page
    QVERIFY(!cursor.isAtEnd());
    const auto second = cursor.fetch({});
    QVERIFY_RESULT(second);
    QCOMPARE(ids(second->matches), QStringList{u"3"_s});
    QVERIFY(cursor.isAtEnd());
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestFhirClient::restartsForgottenSearches()
{
    ScriptedTransport transport;
    const QString path = base + u"Patient?name=x"_s;
    transport.expect("GET", path, replyJson(200, bundle({"1", "2"}, base.toLatin1() + "Patient?s=1")))
        .expect("GET", base + u"Patient?s=1"_s, replyJson(400, outcome("4113")))
        .expect("GET", path, replyJson(200, bundle({"1", "2"}, base.toLatin1() + "Patient?s=2")))
        .expect("GET", base + u"Patient?s=2"_s, replyJson(200, bundle({"2", "3"})));
    CountedTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient?name=x"_s);
    QVERIFY_RESULT(cursor.fetch({}));
    const auto second = cursor.fetch({});
    QVERIFY_RESULT(second);
    QVERIFY(second->wasRestarted);
    QCOMPARE(ids(second->matches), QStringList{u"3"_s});
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestFhirClient::endsCircles()
{
    ScriptedTransport transport;
    const QByteArray next = base.toLatin1() + "Patient?s=1";
    transport.expect("GET", base + u"Patient"_s, replyJson(200, bundle({"1"}, next)))
        .expect("GET", QString::fromLatin1(next), replyJson(200, bundle({"1"}, next)));
    CountedTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient"_s);
    QVERIFY_RESULT(cursor.fetch({}));
    QVERIFY_RESULT(cursor.fetch({}));
    QVERIFY(cursor.isAtEnd());
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestFhirClient::readsPartialResults()
{
    HttpReply answer;
    answer.status = 200;
    answer.body =
        R"({"resourceType":"Bundle","total":1,"entry":[{"resource":{"resourceType":"Condition","id":"c"},)"
        R"("search":{"mode":"match"}},{"resource":{"resourceType":"Patient","id":"p"},"search":{"mode":"include"}},)"
        R"({"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"suppressed",)"
        R"("details":{"coding":[{"code":"59204"}]},"diagnostics":"Client not authorized for Condition - Medical )"
        R"(History."},{"severity":"information","code":"x","details":{"coding":[{"code":"4119"}]}}]},)"
        R"("search":{"mode":"outcome"}}]})";
    const auto page = readSearchPage(answer, u"Condition"_s);
    QVERIFY_RESULT(page);
    QCOMPARE(ids(page->matches), QStringList{u"c"_s});
    QCOMPARE(ids(page->included), QStringList{u"p"_s});
    QCOMPARE(page->hidden.size(), 1);
    QVERIFY(page->hidden.first().contains(u"Medical History"_s));
    QVERIFY(page->issues.isEmpty()); // 4119 is a note that stands in every answer
    answer.body = outcome("4101", "information");
    const auto empty = readSearchPage(answer, u"Condition"_s);
    QVERIFY_RESULT(empty);
    QVERIFY(empty->matches.isEmpty() && empty->issues.isEmpty());
}

void TestFhirClient::explainsRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::newRow("F1") << 401 << QByteArray() << u"fhir.unauthorized"_s;
    QTest::newRow("F2") << 403 << QByteArray() << u"fhir.insufficient-scope"_s;
    QTest::newRow("F3") << 403 << outcome("4118") << u"fhir.user-not-authorized"_s;
    QTest::newRow("F3b") << 403 << outcome("59203") << u"fhir.sub-type-not-authorized"_s;
    QTest::newRow("F3c") << 403 << outcome("4130") << u"fhir.restricted"_s;
    QTest::newRow("F4") << 404 << QByteArray("<!DOCTYPE html><html></html>") << u"fhir.not-offered"_s;
    QTest::newRow("F5") << 400 << outcome("59108") << u"fhir.missing-parameter"_s;
    QTest::newRow("F6") << 400 << outcome("59159") << u"fhir.missing-parameter"_s;
    QTest::newRow("F7") << 400 << outcome("59111") << u"fhir.bad-parameter"_s;
    QTest::newRow("F8") << 400 << outcome("59022") << u"fhir.sub-type-not-authorized"_s;
    QTest::newRow("F13, paging") << 400 << outcome("4113") << u"fhir.paging-expired"_s;
    QTest::newRow("F13, id") << 404 << outcome("4102") << u"fhir.not-found"_s;
    QTest::newRow("F13, many") << 400 << outcome("4127") << u"fhir.too-many-results"_s;
    QTest::newRow("F13, day") << 400 << outcome("4135") << u"fhir.daily-limit"_s;
    QTest::newRow("F14") << 406 << QByteArray() << u"fhir.not-acceptable"_s;
    QTest::newRow("F15") << 503 << QByteArray() << u"fhir.busy"_s;
    QTest::newRow("redirect") << 302 << QByteArray() << u"fhir.redirected"_s;
    QTest::newRow("web page") << 500 << QByteArray("<html>") << u"fhir.html"_s;
    QTest::newRow("other") << 500 << outcome("99999") << u"fhir.refused"_s;
}

void TestFhirClient::explainsRefusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    HttpReply answer;
    answer.status = status;
    answer.body = body;
    const Error error = fhirFailure(answer, u"Patient"_s);
    QCOMPARE(error.code, code);
    QVERIFY(!error.message.isEmpty() && !error.hint.isEmpty());
}

void TestFhirClient::sortsReferences_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<ReferenceKind>("kind");
    QTest::addColumn<QString>("path");
    QTest::newRow("relative") << u"Patient/1"_s << ReferenceKind::SameServer << u"Patient/1"_s;
    QTest::newRow("version") << u"Patient/1/_history/2"_s << ReferenceKind::SameServer << u"Patient/1/_history/2"_s;
    QTest::newRow("own base") << base + u"Patient/1"_s << ReferenceKind::SameServer << u"Patient/1"_s;
    QTest::newRow("contained") << u"#p1"_s << ReferenceKind::Contained << u"p1"_s;
    QTest::newRow("uuid") << u"urn:uuid:1"_s << ReferenceKind::Uuid << u"urn:uuid:1"_s;
    QTest::newRow("other server") << u"https://other.example/Patient/1"_s << ReferenceKind::OtherServer
                                  << u"https://other.example/Patient/1"_s;
    QTest::newRow("script") << u"javascript:alert(1)"_s << ReferenceKind::None << u"javascript:alert(1)"_s;
    QTest::newRow("no type") << u"../../etc/passwd"_s << ReferenceKind::None << u"../../etc/passwd"_s;
    QTest::newRow("nothing") << QString() << ReferenceKind::None << QString();
}

void TestFhirClient::sortsReferences()
{
    QFETCH(QString, reference);
    QFETCH(ReferenceKind, kind);
    QFETCH(QString, path);
    const ReferenceTarget target = referenceTarget(reference, QUrl(base));
    QCOMPARE(target.kind, kind);
    QCOMPARE(target.path, path);
}

void TestFhirClient::suggestsFields()
{
    const CapabilityStatement::ResourceType type{u"Observation"_s,
                                                 {u"search-type"_s},
                                                 {u"_count"_s, u"code"_s, u"category"_s, u"patient"_s, u"date"_s},
                                                 {u"number"_s, u"token"_s, u"token"_s, u"reference"_s, u"date"_s}};
    const QList<SearchField> fields = searchFields(type);
    QCOMPARE(fields.size(), 5);
    QCOMPARE(fields.at(0).name, u"patient"_s);
    QVERIFY(fields.at(0).isWanted);
    QCOMPARE(fields.at(1).name, u"category"_s);
    QVERIFY(fields.at(1).choices.contains(u"vital-signs"_s));
    QVERIFY(!fields.at(2).isWanted);
    QVERIFY(searchModifiers(u"string"_s).contains(u":exact"_s));
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestFhirClient)
#include "tst_fhirclient.moc"
