// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Environment.h"
#include "core/credentials/FhirBaseUrl.h"
#include "core/credentials/Scope.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace credenza;
using namespace credenza::test;

/// What people paste into FHIR Base URL (facts L12), and where a URL points.
class FhirBaseUrlTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void reads_data();
    void reads();
    void acceptsEveryPublishedEndpoint();
    void survivesHostileText_data();
    void survivesHostileText();
    void tellsEnvironments_data();
    void tellsEnvironments();
    void readsScopes_data();
    void readsScopes();
};

void FhirBaseUrlTest::reads_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("canonical");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("state");
    const auto ok = static_cast<int>(Finding::State::Ok);
    const auto warning = static_cast<int>(Finding::State::Warning);
    const auto error = static_cast<int>(Finding::State::Error);
    const QString epic = QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4");

    QTest::newRow("as it should be") << epic << epic << QString() << ok;
    QTest::newRow("trailing slash") << epic + u'/' << epic << QString() << ok;
    QTest::newRow("spaces around") << QStringLiteral("  ") + epic + QStringLiteral(" \n") << epic << QString() << ok;
    QTest::newRow("smart quotes") << QStringLiteral("\u201C") + epic + QStringLiteral("\u201D") << epic << QString()
                                  << ok;
    QTest::newRow("angle brackets") << u'<' + epic + u'>' << epic << QString() << ok;
    QTest::newRow("line break inside") << QStringLiteral("https://fhir.epic.com/\ninterconnect-fhir-oauth/api/FHIR/R4")
                                       << epic << QString() << ok;
    QTest::newRow("wrapped by a mail") << QStringLiteral(
                                              "https://fhir.epic.com/interconnect-fhir-oauth/ \r\n  api/FHIR/R4")
                                       << epic << QString() << ok;
    QTest::newRow("space in the host") << QStringLiteral("https://fhir. epic.com/interconnect-fhir-oauth/api/FHIR/R4")
                                       << epic << QStringLiteral("url.space") << warning;
    QTest::newRow("quote inside") << QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/\"FHIR/R4")
                                  << epic << QStringLiteral("url.space") << warning;
    QTest::newRow("quote, encoded") << QStringLiteral("https://h.example/women%27s/fhir")
                                    << QStringLiteral("https://h.example/women%27s/fhir") << QString() << ok;
    QTest::newRow("metadata") << epic + QStringLiteral("/metadata") << epic << QStringLiteral("url.trailing-metadata")
                              << warning;
    QTest::newRow("metadata twice") << epic + QStringLiteral("/metadata/metadata") << epic
                                    << QStringLiteral("url.trailing-metadata") << warning;
    QTest::newRow("metadata with query") << epic + QStringLiteral("/metadata?_format=json") << epic
                                         << QStringLiteral("url.trailing-metadata") << warning;
    QTest::newRow("a patient") << epic + QStringLiteral("/Patient/erXuFYUfucBZaryVksYEcMg3") << epic
                               << QStringLiteral("url.resource-path") << warning;
    QTest::newRow("a search") << epic + QStringLiteral("/Observation?patient=1&code=2") << epic
                              << QStringLiteral("url.resource-path") << warning;
    QTest::newRow("bulk kick-off") << epic + QStringLiteral("/Group/e3i/$export") << epic
                                   << QStringLiteral("url.resource-path") << warning;
    QTest::newRow("system export") << epic + QStringLiteral("/$export") << epic << QStringLiteral("url.operation")
                                   << warning;
    QTest::newRow("discovery document") << epic + QStringLiteral("/.well-known/smart-configuration") << epic
                                        << QStringLiteral("url.well-known") << warning;
    QTest::newRow("query") << epic + QStringLiteral("?x=1") << epic << QStringLiteral("url.query") << warning;
    QTest::newRow("fragment") << epic + QStringLiteral("#top") << epic << QStringLiteral("url.fragment") << warning;
    QTest::newRow("longer once encoded") << QStringLiteral("https://fhir.example.org/") + QString(300, QChar(0xFFFD))
                                         << QString() << QStringLiteral("url.too-long") << int(Finding::State::Error);
    QTest::newRow("double slash") << QStringLiteral("https://fhir.epic.com//interconnect-fhir-oauth/api/FHIR/R4")
                                  << epic << QStringLiteral("url.double-slash") << warning;
    QTest::newRow("no scheme") << epic.mid(8) << epic << QStringLiteral("url.missing-scheme") << warning;
    QTest::newRow("dstu2") << QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/DSTU2")
                           << QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/DSTU2")
                           << QStringLiteral("url.dstu2") << warning;
    QTest::newRow("stu3") << QStringLiteral("https://h.example/api/FHIR/STU3/")
                          << QStringLiteral("https://h.example/api/FHIR/STU3") << QStringLiteral("url.stu3") << warning;
    QTest::newRow("no path") << QStringLiteral("https://fhir.epic.com") << QStringLiteral("https://fhir.epic.com")
                             << QStringLiteral("url.no-path") << warning;
    QTest::newRow("token endpoint") << QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token")
                                    << QString() << QStringLiteral("url.token-endpoint") << error;
    QTest::newRow("authorize endpoint") << QStringLiteral("https://h.example/oauth2/authorize?client_id=1") << QString()
                                        << QStringLiteral("url.token-endpoint") << error;
    QTest::newRow("plain http") << QStringLiteral("http://h.example/fhir") << QStringLiteral("http://h.example/fhir")
                                << QStringLiteral("url.plain-http") << error;
    QTest::newRow("plain http here") << QStringLiteral("http://127.0.0.1:8080/fhir")
                                     << QStringLiteral("http://127.0.0.1:8080/fhir") << QString() << ok;
    QTest::newRow("plain http, IPv6 loopback")
        << QStringLiteral("http://[::1]:8080/fhir") << QStringLiteral("http://[::1]:8080/fhir") << QString() << ok;
    QTest::newRow("loopback look-alike") << QStringLiteral("http://127.0.0.1.example.org/fhir")
                                         << QStringLiteral("http://127.0.0.1.example.org/fhir")
                                         << QStringLiteral("url.plain-http") << error;
    QTest::newRow("other scheme") << QStringLiteral("ftp://h.example/fhir") << QString()
                                  << QStringLiteral("url.unsupported-scheme") << error;
    QTest::newRow("user and password") << QStringLiteral("https://me:secret@h.example/fhir") << QString()
                                       << QStringLiteral("url.has-credentials") << error;
    QTest::newRow("empty") << QString() << QString() << QStringLiteral("url.required") << error;
    QTest::newRow("a word") << QStringLiteral("epic") << QString() << QStringLiteral("url.not-a-url") << error;
    QTest::newRow("no host") << QStringLiteral("https:///api/FHIR/R4") << QString() << QStringLiteral("url.not-a-url")
                             << error;
}

void FhirBaseUrlTest::reads()
{
    QFETCH(QString, typed);
    QFETCH(QString, canonical);
    QFETCH(QString, code);
    QFETCH(int, state);
    const FhirBaseUrlReading reading = readFhirBaseUrl(typed);
    QCOMPARE(reading.finding.code, code);
    QCOMPARE(static_cast<int>(reading.finding.state), state);
    QCOMPARE(reading.canonical, canonical);
    if (reading.finding.state == Finding::State::Error) {
        QVERIFY(!reading.finding.message.isEmpty());
        QVERIFY(!reading.finding.fix.isEmpty());
    }
    // What is saved must read the same again, with nothing left to trim.
    if (reading.finding.state == Finding::State::Warning && reading.finding.replacement) {
        const FhirBaseUrlReading again = readFhirBaseUrl(*reading.finding.replacement);
        QCOMPARE(again.canonical, canonical);
        QVERIFY(!again.finding.replacement);
    }
}

void FhirBaseUrlTest::acceptsEveryPublishedEndpoint()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/endpoints-r4-2026-04-27.json");
    QFile file(sharedData(QStringLiteral("fhir-servers/epic/endpoints-r4-2026-04-27.json")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray entries = QJsonDocument::fromJson(file.readAll()).object().value(u"entry").toArray();
    QVERIFY(entries.size() > 100);
    for (const QJsonValue &entry : entries) {
        const QString address = entry[u"resource"][u"address"].toString();
        if (address.isEmpty())
            continue;
        const FhirBaseUrlReading reading = readFhirBaseUrl(address);
        QVERIFY2(reading.finding.state == Finding::State::Ok, qPrintable(address + u' ' + reading.finding.code));
        // Host names are case-insensitive and QUrl lowers them; the path must stay as it is written.
        const QString expected = QUrl(address).toString(QUrl::FullyEncoded | QUrl::StripTrailingSlash);
        QCOMPARE(reading.canonical, expected);
    }
}

void FhirBaseUrlTest::survivesHostileText_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("ten million characters") << QString(10'000'000, u'a');
    QTest::newRow("ten million slashes") << QStringLiteral("https://h/") + QString(10'000'000, u'/');
    QTest::newRow("many dots") << QString(100'000, u'.');
    QTest::newRow("nul") << QString(QChar(u'\0')) + QStringLiteral("https://h.example");
    QTest::newRow("lone surrogate") << QStringLiteral("https://h.example/") + QString(QChar(0xD800));
    QTest::newRow("percent") << QStringLiteral("https://h.example/%");
    QTest::newRow("brackets") << QStringLiteral("https://[::1/fhir");
    QTest::newRow("port") << QStringLiteral("https://h.example:99999/fhir");
}

void FhirBaseUrlTest::survivesHostileText()
{
    QFETCH(QString, typed);
    const FhirBaseUrlReading reading = readFhirBaseUrl(typed);
    QVERIFY(reading.finding.state == Finding::State::Error || !reading.canonical.isEmpty());
    QVERIFY(reading.canonical.size() <= 2200);
}

void FhirBaseUrlTest::tellsEnvironments_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("environment");
    QTest::newRow("epic sandbox") << QStringLiteral("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4")
                                  << QStringLiteral("sandbox");
    QTest::newRow("hospital") << QStringLiteral("https://epicproxy.et0922.epichosted.com/FHIRProxy/api/FHIR/R4")
                              << QStringLiteral("production");
    QTest::newRow("hospital, -np") << QStringLiteral("https://epicproxy-np.et0922.epichosted.com/FHIRProxy/api/FHIR/R4")
                                   << QStringLiteral("sandbox");
    QTest::newRow("tst") << QStringLiteral("https://aldercreek-tst.example.org/R4") << QStringLiteral("sandbox");
    QTest::newRow("word inside a word") << QStringLiteral("https://northdevon.example.org/R4")
                                        << QStringLiteral("production");
    QTest::newRow("top-level domain .dev")
        << QStringLiteral("https://fhir.hospital.dev/R4") << QStringLiteral("production");
    QTest::newRow("dev at a .dev domain")
        << QStringLiteral("https://fhir-dev.hospital.dev/R4") << QStringLiteral("sandbox");
    QTest::newRow("localhost") << QStringLiteral("http://localhost:1234/R4") << QStringLiteral("local");
    QTest::newRow("loopback") << QStringLiteral("http://127.4.5.6/R4") << QStringLiteral("local");
    QTest::newRow("IPv6") << QStringLiteral("https://[::1]/R4") << QStringLiteral("local");
    QTest::newRow("not loopback") << QStringLiteral("https://127.0.0.1.example.org/R4") << QStringLiteral("production");
}

void FhirBaseUrlTest::tellsEnvironments()
{
    QFETCH(QString, url);
    QTEST(nameOf(environmentOf(url)), "environment");
}

void FhirBaseUrlTest::readsScopes_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<int>("syntax");
    QTest::addColumn<bool>("canSearchPatient");
    const auto row = [](const char *scope, ScopeSyntax syntax, bool canSearch) {
        QTest::newRow(scope) << QString::fromLatin1(scope) << static_cast<int>(syntax) << canSearch;
    };
    row("system/Patient.read", ScopeSyntax::V1, true);
    row("system/*.*", ScopeSyntax::V1, true);
    row("system/Patient.write", ScopeSyntax::V1, false);
    row("system/Patient.rs", ScopeSyntax::V2, true);
    row("system/Patient.r", ScopeSyntax::V2, false);
    row("system/Patient.cruds", ScopeSyntax::V2, true);
    row("system/Observation.rs?category=laboratory", ScopeSyntax::V2, false);
    row("system/Patient.sr", ScopeSyntax::WrongOrder, true);
    row("system/Patient.dus", ScopeSyntax::WrongOrder, true);
    row("user/Patient.read", ScopeSyntax::NotSystem, false);
    row("Patient.search", ScopeSyntax::Other, true);
    row("Patient.read", ScopeSyntax::Other, true);
    row("openid", ScopeSyntax::Other, false);
    row("system/Patient.rrs", ScopeSyntax::WrongOrder, true);
}

void FhirBaseUrlTest::readsScopes()
{
    QFETCH(QString, scope);
    QFETCH(int, syntax);
    QFETCH(bool, canSearchPatient);
    QCOMPARE(static_cast<int>(syntaxOf(scope)), syntax);
    QCOMPARE(allowsSearch(scope, QStringLiteral("Patient")), canSearchPatient);
}

QTEST_GUILESS_MAIN(FhirBaseUrlTest)
#include "tst_fhirbaseurl.moc"
