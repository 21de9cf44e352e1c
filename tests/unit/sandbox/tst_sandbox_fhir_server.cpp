// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/Conformance.h"
#include "app/sandbox/fhir/FhirServer.h"
#include "tests/support/FixedClock.h"
#include "tests/support/SeededRandom.h"
#include "tests/unit/sandbox/AssertionMaker.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace credenza;
using namespace credenza::sandbox;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

const QString base = u"http://127.0.0.1:8080/interconnect-fhir-oauth/api/FHIR/R4"_s;

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

int epicCodeOf(const QJsonObject &outcome)
{
    return outcome.value(u"issue"_s)
        .toArray()
        .at(0)
        .toObject()
        .value(u"details"_s)
        .toObject()
        .value(u"coding"_s)
        .toArray()
        .at(0)
        .toObject()
        .value(u"code"_s)
        .toString()
        .toInt();
}

QString nextOf(const QJsonObject &bundle)
{
    for (const QJsonValue &link : bundle.value(u"link"_s).toArray()) {
        if (link.toObject().value(u"relation"_s).toString() == u"next")
            return link.toObject().value(u"url"_s).toString();
    }
    return {};
}

} // namespace

class TestFhirServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsById();
    void readsNotes();
    void needsAToken_data();
    void needsAToken();
    void needsTheScope();
    void answersWhatItLacks_data();
    void answersWhatItLacks();
    void walksAllPagesOnce_data();
    void walksAllPagesOnce();
    void givesShortPagesWhenLittleIsFound();
    void countsAsEpicDoes();
    void pagesExpire();
    void pagesAreOnesOwn();
    void postsSearches();
    void saysWhatIsEmpty();
    void negotiatesFormats();
    void describesItself();

private:
    [[nodiscard]] QByteArray tokenFor(const QString &scopes, const QString &client = u"client"_s)
    {
        return m_tokens->issue({client, *ScopeSet::parse(scopes), testNow + 3600}, testNow);
    }
    [[nodiscard]] Response ask(const QByteArray &target, const QByteArray &method = "GET",
                               const HeaderFields &extra = {}, const QByteArray &body = {})
    {
        const qsizetype mark = target.indexOf('?');
        Request request{.method = method,
                        .path = mark < 0 ? target : target.left(mark),
                        .query = mark < 0 ? QByteArray() : target.mid(mark + 1),
                        .hasQuery = mark >= 0,
                        .headers = extra,
                        .body = body};
        if (request.headerCount("Authorization") == 0)
            request.headers.append(HeaderField{"Authorization", "Bearer " + m_token});
        return m_server->answer(request, request.path);
    }
    void restart(qint64 patients, FhirSettings settings = {});

    FixedClock m_clock{std::chrono::system_clock::time_point(std::chrono::seconds(testNow))};
    SeededRandom m_random;
    QByteArray m_token;
    std::unique_ptr<SampleData> m_data;
    std::unique_ptr<TokenStore> m_tokens;
    std::unique_ptr<FhirServer> m_server;
};

void TestFhirServer::restart(qint64 patients, FhirSettings settings)
{
    m_server.reset();
    m_data = std::make_unique<SampleData>(1, patients);
    m_tokens = std::make_unique<TokenStore>(m_random);
    settings.baseUrl = base;
    m_server = std::make_unique<FhirServer>(settings, *m_data, *m_tokens, m_random, m_clock);
    m_token = tokenFor(u"system/*.rs"_s);
}

void TestFhirServer::init()
{
    restart(25);
}

void TestFhirServer::readsById()
{
    for (const ResourceType type : allResourceTypes) {
        qint64 owner = 0;
        while (belongsToPatient(type) && m_data->story(owner).count(type) == 0)
            ++owner;
        const QString id = m_data->ids().id({type, owner, 0});
        const Response response =
            ask((nameOf(type) + u'/' + id).toLatin1(), "GET", {{"Accept", "application/fhir+json"}});
        QCOMPARE(response.status, 200);
        QCOMPARE(headerOf(response, "Content-Type"), "application/fhir+json; charset=utf-8");
        QCOMPARE(bodyOf(response).value(u"id"_s).toString(), id);
        QCOMPARE(bodyOf(response).value(u"resourceType"_s).toString(), nameOf(type));
    }
}

void TestFhirServer::readsNotes()
{
    const QString document = m_data->ids().id({ResourceType::DocumentReference, 1, 0});
    const QJsonObject attachment = bodyOf(ask("DocumentReference/" + document.toLatin1()))
                                       .value(u"content"_s)
                                       .toArray()
                                       .at(0)
                                       .toObject()
                                       .value(u"attachment"_s)
                                       .toObject();
    const QByteArray url = attachment.value(u"url"_s).toString().toLatin1();
    const Response raw = ask(url, "GET", {{"Accept", "*/*"}});
    QCOMPARE(raw.status, 200);
    QCOMPARE(headerOf(raw, "Content-Type"), "text/plain");
    QCOMPARE(raw.body.size(), qsizetype(attachment.value(u"size"_s).toInt()));
    QVERIFY(raw.body.contains("SAMPLE DATA"));
    const QJsonObject binary = bodyOf(ask(url, "GET", {{"Accept", "application/fhir+json"}}));
    QCOMPARE(QByteArray::fromBase64(binary.value(u"data"_s).toString().toLatin1()), raw.body);
}

void TestFhirServer::needsAToken_data()
{
    QTest::addColumn<QByteArray>("authorization"); // null: no header at all
    QTest::addColumn<bool>("givesError");
    QTest::newRow("empty") << QByteArray("") << false;
    QTest::newRow("Basic") << QByteArray("Basic Y2xpZW50OnNlY3JldA==") << false;
    QTest::newRow("no token") << QByteArray("Bearer ") << false;
    QTest::newRow("made up") << QByteArray("Bearer 0123456789abcdef") << true;
    QTest::newRow("another scheme with a token") << QByteArray("Token 0123456789abcdef") << false;
}

void TestFhirServer::needsAToken()
{
    QFETCH(QByteArray, authorization);
    QFETCH(bool, givesError);
    for (const QByteArray &target : {QByteArray("Patient"), QByteArray("Patient/x"), QByteArray("Nothing")}) {
        const Response response = ask(target, "GET", {{"Authorization", authorization}});
        QCOMPARE(response.status, 401);
        QVERIFY(headerOf(response, "WWW-Authenticate").startsWith("Bearer"));
        QCOMPARE(headerOf(response, "WWW-Authenticate").contains("invalid_token"), givesError);
    }
    QCOMPARE(ask("Patient", "GET", {{"Authorization", "bearer " + m_token}}).status, 200);
    m_clock.advance(std::chrono::hours(1));
    QCOMPARE(ask("Patient").status, 401);
    m_clock.advance(-std::chrono::hours(1));
}

void TestFhirServer::needsTheScope()
{
    const QByteArray id = m_data->ids().id({ResourceType::Patient, 0, 0}).toLatin1();
    m_token = tokenFor(u"system/Patient.r system/Condition.rs"_s);
    QCOMPARE(ask("Patient/" + id).status, 200);
    QCOMPARE(ask("Condition").status, 200);
    for (const QByteArray &target : {QByteArray("Patient"), QByteArray("Encounter"), QByteArray("Encounter/" + id)}) {
        const Response response = ask(target);
        QCOMPARE(response.status, 403);
        QVERIFY(response.body.isEmpty());
        QVERIFY(headerOf(response, "WWW-Authenticate").contains("insufficient_scope"));
    }
}

void TestFhirServer::answersWhatItLacks_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    const QByteArray fhir("application/fhir+json; charset=utf-8");
    QTest::newRow("unknown type") << QByteArray("GET") << QByteArray("Slot") << 404 << QByteArray("text/html");
    QTest::newRow("type in lower case") << QByteArray("GET") << QByteArray("patient") << 404 << QByteArray("text/html");
    QTest::newRow("no type") << QByteArray("GET") << QByteArray("") << 404 << QByteArray("text/html");
    QTest::newRow("trailing slash") << QByteArray("GET") << QByteArray("Patient/") << 404 << QByteArray("text/html");
    QTest::newRow("history") << QByteArray("GET") << QByteArray("Patient/x/_history") << 404 << QByteArray("text/html");
    QTest::newRow("search of Binary") << QByteArray("GET") << QByteArray("Binary") << 404 << QByteArray("text/html");
    QTest::newRow("unknown id") << QByteArray("GET") << QByteArray("Patient/x") << 404 << fhir;
    QTest::newRow("escaped traversal") << QByteArray("GET") << QByteArray("Patient/..%2f..%2fx") << 404 << fhir;
    QTest::newRow("bad query") << QByteArray("GET") << QByteArray("Patient?name=%") << 400 << fhir;
    QTest::newRow("create") << QByteArray("POST") << QByteArray("Patient") << 405 << QByteArray();
    QTest::newRow("delete") << QByteArray("DELETE") << QByteArray("Patient/x") << 405 << QByteArray();
    QTest::newRow("GET of _search") << QByteArray("GET") << QByteArray("Patient/_search") << 405 << QByteArray();
}

void TestFhirServer::answersWhatItLacks()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    const Response response = ask(target, method);
    QCOMPARE(response.status, status);
    QCOMPARE(headerOf(response, "Content-Type"), type);
    QCOMPARE(headerOf(response, "Allow").isEmpty(), status != 405);
}

void TestFhirServer::walksAllPagesOnce_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("pageSize");
    QTest::newRow("patients by 7") << QByteArray("Patient?") << 7;
    QTest::newRow("patients by 25") << QByteArray("Patient?") << 25;
    QTest::newRow("patients by 1") << QByteArray("Patient?") << 1;
    QTest::newRow("women by 3") << QByteArray("Patient?gender=female") << 3;
    QTest::newRow("conditions by 10") << QByteArray("Condition?") << 10;
    QTest::newRow("labs by 50") << QByteArray("Observation?category=laboratory") << 50;
    QTest::newRow("medicines by 4") << QByteArray("Medication?") << 4;
}

void TestFhirServer::walksAllPagesOnce()
{
    QFETCH(QByteArray, query);
    QFETCH(int, pageSize);
    const QByteArray type = query.left(query.indexOf('?'));
    const auto walk = [&](int size) {
        QStringList ids;
        QByteArray target = query + "&_count=" + QByteArray::number(size);
        while (!target.isEmpty()) {
            const QJsonObject bundle = bodyOf(ask(target));
            int onPage = 0;
            for (const QJsonValue &value : bundle.value(u"entry"_s).toArray()) {
                const QJsonObject entry = value.toObject();
                if (entry.value(u"search"_s).toObject().value(u"mode"_s).toString() != u"match")
                    continue;
                const QString id = entry.value(u"resource"_s).toObject().value(u"id"_s).toString();
                if (entry.value(u"fullUrl"_s).toString() != base + u'/' + QString::fromLatin1(type) + u'/' + id)
                    return QStringList{u"wrong fullUrl"_s};
                ids.append(id);
                ++onPage;
            }
            if (onPage > size || bundle.value(u"total"_s).toInt() != onPage)
                return QStringList{u"wrong page size"_s};
            const QString next = nextOf(bundle);
            if (!next.isEmpty() && !next.startsWith(base + u'/' + QString::fromLatin1(type) + u"?sessionID=12-"_s))
                return QStringList{u"wrong link"_s};
            target = next.mid(base.size() + 1).toLatin1();
        }
        return ids;
    };
    const QStringList ids = walk(pageSize);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), ids.size());
    QVERIFY(ids.size() > pageSize / 2);
    QCOMPARE(ids, walk(1000));
}

void TestFhirServer::givesShortPagesWhenLittleIsFound()
{
    restart(20'000);
    // One patient near the end: reached over short pages, none of which takes long.
    QByteArray target = "Patient?identifier=S0019999";
    int pages = 0;
    int matches = 0;
    while (!target.isEmpty()) {
        const QJsonObject bundle = bodyOf(ask(target));
        matches += bundle.value(u"total"_s).toInt();
        ++pages;
        target = nextOf(bundle).mid(base.size() + 1).toLatin1();
    }
    QCOMPARE(matches, 1);
    QVERIFY2(pages > 2 && pages < 20, qPrintable(QString::number(pages)));
}

void TestFhirServer::countsAsEpicDoes()
{
    const QJsonObject page = bodyOf(ask("Encounter?_count=10"));
    QCOMPARE(page.value(u"total"_s).toInt(), 10);
    QCOMPARE(page.value(u"entry"_s).toArray().size(), 11); // and the note that there may be more
    const QJsonObject note = page.value(u"entry"_s).toArray().last().toObject();
    QCOMPARE(note.value(u"search"_s).toObject().value(u"mode"_s).toString(), u"outcome"_s);
    QCOMPARE(epicCodeOf(note.value(u"resource"_s).toObject()), 4119);
    restart(25, {.baseUrl = {}, .pageTotal = false});
    QVERIFY(!bodyOf(ask("Encounter?_count=10")).contains(u"total"_s));
}

void TestFhirServer::pagesExpire()
{
    restart(25, {.baseUrl = {}, .pagingLifetime = std::chrono::seconds(60)});
    const QByteArray next = nextOf(bodyOf(ask("Patient?_count=5"))).mid(base.size() + 1).toLatin1();
    m_clock.advance(std::chrono::seconds(59));
    const QJsonObject once = bodyOf(ask(next));
    QVERIFY(once.contains(u"total"_s));
    QCOMPARE(bodyOf(ask(next)).value(u"entry"_s), once.value(u"entry"_s)); // a link may be fetched again
    m_clock.advance(std::chrono::seconds(1));
    const Response late = ask(next);
    QCOMPARE(late.status, 400);
    QCOMPARE(epicCodeOf(bodyOf(late)), 4113);
}

void TestFhirServer::pagesAreOnesOwn()
{
    const QByteArray next = nextOf(bodyOf(ask("Patient?_count=5"))).mid(base.size() + 1).toLatin1();
    QCOMPARE(ask(QByteArray(next).replace("Patient", "Condition")).status, 400);
    QCOMPARE(ask("Patient?sessionID=12-00000000000000000000000000000000").status, 400);
    m_token = tokenFor(u"system/*.rs"_s, u"another"_s);
    QCOMPARE(ask(next).status, 400);
}

void TestFhirServer::postsSearches()
{
    const HeaderFields form{{"Content-Type", "application/x-www-form-urlencoded"}};
    const QJsonObject posted = bodyOf(ask("Patient/_search", "POST", form, "gender=female&_count=3"));
    const QJsonObject got = bodyOf(ask("Patient?gender=female&_count=3"));
    QCOMPARE(posted.value(u"entry"_s), got.value(u"entry"_s));
    // The query is not read then (facts §4).
    const QJsonObject both = bodyOf(ask("Patient/_search?gender=male", "POST", form, "gender=female&_count=3"));
    QCOMPARE(both.value(u"entry"_s), got.value(u"entry"_s));
    QCOMPARE(ask("Patient/_search", "POST", {{"Content-Type", "application/json"}}, "{}").status, 415);
}

void TestFhirServer::saysWhatIsEmpty()
{
    const QJsonObject bundle = bodyOf(ask("Patient?family=Nobodyatall&colour=blue"));
    QCOMPARE(bundle.value(u"total"_s).toInt(), 0);
    const QJsonObject outcome = bundle.value(u"entry"_s).toArray().at(0).toObject().value(u"resource"_s).toObject();
    QCOMPARE(outcome.value(u"issue"_s).toArray().size(), 2);
    QCOMPARE(epicCodeOf(outcome), 59100);
    const Response refused = ask("Observation?patient=x");
    QCOMPARE(refused.status, 400);
    QCOMPARE(epicCodeOf(bodyOf(refused)), 59108);
}

void TestFhirServer::negotiatesFormats()
{
    QCOMPARE(ask("Patient", "GET", {{"Accept", "application/fhir+xml"}}).status, 406);
    QCOMPARE(ask("Patient?_format=xml", "GET", {{"Accept", "application/fhir+json"}}).status, 406);
    QCOMPARE(ask("Patient?_format=json", "GET", {{"Accept", "text/html"}}).status, 200);
    QCOMPARE(headerOf(ask("Patient", "GET", {{"Accept", "application/json+fhir"}}), "Content-Type"),
             "application/json+fhir; charset=utf-8");
}

void TestFhirServer::describesItself()
{
    const Endpoints endpoints{u"http://127.0.0.1:8080"_s};
    const QJsonObject smart = smartConfiguration(endpoints);
    QCOMPARE(smart.value(u"token_endpoint"_s).toString(), QString::fromLatin1(tokenEndpoint));
    for (const QString &required :
         {u"grant_types_supported"_s, u"capabilities"_s, u"code_challenge_methods_supported"_s})
        QVERIFY(!smart.value(required).toArray().isEmpty());

    const QJsonObject statement = capabilityStatement(endpoints);
    QCOMPARE(statement.value(u"fhirVersion"_s).toString(), u"4.0.1"_s);
    const QJsonObject rest = statement.value(u"rest"_s).toArray().at(0).toObject();
    const QJsonObject oauth = rest.value(u"security"_s).toObject().value(u"extension"_s).toArray().at(0).toObject();
    QVERIFY(oauth.value(u"url"_s).toString().endsWith(u"/oauth-uris"_s));
    QCOMPARE(oauth.value(u"extension"_s).toArray().at(0).toObject().value(u"valueUri"_s).toString(), endpoints.token());
    QVERIFY(rest.value(u"resource"_s).toArray().size() >= 12);
    for (const QJsonValue &value : rest.value(u"resource"_s).toArray()) {
        const QJsonObject resource = value.toObject();
        const auto type = resourceType(resource.value(u"type"_s).toString());
        QVERIFY(type.has_value());
        QCOMPARE(resource.contains(u"searchParam"_s), isSearchable(*type));
    }
}

QTEST_APPLESS_MAIN(TestFhirServer)
#include "tst_sandbox_fhir_server.moc"
