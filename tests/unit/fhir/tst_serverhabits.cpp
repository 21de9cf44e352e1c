// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/CapabilityStatement.h"
#include "core/fhir/FhirFailure.h"
#include "core/fhir/FhirSearch.h"
#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/SearchSuggestions.h"
#include "core/fhir/ValueText.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedTransport.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const QString base = u"https://ehr.example/fhir/R4/"_s;

class NoTokens final : public TokenSource
{
public:
    Result<void> authorize(HttpRequest &, std::stop_token) override { return {}; }
    void refuse() override {}
};

HttpRequest prototype()
{
    HttpRequest request;
    request.url = QUrl(base);
    request.headers = {{"Accept", "application/fhir+json"}};
    return request;
}

QByteArray page(const QByteArray &id, const QByteArray &next = {})
{
    const QByteArray link = next.isEmpty() ? QByteArray() : "'link':[{'relation':'next','url':'" + next + "'}],";
    const QByteArray bundle = "{'resourceType':'Bundle','type':'searchset'," + link +
                              "'entry':[{'resource':{'resourceType':'Patient','id':'" + id + "'}}]}";
    return QByteArray(bundle).replace('\'', '"');
}

HttpReply answer(int status, const QByteArray &body, const QList<HttpHeader> &headers = {})
{
    HttpReply reply;
    reply.status = status;
    reply.body = body;
    reply.headers = headers;
    return reply;
}

} // namespace

/// What real servers do that the specification leaves open, or forbids.
class TestServerHabits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsLinksAsTheyCome_data();
    void followsLinksAsTheyCome();
    void refusesPagesElsewhere();
    void restartsOnGone();
    void asksForPlainJson();
    void postsLongSearches();
    void namesCanonicalUrls_data();
    void namesCanonicalUrls();
    void keepsWhatServersWrite();
    void readsOddBundles_data();
    void readsOddBundles();
    void saysThatContentIsNoResource();
    void keepsTheWordsOfGateways();
    void tellsHowLongToWait();
    void mergesTypesListedTwice();
    void readsRecordedCapabilities_data();
    void readsRecordedCapabilities();
    void sortsReferences_data();
    void sortsReferences();
    void readsWhatARefusalAsksFor();
    void offersUsualParametersWhereNoneAreNamed();
    void offersPrefixes();
    void writesFhirPath_data();
    void writesFhirPath();
    void tellsCodes();
};

void TestServerHabits::followsLinksAsTheyCome_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<QString>("asked");
    const auto row = [](const char *name, const char *next, const QString &asked) {
        QTest::newRow(name) << QByteArray(next) << asked;
    };
    row("absolute", "https://ehr.example/fhir/R4/Patient?page=2", base + u"Patient?page=2"_s);
    row("on the base itself, as HAPI", "https://ehr.example/fhir/R4?_getpages=a&_getpagesoffset=20",
        u"https://ehr.example/fhir/R4?_getpages=a&_getpagesoffset=20"_s);
    row("another path of the origin", "https://ehr.example/paging/2", u"https://ehr.example/paging/2"_s);
    row("default port", "https://ehr.example:443/fhir/R4/Patient?page=2",
        u"https://ehr.example:443/fhir/R4/Patient?page=2"_s);
    row("http behind a proxy", "http://ehr.example/fhir/R4/Patient?page=2", base + u"Patient?page=2"_s);
    row("relative to the base", "Patient?page=2", base + u"Patient?page=2"_s);
    row("below the root", "/fhir/R4/Patient?page=2", base + u"Patient?page=2"_s);
    row("slash before the type", "/Patient?page=2", base + u"Patient?page=2"_s);
    row("a query alone", "?page=2", base + u"Patient?page=2"_s);
    row("encoded token, as Google and Microsoft",
        "https://ehr.example/fhir/R4/Patient/?_page_token=Cj%2Fw%3D%3D&x=a%20b",
        base + u"Patient/?_page_token=Cj%2Fw%3D%3D&x=a%20b"_s);
}

void TestServerHabits::followsLinksAsTheyCome()
{
    QFETCH(QByteArray, next);
    QFETCH(QString, asked);
    ScriptedTransport transport;
    transport.expect("GET", base + u"Patient?name=x"_s, replyJson(200, page("1", next)))
        .expect("GET", asked, replyJson(200, page("2")));
    NoTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient?name=x"_s);
    QVERIFY_RESULT(cursor.fetch({}));
    const auto second = cursor.fetch({});
    QVERIFY_RESULT(second);
    QCOMPARE(second->matches.value(0).id(), u"2"_s);
    QVERIFY(cursor.isAtEnd());
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestServerHabits::refusesPagesElsewhere()
{
    for (const QByteArray &next : {QByteArray("https://inner.example/fhir/R4/Patient?page=2"),
                                   QByteArray("https://ehr.example:8443/fhir/R4/Patient?page=2"),
                                   QByteArray("http://ehr.example:8080/fhir/R4/Patient?page=2"),
                                   QByteArray("https://user@ehr.example/fhir/R4/Patient?page=2")}) {
        ScriptedTransport transport;
        transport.expect("GET", base + u"Patient"_s, replyJson(200, page("1", next)));
        NoTokens tokens;
        FhirClient client(prototype(), transport, tokens);
        SearchCursor cursor(client, u"Patient"_s);
        QVERIFY_RESULT(cursor.fetch({}));
        const auto second = cursor.fetch({});
        QVERIFY(!second);
        QCOMPARE(second.error().code, u"fhir.next-elsewhere"_s);
        QVERIFY2(second.error().message.contains(QUrl(QString::fromLatin1(next)).host()), next.constData());
        QVERIFY2(transport.isDone(), transport.faults().constData());
    }
}

void TestServerHabits::restartsOnGone()
{
    ScriptedTransport transport;
    const QByteArray next = base.toLatin1() + "Patient?_getpages=a";
    const QByteArray gone = R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing",)"
                            R"("diagnostics":"Search ID \"a\" does not exist and may have expired"}]})";
    transport.expect("GET", base + u"Patient"_s, replyJson(200, page("1", next)))
        .expect("GET", QString::fromLatin1(next), replyJson(410, gone))
        .expect("GET", base + u"Patient"_s, replyJson(200, page("1", base.toLatin1() + "Patient?_getpages=b")))
        .expect("GET", base + u"Patient?_getpages=b"_s, replyJson(200, page("2")));
    NoTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient"_s);
    QVERIFY_RESULT(cursor.fetch({}));
    const auto second = cursor.fetch({});
    QVERIFY_RESULT(second);
    QVERIFY(second->wasRestarted);
    QCOMPARE(second->matches.value(0).id(), u"2"_s);
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestServerHabits::asksForPlainJson()
{
    ScriptedTransport transport;
    const auto asks = [](const char *accept) {
        return [accept = QByteArray(accept)](const HttpRequest &request) {
            const QByteArray sent = headerValue(request.headers, "Accept");
            return sent.startsWith(accept) ? QString() : u"sent "_s + QString::fromLatin1(sent);
        };
    };
    transport.expect("GET", base + u"Patient"_s, replyJson(406, {}), asks("application/fhir+json"))
        .expect("GET", base + u"Patient"_s, replyJson(200, page("1")), asks("application/json"));
    NoTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    const auto got = client.get(u"Patient"_s, {});
    QVERIFY_RESULT(got);
    QCOMPARE(got->reply.status, 200);
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestServerHabits::postsLongSearches()
{
    const QString ids = u"abcdefgh,"_s.repeated(600);
    const auto isForm = [ids](const HttpRequest &request) {
        const bool isRight = request.body == "_id=" + ids.toLatin1() &&
                             headerValue(request.headers, "Content-Type") == "application/x-www-form-urlencoded" &&
                             headerValue(request.headers, "Accept").startsWith("application/fhir+json");
        return isRight ? QString() : u"sent "_s + QString::fromLatin1(request.body.first(40));
    };
    ScriptedTransport transport;
    transport.expect("POST", base + u"Patient/_search"_s, replyJson(401, {}), isForm)
        .expect("POST", base + u"Patient/_search"_s, replyJson(200, page("1", base.toLatin1() + "Patient?page=2")),
                isForm)
        .expect("GET", base + u"Patient?page=2"_s, replyJson(200, page("2")))
        .expect("GET", base + u"Patient?_id=a"_s, replyJson(414, {}))
        .expect("POST", base + u"Patient/_search"_s, replyJson(200, page("3")));
    NoTokens tokens;
    FhirClient client(prototype(), transport, tokens);
    SearchCursor cursor(client, u"Patient?_id="_s + ids);
    const auto first = cursor.fetch({});
    QVERIFY_RESULT(first);
    QCOMPARE(first->matches.value(0).id(), u"1"_s);
    const auto second = cursor.fetch({});
    QVERIFY_RESULT(second);
    QCOMPARE(second->matches.value(0).id(), u"2"_s);
    SearchCursor refused(client, u"Patient?_id=a"_s);
    const auto third = refused.fetch({});
    QVERIFY_RESULT(third);
    QCOMPARE(third->matches.value(0).id(), u"3"_s);
    QVERIFY2(transport.isDone(), transport.faults().constData());
}

void TestServerHabits::namesCanonicalUrls_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *reference, const char *url, const char *version, const char *type) {
        QTest::newRow(reference) << QString::fromLatin1(reference) << QString::fromLatin1(url)
                                 << QString::fromLatin1(version) << QString::fromLatin1(type);
    };
    row("http://loinc.org/q/44249-1", "http://loinc.org/q/44249-1", "", "");
    row("http://x.example/fhir/Questionnaire/phq9|2.0", "http://x.example/fhir/Questionnaire/phq9", "2.0",
        "Questionnaire");
    row("http://x.example/StructureDefinition/a#part", "http://x.example/StructureDefinition/a", "",
        "StructureDefinition");
    row("urn:oid:2.16.840.1.113883.6.238", "urn:oid:2.16.840.1.113883.6.238", "", "");
    row("https://x.example/fhir/Patient/1", "", "", "");
    row("Questionnaire/1", "", "", "");
    row("#q", "", "", "");
}

void TestServerHabits::namesCanonicalUrls()
{
    QFETCH(QString, reference);
    QFETCH(QString, url);
    QFETCH(QString, version);
    QFETCH(QString, type);
    const auto canonical = canonicalOf(reference);
    QCOMPARE(canonical.has_value(), !url.isEmpty());
    if (!canonical)
        return;
    QCOMPARE(canonical->url, url);
    QCOMPARE(canonical->version, version);
    QCOMPARE(canonical->type, type);
}

void TestServerHabits::keepsWhatServersWrite()
{
    const auto read = parseResource(
        R"({"resourceType":"Observation","status":"final","code":{"text":"Ratio"},)"
        R"("valueQuantity":{"value":1.2300000000000000000001,"unit":"mg"},"effectiveDateTime":"2023",)"
        R"("_issued":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason",)"
        R"("valueCode":"masked"}]},"component":[{"code":{"text":"a"},"valueDateTime":"2023-05"},)"
        R"({"code":{"text":"b"},"valueDateTime":"2023-05-06T07:08:09+13:45"},)"
        R"({"code":{"text":"c"},"valueInteger64":"9007199254740993"}]})");
    QVERIFY_RESULT(read);
    QVERIFY(toCompactJson(read->root).contains("1.2300000000000000000001"));
    const ResourceSummary summary = summarize(*read);
    QCOMPARE(summary.headline, u"1.2300000000000000000001"_s);
    QVERIFY(summary.subtitle.contains(u"2023"_s));
    QStringList texts;
    for (const SummaryRow &row : summary.rows)
        texts.append(row.label + u'=' + row.parts.first().text);
    QVERIFY2(texts.contains(u"Issued=not given: masked"_s), qPrintable(texts.join(u'\n')));
    const SummaryTable table = summary.tables.value(0);
    QCOMPARE(table.rows.size(), 3);
    QCOMPARE(table.rows.at(0).last().text, u"2023-05"_s);
    QVERIFY(table.rows.at(1).last().text.startsWith(u"2023-05-06 07:08"_s));
    QCOMPARE(table.rows.at(2).last().text, u"9007199254740993"_s);
}

void TestServerHabits::readsOddBundles_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("matches");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *body, int matches, const char *error = "") {
        QTest::newRow(name) << QByteArray(body).replace('\'', '"') << matches << QString::fromLatin1(error);
    };
    row("no total, link, fullUrl or mode", "{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Patient'}}]}",
        1);
    row("nothing at all", "{'resourceType':'Bundle'}", 0);
    row("history with a deletion",
        "{'resourceType':'Bundle','type':'history','entry':[{'request':{'method':'DELETE','url':'Patient/1'}},"
        "{'resource':{'resourceType':'Patient','id':'1'},'request':{'method':'PUT','url':'Patient/1'}}]}",
        1);
    row("transaction-response",
        "{'resourceType':'Bundle','type':'transaction-response','entry':[{'response':{'status':'201 Created'}}]}", 0);
    row("entries are null", "{'resourceType':'Bundle','entry':[null,7,{'resource':null}]}", 0);
    row("entry is an object", "{'resourceType':'Bundle','entry':{'resource':{'resourceType':'Patient'}}}", 0);
    row("a single resource", "{'resourceType':'Patient','id':'1'}", 1);
    row("Parameters", "{'resourceType':'Parameters','parameter':[{'name':'a','valueString':'b'}]}", 1);
    row("Bundle in a Bundle", "{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Bundle','id':'inner'}}]}",
        1);
    row("total as text", "{'resourceType':'Bundle','total':'many','entry':[]}", 0);
    row("XML", "<?xml version='1.0'?><Bundle xmlns='http://hl7.org/fhir'/>", -1, "fhir.is-xml");
    row("a web page", "<!DOCTYPE html><html></html>", -1, "fhir.html");
    row("nothing", "", -1, "json.invalid");
    row("JSON, no resource", "{'error':'x'}", -1, "fhir.no-resource");
}

void TestServerHabits::saysThatContentIsNoResource()
{
    const auto pdf = readSearchPage(answer(200, "%PDF-1.7 ...", {{"Content-Type", "application/pdf"}}), u"Binary"_s);
    QVERIFY_FAILS(pdf, "fhir.not-json");
    QVERIFY(pdf.error().message.contains(u"application/pdf"_s));
    // What is JSON is read, whatever it is called.
    for (const char *type : {"application/json", "application/json+fhir", "text/plain", "application/octet-stream"})
        QVERIFY_RESULT(readSearchPage(answer(200, page("1"), {{"Content-Type", type}}), u"Patient"_s));
}

void TestServerHabits::readsOddBundles()
{
    QFETCH(QByteArray, body);
    QFETCH(int, matches);
    QFETCH(QString, error);
    const auto page = readSearchPage(answer(200, body), u"Patient"_s);
    if (!error.isEmpty()) {
        QVERIFY(!page);
        QCOMPARE(page.error().code, error);
        return;
    }
    QVERIFY_RESULT(page);
    QCOMPARE(page->matches.size(), matches);
    for (const Resource &resource : page->matches) {
        QVERIFY(!summaryLine(resource).isEmpty());
        QVERIFY(!summarize(resource).title.isEmpty());
    }
}

void TestServerHabits::keepsTheWordsOfGateways()
{
    const Error error = fhirFailure(answer(404, "Resource not found"), u"Slot"_s);
    QCOMPARE(error.code, u"fhir.not-offered"_s);
    QVERIFY(error.message.contains(u"Resource not found"_s) && error.message.contains(u"404"_s));
    QVERIFY(fhirFailure(answer(500, "upstream timed out"), u"Slot"_s).message.contains(u"upstream timed out"_s));
}

void TestServerHabits::tellsHowLongToWait()
{
    QVERIFY(fhirFailure(answer(429, {}, {{"Retry-After", "120"}}), u"Slot"_s).hint.contains(u"120"_s));
}

void TestServerHabits::mergesTypesListedTwice()
{
    const auto read = readCapabilityStatement(
        R"({"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"mode":"server","resource":[)"
        R"({"type":"Patient","interaction":[{"code":"read"}],"searchParam":[{"name":"name","type":"string"}]},)"
        R"({"interaction":[{"code":"read"}]}]},{"resource":[{"type":"Patient","interaction":[{"code":"search-type"}],)"
        R"("searchParam":[{"name":"name","type":"string"},{"name":"_id","type":"token"}]}]}]})");
    QVERIFY_RESULT(read);
    QCOMPARE(read->types.size(), 1);
    QCOMPARE(read->types.first().interactions, (QStringList{u"read"_s, u"search-type"_s}));
    QCOMPARE(read->types.first().searchParameters, (QStringList{u"name"_s, u"_id"_s}));
    QCOMPARE(read->types.first().searchParameterTypes, (QStringList{u"string"_s, u"token"_s}));
}

void TestServerHabits::readsRecordedCapabilities_data()
{
    REQUIRE_SHARED_DATA("fhir-servers");
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("types");
    QTest::newRow("Epic") << u"fhir-servers/epic/CapabilityStatement-2026-04-26.json"_s << 50;
    QTest::newRow("MEDITECH") << u"fhir-servers/meditech/CapabilityStatement-2026-04-27.json"_s << 15;
    QTest::newRow("Azure") << u"fhir-servers/azure/CapabilityStatement-azure-api-for-fhir-r4.json"_s << 39;
}

void TestServerHabits::readsRecordedCapabilities()
{
    QFETCH(QString, path);
    QFETCH(int, types);
    QFile file(sharedData(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = readCapabilityStatement(file.readAll());
    QVERIFY_RESULT(read);
    QVERIFY2(read->types.size() >= types, qPrintable(QString::number(read->types.size())));
    for (const CapabilityStatement::ResourceType &type : read->types) {
        QCOMPARE(type.searchParameters.size(), type.searchParameterTypes.size());
        const bool isSearched = type.interactions.contains(u"search-type"_s) && !type.searchParameters.isEmpty();
        QVERIFY2(!isSearched || !searchFields(type).isEmpty(), qPrintable(type.name));
    }
}

void TestServerHabits::sortsReferences_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<ReferenceKind>("kind");
    QTest::addColumn<QString>("path");
    QTest::newRow("http name of an https server")
        << u"http://ehr.example/fhir/R4/Patient/1"_s << ReferenceKind::SameServer << u"Patient/1"_s;
    QTest::newRow("default port") << u"https://ehr.example:443/fhir/R4/Patient/1"_s << ReferenceKind::SameServer
                                  << u"https://ehr.example:443/fhir/R4/Patient/1"_s;
    QTest::newRow("other path of the origin") << u"https://ehr.example/other/Patient/1"_s << ReferenceKind::SameServer
                                              << u"https://ehr.example/other/Patient/1"_s;
    QTest::newRow("other port") << u"https://ehr.example:8443/fhir/R4/Patient/1"_s << ReferenceKind::OtherServer
                                << u"https://ehr.example:8443/fhir/R4/Patient/1"_s;
    QTest::newRow("user in the address") << u"http://me@ehr.example/fhir/R4/Patient/1"_s << ReferenceKind::OtherServer
                                         << u"http://me@ehr.example/fhir/R4/Patient/1"_s;
    QTest::newRow("conditional") << u"Patient?identifier=s|7"_s << ReferenceKind::SameServer
                                 << u"Patient?identifier=s|7"_s;
    QTest::newRow("the container") << u"#"_s << ReferenceKind::Contained << QString();
}

void TestServerHabits::sortsReferences()
{
    QFETCH(QString, reference);
    QFETCH(ReferenceKind, kind);
    QFETCH(QString, path);
    const ReferenceTarget target = referenceTarget(reference, QUrl(base));
    QCOMPARE(target.kind, kind);
    QCOMPARE(target.path, path);
}

void TestServerHabits::readsWhatARefusalAsksFor()
{
    const QList<SearchField> fields{{u"category"_s, u"token"_s, false, {}},
                                    {u"code"_s, u"token"_s, false, {}},
                                    {u"_id"_s, u"token"_s, false, {}},
                                    {u"code-value"_s, u"token"_s, false, {}}};
    QCOMPARE(askedFor(u"400: Must have either code or category. (59108)"_s, fields).parameters,
             (QStringList{u"category"_s, u"code"_s}));
    QCOMPARE(askedFor(u"Only an _ID search is allowed."_s, fields).parameters, QStringList{u"_id"_s});
    const AskedFor plan = askedFor(u"This resource requires a category for searching. Use 38717003 for longitudinal, "
                                   "734163000 for encounter, or other."_s,
                                   fields);
    QCOMPARE(plan.parameters, QStringList{u"category"_s});
    QCOMPARE(plan.choices, (QStringList{u"38717003=longitudinal"_s, u"734163000=encounter"_s}));
}

void TestServerHabits::offersUsualParametersWhereNoneAreNamed()
{
    const QList<SearchField> fields = searchFields({u"Observation"_s, {}, {}});
    QCOMPARE(fields.value(0).name, u"patient"_s);
    QCOMPARE(fields.value(0).type, u"reference"_s);
    const auto named = [&fields](const QString &name) {
        return std::ranges::find(fields, name, &SearchField::name) != fields.end();
    };
    QVERIFY(named(u"category"_s) && named(u"date"_s) && named(u"_id"_s) && named(u"_lastUpdated"_s));
    QCOMPARE(searchFields({u"FutureType"_s, {}, {}}).size(), 2); // of R6, say
}

void TestServerHabits::offersPrefixes()
{
    QVERIFY(searchPrefixes(u"date"_s, false).contains(u"ne"_s));
    QVERIFY(!searchPrefixes(u"date"_s, true).contains(u"ne"_s)); // Epic takes eq, lt, le, gt, ge
    QVERIFY(searchPrefixes(u"token"_s, false).isEmpty());
}

void TestServerHabits::writesFhirPath_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("step");
    const auto row = [](const char *name, const char *type, const char *step) {
        QTest::addRow("%s of %s", name, type)
            << QString::fromLatin1(name) << QString::fromLatin1(type) << QString::fromLatin1(step);
    };
    row("code", "Observation", "code");
    row("valueQuantity", "Observation", "value.ofType(Quantity)");
    row("valueString", "Observation", "value.ofType(string)");
    row("effectiveDateTime", "Observation", "effective.ofType(dateTime)");
    row("effectivePeriod", "Observation", "effective.ofType(Period)");
    row("effectivePeriod", "Measure", "effectivePeriod");
    row("deceasedBoolean", "Patient", "deceased.ofType(boolean)");
    row("medicationCodeableConcept", "MedicationRequest", "medication.ofType(CodeableConcept)");
    row("birthDate", "Patient", "birthDate");
    row("_birthDate", "Patient", "birthDate");
    row("valueSet", "ElementDefinition", "valueSet");
    row("dateTime", "Consent", "dateTime");
    row("contains", "ValueSet", "`contains`");
    row("odd name", "Basic", "`odd name`");
}

void TestServerHabits::writesFhirPath()
{
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QString, step);
    QCOMPARE(fhirPathStep(name, type), step);
}

void TestServerHabits::tellsCodes()
{
    const auto read = JsonDocument::parse(
        R"({"text":"Asthma","coding":[{"system":"urn:x","code":"1"},{"system":"http://snomed.info/sct","code":"195967001"},)"
        R"({"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"J45"}]})");
    QVERIFY_RESULT(read);
    QCOMPARE(codedText((*read)->root()), u"Asthma (SNOMED CT 195967001, ICD-10-CM J45)"_s);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestServerHabits)
#include "tst_serverhabits.moc"
