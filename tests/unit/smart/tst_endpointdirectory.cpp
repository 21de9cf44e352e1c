// SPDX-License-Identifier: Apache-2.0
#include "core/smart/EndpointDirectory.h"

#include "tests/support/FixedClock.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/ScriptedTransport.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

// Before the JSON below: moc 6.4 loses its way in that raw string and finds no class after it.
class EndpointDirectoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsABundle();
    void findsByName_data();
    void findsByName();
    void refuses_data();
    void refuses();
    void fetchesAndKeeps();
    void saysWhyItCannotBeFetched();
    void readsEpicsList();
};

namespace
{

/// A Bundle as vendors publish it: references with and without "#", an organization of its own, faults.
const QByteArray bundle = R"({
  "resourceType": "Bundle", "type": "collection", "timestamp": "2026-04-27T16:09:30.6610798-05:00", "entry": [
    {"resource": {"resourceType": "Endpoint", "status": "active", "name": "endpoint name",
      "contained": [{"resourceType": "Organization", "id": "a", "name": "Northlake Health"},
                    {"resourceType": "Organization", "id": "b", "name": "Another"}],
      "managingOrganization": {"reference": "a"}, "address": "https://fhir.northlake.example.org/FHIRProxy/api/FHIR/R4/"}},
    {"resource": {"resourceType": "Endpoint", "status": "active",
      "contained": [{"resourceType": "Organization", "id": "c", "name": "Hôpital de l'Étang"}],
      "managingOrganization": {"reference": "#c"}, "address": "https://fhir.northlake.example.org/FHIRProxy/api/FHIR/R4"}},
    {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Organization", "id": "d", "name": "Riverbend Clinic North"}},
    {"resource": {"resourceType": "Endpoint", "status": "active",
      "managingOrganization": {"reference": "Organization/d"}, "address": "https://riverbend.example.org/api/FHIR/R4/"}},
    {"resource": {"resourceType": "Endpoint", "status": "off", "name": "Closed",
      "address": "https://closed.example.org/api/FHIR/R4/"}},
    {"resource": {"resourceType": "Endpoint", "status": "active", "name": "Broken", "address": "not an address"}},
    {"resource": {"resourceType": "Endpoint", "status": "active", "name": "Only a name",
      "address": "https://named.example.org/api/FHIR/R4/"}}]})";

QStringList namesOf(const QList<OrganizationEndpoint> &endpoints)
{
    QStringList names;
    for (const OrganizationEndpoint &endpoint : endpoints)
        names.append(endpoint.organization);
    return names;
}

} // namespace

void EndpointDirectoryTest::readsABundle()
{
    const auto directory = readEndpointDirectory(bundle, u"list.json"_s);
    QVERIFY_RESULT(directory);
    QCOMPARE(namesOf(directory->endpoints), (QStringList{u"Hôpital de l'Étang"_s, u"Northlake Health"_s,
                                                         u"Only a name"_s, u"Riverbend Clinic North"_s}));
    QCOMPARE(directory->asOf.toUTC().date(), QDate(2026, 4, 27));
    const OrganizationEndpoint &northlake = directory->endpoints.at(1);
    QCOMPARE(northlake.fhirBaseUrl, u"https://fhir.northlake.example.org/FHIRProxy/api/FHIR/R4"_s);
    QCOMPARE(northlake.organizations, 2);
    QCOMPARE(directory->sharing(northlake.fhirBaseUrl).size(), 2);
}

void EndpointDirectoryTest::findsByName_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("start") << u"north"_s << QStringList{u"Northlake Health"_s, u"Riverbend Clinic North"_s};
    QTest::newRow("later word") << u"clinic"_s << QStringList{u"Riverbend Clinic North"_s};
    QTest::newRow("two words, any order") << u"north riverb"_s << QStringList{u"Riverbend Clinic North"_s};
    QTest::newRow("accents") << u"hopital etang"_s << QStringList{u"Hôpital de l'Étang"_s};
    QTest::newRow("inside a word") << u"lake"_s << QStringList();
    QTest::newRow("nothing") << u"  "_s << QStringList();
}

void EndpointDirectoryTest::findsByName()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, found);
    const auto directory = readEndpointDirectory(bundle, {});
    QVERIFY_RESULT(directory);
    QCOMPARE(namesOf(directory->find(typed)), found);
    QVERIFY(directory->find(typed, 1).size() <= 1);
}

void EndpointDirectoryTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QByteArray() << u"directory.not-a-bundle"_s;
    QTest::newRow("page") << QByteArray("<html>") << u"directory.not-a-bundle"_s;
    QTest::newRow("patient") << QByteArray(R"({"resourceType":"Patient"})") << u"directory.not-a-bundle"_s;
    QTest::newRow("no endpoints")
        << QByteArray(R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}},3]})")
        << u"directory.empty"_s;
}

void EndpointDirectoryTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    const auto directory = readEndpointDirectory(text, {});
    QVERIFY(!directory);
    QCOMPARE(directory.error().code, code);
}

void EndpointDirectoryTest::fetchesAndKeeps()
{
    const QString url = u"https://open.example.org/Endpoints/R4"_s;
    ScriptedTransport transport;
    transport.expect("GET", url, replyJson(200, bundle));
    const FixedClock clock{std::chrono::system_clock::now()};
    const auto fetched = fetchEndpointDirectory(QUrl(url), transport, {}, clock, {});
    QVERIFY_RESULT(fetched);
    QVERIFY2(transport.isDone(), transport.faults().constData());
    QCOMPARE(fetched->source, url);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"cache/endpoints.json"_s);
    QVERIFY_RESULT(keepEndpointDirectory(*fetched, path));
    const auto again = openEndpointDirectory(path);
    QVERIFY_RESULT(again);
    QCOMPARE(namesOf(again->endpoints), namesOf(fetched->endpoints));
    QCOMPARE(again->source, url);
    QCOMPARE(again->asOf.toSecsSinceEpoch(), fetched->asOf.toSecsSinceEpoch());
    QVERIFY_FAILS(openEndpointDirectory(folder.filePath(u"absent.json"_s)), "file.not-found");
}

void EndpointDirectoryTest::saysWhyItCannotBeFetched()
{
    ScriptedTransport transport;
    transport.expect("GET", u"https://open.example.org/"_s, replyHtml(503, "later"));
    const FixedClock clock{std::chrono::system_clock::now()};
    QVERIFY_FAILS(fetchEndpointDirectory(QUrl(u"https://open.example.org/"_s), transport, {}, clock, {}),
                  "directory.unavailable");
}

void EndpointDirectoryTest::readsEpicsList()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/endpoints-r4-2026-04-27.json");
    const auto directory = openEndpointDirectory(sharedData(u"fhir-servers/epic/endpoints-r4-2026-04-27.json"_s));
    QVERIFY_RESULT(directory);
    QCOMPARE(directory->endpoints.size(), 481);
    for (const OrganizationEndpoint &endpoint : directory->endpoints)
        QVERIFY2(endpoint.fhirBaseUrl.endsWith(u"/api/FHIR/R4", Qt::CaseInsensitive), qPrintable(endpoint.fhirBaseUrl));
    QVERIFY(std::ranges::any_of(directory->endpoints,
                                [](const OrganizationEndpoint &endpoint) { return endpoint.organizations > 1; }));
    QVERIFY(!directory->find(u"health"_s).isEmpty());
}

QTEST_GUILESS_MAIN(EndpointDirectoryTest)
#include "tst_endpointdirectory.moc"
