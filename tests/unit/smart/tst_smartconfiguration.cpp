// SPDX-License-Identifier: Apache-2.0
#include "core/smart/SmartConfiguration.h"
#include "tests/support/ResultMacros.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestSmartConfiguration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recorded_data();
    void recorded();
    void everyMember();
    void onlyTheTokenEndpointIsRequired();
    void relativeUrls_data();
    void relativeUrls();
    void refuses_data();
    void refuses();
    void epicPathRule_data();
    void epicPathRule();
    void epicPathRuleOnThePublishedDirectory();

private:
    const QUrl m_base{u"https://fhir.example.test/api/FHIR/R4/"_s};
};

void TestSmartConfiguration::recorded_data()
{
    QTest::addColumn<QString>("path");
    QTest::addRow("Cerner") << u"fhir-servers/cerner/smart-configuration.json"_s;
    QTest::addRow("MEDITECH") << u"fhir-servers/meditech/smart-configuration-greenfield-STU6-2026-04-27.json"_s;
}

void TestSmartConfiguration::recorded()
{
    QFETCH(QString, path);
    REQUIRE_SHARED_DATA("fhir-servers/cerner/smart-configuration.json");
    QFile file(sharedData(path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = readSmartConfiguration(file.readAll(), m_base);
    QVERIFY_RESULT(read);
    QVERIFY(read->tokenEndpoint.startsWith(u"https://"));
    QVERIFY(!read->capabilities.isEmpty());
}

void TestSmartConfiguration::everyMember()
{
    const auto read = readSmartConfiguration(
        R"({"token_endpoint":"https://a.test/token","issuer":"https://a.test","jwks_uri":"https://a.test/jwks",
            "token_endpoint_auth_signing_alg_values_supported":["RS384","ES384",7],
            "token_endpoint_auth_methods_supported":["private_key_jwt"],"scopes_supported":["system/*.rs"],
            "capabilities":["permission-v2"],"grant_types_supported":["client_credentials"]})",
        m_base);
    QVERIFY_RESULT(read);
    QCOMPARE(read->tokenEndpoint, u"https://a.test/token"_s);
    QCOMPARE(read->issuer, u"https://a.test"_s);
    QCOMPARE(read->jwksUri, u"https://a.test/jwks"_s);
    QCOMPARE(read->signingAlgorithms, (QStringList{u"RS384"_s, u"ES384"_s}));
    QCOMPARE(read->authMethods, QStringList{u"private_key_jwt"_s});
    QCOMPARE(read->scopesSupported, QStringList{u"system/*.rs"_s});
    QCOMPARE(read->capabilities, QStringList{u"permission-v2"_s});
    QCOMPARE(read->grantTypes, QStringList{u"client_credentials"_s});
}

void TestSmartConfiguration::onlyTheTokenEndpointIsRequired()
{
    const auto read = readSmartConfiguration(R"({"token_endpoint":"https://a.test/token"})", m_base);
    QVERIFY_RESULT(read);
    QVERIFY(read->signingAlgorithms.isEmpty());
}

void TestSmartConfiguration::relativeUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("endpoint");
    QTest::addRow("absolute, byte for byte")
        << u"https://A.test:443/Token?x=%7e"_s << u"https://A.test:443/Token?x=%7e"_s;
    QTest::addRow("path") << u"/oauth2/token"_s << u"https://fhir.example.test/oauth2/token"_s;
    QTest::addRow("relative") << u"token"_s << u"https://fhir.example.test/api/FHIR/R4/token"_s;
    QTest::addRow("up") << u"../../../oauth2/token"_s << u"https://fhir.example.test/oauth2/token"_s;
    QTest::addRow("other host") << u"//b.test/token"_s << u"https://b.test/token"_s;
}

void TestSmartConfiguration::relativeUrls()
{
    QFETCH(QString, url);
    QFETCH(QString, endpoint);
    const QByteArray body = QJsonDocument(QJsonObject{{u"token_endpoint"_s, url}}).toJson();
    const auto read = readSmartConfiguration(body, m_base);
    QVERIFY_RESULT(read);
    QCOMPARE(read->tokenEndpoint, endpoint);
}

void TestSmartConfiguration::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addRow("nothing") << ""_ba << u"smart.not-json"_s;
    QTest::addRow("HTML") << "<html></html>"_ba << u"smart.not-json"_s;
    QTest::addRow("an array") << "[{}]"_ba << u"smart.not-json"_s;
    QTest::addRow("no token endpoint") << "{}"_ba << u"smart.no-token-endpoint"_s;
    QTest::addRow("empty") << R"({"token_endpoint":""})"_ba << u"smart.no-token-endpoint"_s;
    QTest::addRow("not text") << R"({"token_endpoint":["https://a.test/token"]})"_ba << u"smart.no-token-endpoint"_s;
    QTest::addRow("not a web address") << R"({"token_endpoint":"mailto:a@b.test"})"_ba << u"smart.no-token-endpoint"_s;
}

void TestSmartConfiguration::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    const auto read = readSmartConfiguration(body, m_base);
    QVERIFY(!read);
    QCOMPARE(read.error().code, code);
    QVERIFY(!read.error().hint.isEmpty());
}

void TestSmartConfiguration::epicPathRule_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("endpoint");
    const auto row = [](const char *base, const char *endpoint) {
        QTest::addRow("%s", base) << QString::fromLatin1(base) << QString::fromLatin1(endpoint);
    };
    row("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4",
        "https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token");
    row("https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4/",
        "https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token");
    row("https://epicproxy.et0922.epichosted.com/FHIRProxy/api/FHIR/R4/",
        "https://epicproxy.et0922.epichosted.com/FHIRProxy/oauth2/token");
    row("https://a.test/FhirProxy/api/fhir/r4", "https://a.test/FhirProxy/oauth2/token");
    row("https://a.test/FHIRProxy/MHC/api/FHIR/R4/", "https://a.test/FHIRProxy/MHC/oauth2/token");
    row("https://a.test/api/FHIR/DSTU2", "https://a.test/oauth2/token");
    row("https://a.test/api/FHIR/R4//", "https://a.test/oauth2/token");
    row("http://127.0.0.1:8080/interconnect-fhir-oauth/api/FHIR/R4",
        "http://127.0.0.1:8080/interconnect-fhir-oauth/oauth2/token");
    row("https://a.test/fhir", "");
    row("https://a.test/api/FHIR", "");
    row("https://a.test/api/FHIR/R4/Patient", "");
    row("", "");
}

void TestSmartConfiguration::epicPathRule()
{
    QFETCH(QString, base);
    QFETCH(QString, endpoint);
    QCOMPARE(epicTokenEndpoint(base), endpoint);
}

void TestSmartConfiguration::epicPathRuleOnThePublishedDirectory()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/endpoints-r4-2026-04-27.json");
    QFile file(sharedData(u"fhir-servers/epic/endpoints-r4-2026-04-27.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int count = 0;
    for (const QJsonValue &entry : QJsonDocument::fromJson(file.readAll())[u"entry"].toArray()) {
        const QString address = entry[u"resource"][u"address"].toString();
        const QString endpoint = epicTokenEndpoint(address);
        QVERIFY2(endpoint.endsWith(u"/oauth2/token"), qPrintable(address));
        QVERIFY2(QUrl(endpoint).host() == QUrl(address).host(), qPrintable(address));
        ++count;
    }
    QVERIFY(count > 400);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestSmartConfiguration)
#include "tst_smartconfiguration.moc"
