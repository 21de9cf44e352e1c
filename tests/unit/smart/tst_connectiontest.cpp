// SPDX-License-Identifier: Apache-2.0
// The five steps against scripted servers: the way through, discovery, network failures, cancelling.
#include "tests/unit/smart/TestSubjects.h"

#include "core/smart/ClientAssertion.h"

#include <QJsonArray>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

namespace
{

/// What a saved credential knows of the fixture's key.
KeyCard savedCard()
{
    KeyCard card;
    card.bits = 2048;
    card.thumbprint = testKey()->thumbprint;
    card.publicPem = testKey()->publicKey->pem();
    return card;
}

} // namespace

class TestConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void passes();
    void whatWasToldStays();
    void assertionIsForThePostedUrl();
    void invalidFieldsSendNothing_data();
    void invalidFieldsSendNothing();
    void noKey();
    void savedKeyIsUsed();
    void fallsBackToMetadata();
    void fallsBackToThePathRule_data();
    void fallsBackToThePathRule();
    void genericServersHaveNoPathRule();
    void portalsAreNoServers();
    void overrides_data();
    void overrides();
    void insecureTokenEndpointIsNotUsed_data();
    void insecureTokenEndpointIsNotUsed();
    void networkFailures_data();
    void networkFailures();
    void clockOffset_data();
    void clockOffset();
    void cancelling_data();
    void cancelling();
    void extraHeaders();
    void summaries();
};

void TestConnectionTest::passes()
{
    FlowFixture flow;
    flow.configuration(R"({"token_endpoint":"https://fhir.example.test/oauth2/token",
        "token_endpoint_auth_signing_alg_values_supported":["RS384","ES384"],"capabilities":["permission-v2"]})");
    flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.credential, u"Riverbend, bulk export"_s);
    for (const TestStep &step : report.steps)
        QCOMPARE(nameOf(step.state), u"passed"_s);
    QCOMPARE(report.token->type, u"Bearer"_s);
    QCOMPARE(report.token->expiresIn, 3600);
    QCOMPARE(report.token->scopes, QStringList{u"system/Patient.rs"_s});
    QCOMPARE(report.steps[1].details[u"source"].toString(), u"smart-configuration"_s);
    QCOMPARE(report.steps[1].details[u"tokenEndpoint"].toString(), flow.tokenUrl);
    QCOMPARE(report.steps[2].details[u"claims"][u"aud"].toString(), flow.tokenUrl);
    QCOMPARE(report.steps[2].details[u"header"][u"kid"].toString(), flow.draft.key->thumbprint);
    QCOMPARE(report.steps[4].exchanges.size(), 2);
    QCOMPARE(report.steps[4].details[u"fhirVersion"].toString(), u"4.0.1"_s);
    QCOMPARE(flow.progress, (QStringList{u"validate:running"_s, u"validate:passed"_s, u"discover:running"_s,
                                         u"discover:passed"_s, u"sign:running"_s, u"sign:passed"_s, u"token:running"_s,
                                         u"token:passed"_s, u"fhir:running"_s, u"fhir:passed"_s}));
}

void TestConnectionTest::whatWasToldStays()
{
    // The window keeps what it was told, and reads it while the test goes on: nothing of it may change any more.
    FlowFixture flow;
    flow.configuration().grant().metadata().search();
    const auto told = [](const TestReport &report) {
        QStringList words;
        for (const TestStep &step : report.steps)
            words << nameOf(step.state) + u' ' + step.summary + u' ' + QString::number(step.exchanges.size());
        return words;
    };
    QList<TestReport> kept;
    QList<QStringList> words;
    flow.onProgress = [&](const TestReport &report) {
        kept.append(report);
        words.append(told(report));
    };
    QVERIFY(flow.run().passed);
    QVERIFY(kept.size() > 10);
    for (qsizetype i = 0; i < kept.size(); ++i)
        QCOMPARE(told(kept.at(i)), words.at(i));
}

void TestConnectionTest::assertionIsForThePostedUrl()
{
    FlowFixture flow;
    flow.draft.keyId = u"my-key"_s;
    flow.draft.jwkSetUrl = u"https://keys.example.test/jwks.json"_s;
    flow.draft.key = testKey(SignatureAlgorithm::ES384);
    flow.draft.algorithm = u"ES384"_s;
    flow.tokenUrl = u"https://login.example.test/T/token?x=%7e"_s;
    flow.configuration(R"({"token_endpoint":"https://login.example.test/T/token?x=%7e"})").grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    const QByteArray body = flow.transport.requests().at(1).body;
    const auto jwt = decodeJwt(QByteArrayView(body).sliced(body.lastIndexOf('=') + 1));
    QVERIFY(jwt.has_value());
    QCOMPARE(jwt->claims[u"aud"].toString(), flow.tokenUrl);
    QCOMPARE(jwt->claims[u"iss"].toString(), flow.draft.clientId);
    QCOMPARE(jwt->header[u"alg"].toString(), u"ES384"_s);
    QCOMPARE(jwt->header[u"kid"].toString(), u"my-key"_s);
    QCOMPARE(jwt->header[u"jku"].toString(), flow.draft.jwkSetUrl);
}

void TestConnectionTest::invalidFieldsSendNothing_data()
{
    QTest::addColumn<QString>("field");
    for (const char *field : {"name", "url", "client", "key"})
        QTest::addRow("%s", field) << QString::fromLatin1(field);
}

void TestConnectionTest::invalidFieldsSendNothing()
{
    QFETCH(QString, field);
    FlowFixture flow;
    if (field == u"name")
        flow.draft.name.clear();
    else if (field == u"url")
        flow.draft.fhirBaseUrl = u"not a url"_s;
    else if (field == u"client")
        flow.draft.clientId.clear();
    else
        flow.draft.key =
            std::make_shared<KeyInspection>(inspectKey(SecretBytes::copyOf("-----BEGIN CERTIFICATE-----"_ba)));
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(!report.passed);
    QCOMPARE(report.failedStep()->id, TestStepId::Validate);
    for (qsizetype i = 1; i < 5; ++i)
        QCOMPARE(report.steps[i].state, TestStepState::Skipped);
    QVERIFY(!report.steps[0].details[u"fields"].toObject().isEmpty());
    QCOMPARE(report.diagnosis.constFirst().id, u"invalid-field"_s);
}

void TestConnectionTest::noKey()
{
    FlowFixture flow;
    flow.draft.savedKey = savedCard();
    flow.draft.key = nullptr;
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.failedStep()->code, u"key.missing"_s);
}

void TestConnectionTest::savedKeyIsUsed()
{
    FlowFixture flow;
    flow.configuration().grant().metadata().search();
    flow.draft.savedKey = savedCard();
    flow.draft.key = nullptr;
    const TestReport report =
        runConnectionTest({flow.draft, testKey()->imported->key, {}}, {flow.transport, flow.clock, flow.random}, {});
    QVERIFY2(report.passed, qPrintable(report.failedStep() ? report.failedStep()->summary : QString()));
    QCOMPARE(report.steps[2].details[u"header"][u"kid"].toString(), testKey()->thumbprint);
}

void TestConnectionTest::fallsBackToMetadata()
{
    FlowFixture flow;
    flow.transport.expect("GET", flow.configurationUrl,
                          replyHtml(404, "<html>404 - File or directory not found.</html>"));
    flow.transport.expect(
        "GET", flow.metadataUrl,
        replyJson(200, R"({"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","rest":[{"security":{"extension":[
            {"url":"http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris","extension":[
            {"url":"token","valueUri":"https://fhir.example.test/oauth2/token"}]}]}}]})"),
        [](const HttpRequest &request) {
            const bool isRight = headerValue(request.headers, "Accept") == "application/fhir+json" &&
                                 !headerValue(request.headers, "Epic-Client-ID").isEmpty();
            return isRight ? QString() : u"wrong headers"_s;
        });
    flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.steps[1].state, TestStepState::Warning);
    QCOMPARE(report.steps[1].details[u"source"].toString(), u"capability-statement"_s);
    QVERIFY2(report.steps[1].summary.contains(u"404"), qPrintable(report.steps[1].summary));
}

void TestConnectionTest::fallsBackToThePathRule_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("404") << 404 << "<html/>"_ba;
    QTest::addRow("403") << 403 << ""_ba;
    QTest::addRow("500") << 500 << "{}"_ba;
    QTest::addRow("XML") << 200 << R"(<CapabilityStatement xmlns="http://hl7.org/fhir"/>)"_ba;
    QTest::addRow("no oauth-uris") << 200 << R"({"resourceType":"CapabilityStatement"})"_ba;
    QTest::addRow("no JSON") << 200 << "{"_ba;
}

void TestConnectionTest::fallsBackToThePathRule()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    FlowFixture flow;
    flow.transport.expect("GET", flow.configurationUrl, reply(status, body));
    flow.transport.expect("GET", flow.metadataUrl, reply(status, body));
    flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.steps[1].state, TestStepState::Warning);
    QCOMPARE(report.steps[1].details[u"source"].toString(), u"epic-path-rule"_s);
    QCOMPARE(report.steps[1].details[u"tried"].toArray().size(), 2);
}

void TestConnectionTest::genericServersHaveNoPathRule()
{
    FlowFixture flow;
    flow.draft.connector = u"smart-backend"_s;
    const auto check = [](const HttpRequest &request) {
        return headerValue(request.headers, "Epic-Client-ID").isEmpty() ? QString()
                                                                        : u"Epic-Client-ID to another server"_s;
    };
    flow.transport.expect("GET", flow.configurationUrl, reply(404, ""), check);
    flow.transport.expect("GET", flow.metadataUrl, reply(404, ""), check);
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.failedStep()->id, TestStepId::Discover);
    QCOMPARE(report.failedStep()->code, u"smart.no-token-endpoint"_s);
    QCOMPARE(report.diagnosis.constFirst().id, u"wrong-base-url"_s);
}

void TestConnectionTest::portalsAreNoServers()
{
    FlowFixture flow;
    flow.transport.expect("GET", flow.configurationUrl, replyHtml(200, "<html>MyChart</html>"));
    flow.transport.expect("GET", flow.metadataUrl, reply(302, "", {{"Location", "https://login.example.test/"}}));
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.failedStep()->code, u"smart.not-fhir"_s);
    QCOMPARE(report.diagnosis.constFirst().id, u"wrong-base-url"_s);
}

void TestConnectionTest::overrides_data()
{
    QTest::addColumn<QByteArray>("advertised");
    QTest::addColumn<int>("status");
    QTest::addColumn<TestStepState>("state");
    QTest::addRow("the same") << R"({"token_endpoint":"https://fhir.example.test/own/token"})"_ba << 200
                              << TestStepState::Passed;
    QTest::addRow("another") << R"({"token_endpoint":"https://fhir.example.test/oauth2/token"})"_ba << 200
                             << TestStepState::Warning;
    QTest::addRow("not told") << ""_ba << 404 << TestStepState::Warning;
}

void TestConnectionTest::overrides()
{
    QFETCH(QByteArray, advertised);
    QFETCH(int, status);
    QFETCH(TestStepState, state);
    FlowFixture flow;
    flow.tokenUrl = u"https://fhir.example.test/own/token"_s;
    flow.draft.tokenEndpoint = flow.tokenUrl;
    flow.transport.expect("GET", flow.configurationUrl, replyJson(status, advertised));
    flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.steps[1].state, state);
    QCOMPARE(report.steps[1].details[u"source"].toString(), u"override"_s);
}

void TestConnectionTest::insecureTokenEndpointIsNotUsed_data()
{
    QTest::addColumn<QByteArray>("endpoint");
    QTest::addColumn<bool>("allowed");
    QTest::addRow("http") << "http://fhir.example.test/oauth2/token"_ba << false;
    QTest::addRow("ftp") << "ftp://fhir.example.test/oauth2/token"_ba << false;
    QTest::addRow("looks like loopback") << "http://localhost.evil.test/token"_ba << false;
    QTest::addRow("loopback") << "http://127.0.0.1:9/token"_ba << true;
}

void TestConnectionTest::insecureTokenEndpointIsNotUsed()
{
    QFETCH(QByteArray, endpoint);
    QFETCH(bool, allowed);
    FlowFixture flow;
    flow.tokenUrl = QString::fromLatin1(endpoint);
    flow.configuration(R"({"token_endpoint":")" + endpoint + "\"}");
    if (allowed)
        flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.passed, allowed);
    if (!allowed)
        QCOMPARE(report.failedStep()->code, u"smart.insecure-token-endpoint"_s);
}

void TestConnectionTest::networkFailures_data()
{
    QTest::addColumn<TestStepId>("step");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("cause");
    const QList<std::pair<QString, QString>> failures{
        {u"net.host-not-found"_s, u"host-not-found"_s}, {u"net.connection-refused"_s, u"connection-refused"_s},
        {u"net.connection-closed"_s, u"no-answer"_s},   {u"net.timeout"_s, u"no-answer"_s},
        {u"net.tls-untrusted"_s, u"tls-inspection"_s},  {u"net.tls-hostname"_s, u"tls-certificate"_s},
        {u"net.tls-expired"_s, u"tls-certificate"_s},   {u"net.proxy"_s, u"proxy"_s}};
    for (const auto &[code, cause] : failures) {
        QTest::addRow("discover %s", qPrintable(code)) << TestStepId::Discover << code << cause;
        QTest::addRow("token %s", qPrintable(code)) << TestStepId::Token << code << cause;
        QTest::addRow("fhir %s", qPrintable(code)) << TestStepId::Fhir << code << cause;
    }
}

void TestConnectionTest::networkFailures()
{
    QFETCH(TestStepId, step);
    QFETCH(QString, code);
    QFETCH(QString, cause);
    FlowFixture flow;
    const auto failure = failWith(code, u"It did not work."_s);
    if (step == TestStepId::Discover) {
        flow.transport.expect("GET", flow.configurationUrl, failure);
    } else if (step == TestStepId::Token) {
        flow.configuration();
        flow.transport.expect("POST", flow.tokenUrl, failure);
    } else {
        flow.configuration().grant();
        flow.transport.expect("GET", flow.metadataUrl, failure);
        flow.transport.expect("GET", flow.searchUrl, failure);
    }
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.failedStep()->id, step);
    QCOMPARE(report.failedStep()->code, code);
    QVERIFY(!report.failedStep()->exchanges.constLast().response.has_value());
    QVERIFY(!report.diagnosis.isEmpty());
    QCOMPARE(report.diagnosis.constFirst().id, cause);
}

void TestConnectionTest::clockOffset_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<QByteArray>("age");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<double>("offset");
    QTest::addRow("right") << "Sun, 23 Nov 2025 14:09:31 GMT"_ba
                           << ""_ba << true << 0.5;
    QTest::addRow("10 min ahead") << "Sun, 23 Nov 2025 14:19:31 GMT"_ba
                                  << ""_ba << true << 600.5;
    QTest::addRow("behind") << "Sun, 23 Nov 2025 14:09:01 GMT"_ba
                            << "0"_ba << true << -29.5;
    QTest::addRow("from a cache") << "Sun, 23 Nov 2025 13:09:31 GMT"_ba
                                  << "3600"_ba << false << 0.0;
    QTest::addRow("no date") << ""_ba
                             << ""_ba << false << 0.0;
    QTest::addRow("nonsense") << "yesterday"_ba
                              << ""_ba << false << 0.0;
}

void TestConnectionTest::clockOffset()
{
    QFETCH(QByteArray, date);
    QFETCH(QByteArray, age);
    QFETCH(bool, isKnown);
    QFETCH(double, offset);
    FlowFixture flow;
    flow.transport.expect("GET", flow.configurationUrl,
                          replyJson(200, R"({"token_endpoint":"https://fhir.example.test/oauth2/token"})",
                                    {{"Date", date}, {"Age", age}}));
    flow.grant().metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.clockOffsetSeconds.has_value(), isKnown);
    if (isKnown) {
        QCOMPARE(*report.clockOffsetSeconds, offset);
        QCOMPARE(report.steps[1].details[u"clockOffsetSeconds"].toDouble(), offset);
    }
}

void TestConnectionTest::cancelling_data()
{
    QTest::addColumn<TestStepId>("step");
    for (const TestStepId step : {TestStepId::Validate, TestStepId::Discover, TestStepId::Token, TestStepId::Fhir})
        QTest::addRow("%s", qPrintable(nameOf(step))) << step;
}

void TestConnectionTest::cancelling()
{
    QFETCH(TestStepId, step);
    FlowFixture flow;
    if (step == TestStepId::Discover)
        flow.transport.expect("GET", flow.configurationUrl, hang());
    if (step == TestStepId::Token || step == TestStepId::Fhir)
        flow.configuration();
    if (step == TestStepId::Token)
        flow.transport.expect("POST", flow.tokenUrl, hang());
    if (step == TestStepId::Fhir) {
        flow.grant();
        flow.transport.expect("GET", flow.metadataUrl, hang());
    }
    std::stop_source source;
    flow.onProgress = [&](const TestReport &now) {
        const TestStep &running = now.steps.at(static_cast<qsizetype>(step));
        if (running.state == TestStepState::Running)
            source.request_stop();
    };
    const TestReport report = flow.run(source.get_token());
    // The step that was reached before the stop waits for no answer; what is left of the script is as it should be.
    QVERIFY(!report.passed);
    QCOMPARE(report.failedStep()->id, step);
    QCOMPARE(report.failedStep()->code, u"cancelled"_s);
    for (qsizetype i = static_cast<qsizetype>(step) + 1; i < 5; ++i)
        QCOMPARE(report.steps[i].state, TestStepState::Skipped);
    QVERIFY(report.diagnosis.isEmpty());
}

void TestConnectionTest::extraHeaders()
{
    FlowFixture flow;
    flow.draft.extraHeaders = {{u"X-Gateway"_s, u"g1"_s}};
    flow.configuration().grant().metadata().search();
    const TestReport report = flow.run();
    QVERIFY2(report.passed, qPrintable(report.failedStep() ? report.failedStep()->summary : QString()));
    VERIFY_FLOW(flow);
    for (const HttpRequest &request : flow.transport.requests())
        QCOMPARE(headerValue(request.headers, "X-Gateway"), "g1"_ba);
}

void TestConnectionTest::summaries()
{
    FlowFixture flow;
    flow.configuration().grant().metadata().search();
    TestSummary summary = summaryOf(flow.run());
    QVERIFY(summary.passed);
    QVERIFY(summary.code.isEmpty() && summary.step.isEmpty());
    QCOMPARE(summary.at, QDateTime(QDate(2025, 11, 23), QTime(14, 9, 31), Qt::UTC));

    FlowFixture refused;
    refused.configuration().refusal(400, R"({"error":"invalid_client","error_description":null})");
    summary = summaryOf(refused.run());
    QVERIFY(!summary.passed);
    QCOMPARE(summary.step, u"token"_s);
    QCOMPARE(summary.code, u"invalid_client"_s);
    QVERIFY(!summary.summary.isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestConnectionTest)
#include "tst_connectiontest.moc"
