// SPDX-License-Identifier: Apache-2.0
// What the connection test makes of each answer of the token endpoint and the FHIR server (facts §3.3, §3.4).
#include "tests/unit/smart/TestSubjects.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestConnectionAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokenRefusals_data();
    void tokenRefusals();
    void grantedScopes_data();
    void grantedScopes();
    void missingScopeMemberMeansAsAsked();
    void fhirAnswers_data();
    void fhirAnswers();
    void metadataTrouble_data();
    void metadataTrouble();
    void olderVersions_data();
    void olderVersions();
    void echoedSecretsAreHidden();
    void patientsAreNotReported_data();
    void patientsAreNotReported();
};

void TestConnectionAnswers::tokenRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    const QByteArray json = "application/json";
    QTest::addRow("T1") << 400 << json << R"({"error":"invalid_request"})"_ba << u"invalid_request"_s;
    QTest::addRow("T2") << 400 << json << R"({"error":"invalid_client","error_description":null})"_ba
                        << u"invalid_client"_s;
    QTest::addRow("T2, 401") << 401 << json << R"({"error":"invalid_client","error_description":null})"_ba
                             << u"invalid_client"_s;
    QTest::addRow("T3") << 400 << json << R"({"error":"unauthorized_client"})"_ba << u"unauthorized_client"_s;
    QTest::addRow("T4") << 400 << json << R"({"error":"invalid_grant"})"_ba << u"invalid_grant"_s;
    QTest::addRow("T5") << 400 << json << R"({"error":"invalid_scope","error_description":"no such scope"})"_ba
                        << u"invalid_scope"_s;
    QTest::addRow("T6") << 400 << json << R"({"error":"unsupported_grant_type"})"_ba << u"unsupported_grant_type"_s;
    QTest::addRow("T7") << 400 << "text/html"_ba
                        << "<html>Something went wrong trying to authorize the client</html>"_ba << u"http.400"_s;
    QTest::addRow("T8, HTML") << 200 << "text/html"_ba
                              << "<html>Checking your browser</html>"_ba << u"token.html"_s;
    QTest::addRow("T8, no token") << 200 << json << R"({"ok":true})"_ba << u"token.no-access-token"_s;
    QTest::addRow("T8, no JSON") << 200 << json << "ok"_ba << u"token.not-json"_s;
    QTest::addRow("wrong type") << 200 << json
                                << R"({"access_token":"s3cr3t~opaque/token+0123456789==","token_type":"mac"})"_ba
                                << u"token.wrong-type"_s;
    QTest::addRow("error with 200") << 200 << json << R"({"error":"invalid_client"})"_ba << u"invalid_client"_s;
    QTest::addRow("404") << 404 << "text/html"_ba
                         << "<html>404 - File or directory not found.</html>"_ba << u"http.404"_s;
    QTest::addRow("405") << 405 << json << ""_ba << u"http.405"_s;
    QTest::addRow("403 of a firewall") << 403 << "text/html"_ba
                                       << "<html>Request rejected</html>"_ba << u"http.403"_s;
    QTest::addRow("500") << 500 << json << "{}"_ba << u"http.500"_s;
    QTest::addRow("503") << 503 << json << ""_ba << u"http.503"_s;
    QTest::addRow("302") << 302 << "text/html"_ba
                         << ""_ba << u"token.redirected"_s;
    QTest::addRow("307") << 307 << "text/html"_ba
                         << ""_ba << u"token.redirected"_s;
    QTest::addRow("garbage") << 200 << json << QByteArray(2000, '\xfe') << u"token.not-json"_s;
    QTest::addRow("empty error code") << 400 << json << R"({"error":""})"_ba << u"http.400"_s;
}

void TestConnectionAnswers::tokenRefusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, code);
    FlowFixture flow;
    flow.configuration();
    flow.transport.expect(
        "POST", flow.tokenUrl,
        reply(status, body, {{"Content-Type", type}, {"Location", "https://login.example.test/?x=1"}}));
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(!report.passed);
    QCOMPARE(report.failedStep()->id, TestStepId::Token);
    QCOMPARE(report.failedStep()->code, code);
    QCOMPARE(report.steps[4].state, TestStepState::Skipped);
    QVERIFY2(!report.diagnosis.isEmpty(), "nothing to go on");
    QVERIFY(!report.token.has_value());
}

void TestConnectionAnswers::grantedScopes_data()
{
    QTest::addColumn<QStringList>("asked");
    QTest::addColumn<QByteArray>("granted");
    QTest::addColumn<TestStepState>("state");
    QTest::addColumn<QString>("search");
    QTest::addRow("as asked") << QStringList{u"system/Patient.rs"_s} << "system/Patient.rs"_ba << TestStepState::Passed
                              << u"Patient?_count=1"_s;
    QTest::addRow("more") << QStringList{u"system/Patient.rs"_s} << "system/*.rs"_ba << TestStepState::Passed
                          << u"Patient?_count=1"_s;
    QTest::addRow("less") << QStringList{u"system/Patient.rs"_s, u"system/Group.rs"_s} << "system/Group.rs"_ba
                          << TestStepState::Warning << u"Group?_count=1"_s;
    QTest::addRow("nothing") << QStringList{u"system/Patient.rs"_s} << ""_ba << TestStepState::Warning
                             << u"Patient?_count=1"_s;
    QTest::addRow("none asked") << QStringList() << "system/Patient.read"_ba << TestStepState::Passed
                                << u"Patient?_count=1"_s;
    QTest::addRow("Epic's form") << QStringList{u"system/Patient.read"_s} << "Patient.Read Patient.Search"_ba
                                 << TestStepState::Passed << u"Patient?_count=1"_s;
}

void TestConnectionAnswers::grantedScopes()
{
    QFETCH(QStringList, asked);
    QFETCH(QByteArray, granted);
    QFETCH(TestStepState, state);
    QFETCH(QString, search);
    FlowFixture flow;
    flow.draft.scopes = asked;
    flow.searchUrl = flow.base + u'/' + search;
    flow.configuration().grant(granted).metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.steps[3].state, state);
}

void TestConnectionAnswers::missingScopeMemberMeansAsAsked()
{
    FlowFixture flow;
    flow.configuration();
    flow.refusal(200, R"({"access_token":")" + flow.secretToken + R"(","token_type":"bearer","expires_in":"300"})");
    flow.metadata().search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(report.steps[3].state, TestStepState::Passed);
    QCOMPARE(report.token->scopes, flow.draft.scopes);
    QCOMPARE(report.token->expiresIn, 300);
}

void TestConnectionAnswers::fhirAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<TestStepState>("state");
    QTest::addColumn<QString>("code");
    const auto issue = [](const char *severity, const char *code, const char *vendor, const char *diagnostics) {
        return QByteArray(R"({"resourceType":"OperationOutcome","issue":[{"severity":")") + severity + R"(","code":")" +
               code + R"(","details":{"coding":[{"code":")" + vendor + R"("}]},"diagnostics":")" + diagnostics +
               R"("}]})";
    };
    const auto failed = TestStepState::Failed;
    const auto passed = TestStepState::Passed;
    QTest::addRow("one match")
        << 200
        << R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"},"search":{"mode":"match"}}]})"_ba
        << ""_ba << passed << QString();
    QTest::addRow("F1") << 401 << ""_ba
                        << "Bearer error=\"invalid_token\""_ba << failed << u"fhir.unauthorized"_s;
    QTest::addRow("F2")
        << 403 << ""_ba
        << R"(Bearer error="insufficient_scope", error_description="not authorized for this service")"_ba << failed
        << u"fhir.insufficient-scope"_s;
    QTest::addRow("F3") << 403 << issue("fatal", "forbidden", "4118", "The authenticated user is not authorized")
                        << ""_ba << failed << u"fhir.user-not-authorized"_s;
    QTest::addRow("F3b") << 403 << issue("fatal", "forbidden", "59203", "Client not authorized for Binary") << ""_ba
                         << failed << u"fhir.sub-type-not-authorized"_s;
    QTest::addRow("other 403") << 403 << issue("error", "forbidden", "", "go away") << ""_ba << failed
                               << u"fhir.forbidden"_s;
    QTest::addRow("F4") << 404 << "<html>404 - File or directory not found.</html>"_ba
                        << ""_ba << failed << u"fhir.not-found"_s;
    QTest::addRow("F5") << 400 << issue("fatal", "required", "59108", "Must have either code or category.") << ""_ba
                        << passed << QString();
    QTest::addRow("F6") << 400 << issue("fatal", "business-rule", "59159", "This resource requires demographics or _id")
                        << ""_ba << passed << QString();
    QTest::addRow("Cerner") << 400 << issue("error", "invalid", "", "at least one of _id, name must be provided")
                            << ""_ba << passed << QString();
    QTest::addRow("F8") << 400 << issue("fatal", "processing", "59022", "Combination of parameters is not valid")
                        << ""_ba << failed << u"fhir.sub-type-not-authorized"_s;
    QTest::addRow("F9")
        << 200
        << R"({"resourceType":"Bundle","entry":[{"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"code":"suppressed","details":{"coding":[{"code":"59204"}]}}]}}]})"_ba
        << ""_ba << passed << QString();
    QTest::addRow("F10")
        << 200
        << R"({"resourceType":"Bundle","total":0,"entry":[{"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"processing","details":{"coding":[{"code":"4101"}]}}]}}]})"_ba
        << ""_ba << passed << QString();
    QTest::addRow("F15, 429") << 429 << ""_ba
                              << ""_ba << failed << u"fhir.busy"_s;
    QTest::addRow("F15, 503") << 503 << "<html/>"_ba
                              << ""_ba << failed << u"fhir.busy"_s;
    QTest::addRow("500") << 500 << ""_ba
                         << ""_ba << failed << u"http.500"_s;
    QTest::addRow("400 without a word") << 400 << ""_ba
                                        << ""_ba << failed << u"http.400"_s;
    QTest::addRow("redirect elsewhere") << 302 << ""_ba
                                        << ""_ba << failed << u"fhir.redirected"_s;
    QTest::addRow("HTML with 200") << 200 << "<html>Log in</html>"_ba
                                   << ""_ba << failed << u"fhir.html"_s;
    QTest::addRow("garbage with 200") << 200 << "\x01\x02"_ba
                                      << ""_ba << failed << u"fhir.not-a-bundle"_s;
}

void TestConnectionAnswers::fhirAnswers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, challenge);
    QFETCH(TestStepState, state);
    QFETCH(QString, code);
    FlowFixture flow;
    flow.configuration().grant().metadata().search(status, body, {{"WWW-Authenticate", challenge}});
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QCOMPARE(nameOf(report.steps[4].state), nameOf(state));
    QCOMPARE(report.steps[4].code, code);
    QVERIFY(report.token.has_value());
    if (state == TestStepState::Failed && status != 404 && status < 500 && !code.startsWith(u"http.") &&
        code != u"fhir.not-a-bundle" && code != u"fhir.redirected")
        QVERIFY2(!report.diagnosis.isEmpty(), "nothing to go on");
}

void TestConnectionAnswers::metadataTrouble_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("404") << 404 << ""_ba;
    QTest::addRow("401") << 401 << ""_ba;
    QTest::addRow("XML") << 200 << R"(<CapabilityStatement xmlns="http://hl7.org/fhir"/>)"_ba;
    QTest::addRow("R5") << 200 << R"({"resourceType":"CapabilityStatement","fhirVersion":"5.0.0"})"_ba;
}

void TestConnectionAnswers::metadataTrouble()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    FlowFixture flow;
    flow.configuration().grant();
    flow.transport.expect("GET", flow.metadataUrl, reply(status, body));
    flow.search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(report.passed);
    QCOMPARE(report.steps[4].state, TestStepState::Warning);
    QVERIFY(!report.steps[4].hint.isEmpty());
}

void TestConnectionAnswers::olderVersions_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("DSTU2") << R"({"resourceType":"Conformance","fhirVersion":"1.0.2"})"_ba;
    QTest::addRow("STU3") << R"({"resourceType":"CapabilityStatement","fhirVersion":"3.0.1"})"_ba;
}

void TestConnectionAnswers::olderVersions()
{
    QFETCH(QByteArray, body);
    FlowFixture flow;
    flow.configuration().grant();
    flow.transport.expect("GET", flow.metadataUrl, reply(200, body));
    flow.search();
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    QVERIFY(!report.passed);
    QCOMPARE(report.steps[4].code, u"fhir.version"_s);
    QCOMPARE(report.diagnosis.value(0).id, u"fhir-version"_s);
}

void TestConnectionAnswers::echoedSecretsAreHidden()
{
    FlowFixture flow;
    flow.configuration().grant().metadata();
    flow.search(401, "Unknown token " + flow.secretToken + " or " + flow.secretToken.toPercentEncoding(),
                {{"X-Echo", flow.secretToken}});
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);

    // A server that sends the whole assertion back in its refusal.
    FlowFixture other;
    other.configuration();
    other.transport.expect("POST", other.tokenUrl,
                           [](const HttpRequest &request, const std::stop_token &) -> Result<HttpReply> {
                               HttpReply reply;
                               reply.status = 400;
                               const QByteArray jwt = request.body.sliced(request.body.lastIndexOf('=') + 1);
                               const QByteArray signature = jwt.sliced(jwt.lastIndexOf('.') + 1);
                               reply.body = R"({"error":"invalid_client","error_description":"bad )" + jwt +
                                            " signature " + signature + R"("})";
                               return reply;
                           });
    const TestReport refused = other.run();
    VERIFY_FLOW(other);
    QCOMPARE(refused.failedStep()->code, u"invalid_client"_s);
}

void TestConnectionAnswers::patientsAreNotReported_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("stays"); ///< what the report still has to say of it
    QTest::addRow("Bundle")
        << R"({"resourceType":"Bundle","type":"searchset","total":41,"link":[{"relation":"next","url":"https://fhir.example.test/Patient?family=Quince"}],"entry":[{"fullUrl":"https://fhir.example.test/Patient/mrn-4711","resource":{"resourceType":"Patient","id":"mrn-4711","name":[{"family":"Quince"}]},"search":{"mode":"match"}}]})"_ba
        << uR"("total":41)"_s;
    QTest::addRow("with an outcome")
        << R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","name":[{"family":"Quince"}]}},{"search":{"mode":"outcome"},"resource":{"resourceType":"OperationOutcome","issue":[{"diagnostics":"partly hidden"}]}}]})"_ba
        << u"partly hidden"_s;
    QTest::addRow("a resource for a Bundle")
        << R"({"resourceType" : "Patient", "id": "mrn-4711", "name": [{"family": "Quince"}]})"_ba
        << uR"("resourceType":"Patient")"_s;
    QTest::addRow("cut off") << R"({"resourceType":"Bundle","entry":[{"resource":{"name":[{"family":"Quince"}])"_ba
                             << u"damaged FHIR"_s;
    QTest::addRow("XML")
        << R"(<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><family value="Quince"/></Bundle>)"_ba
        << u"FHIR in XML"_s;
}

void TestConnectionAnswers::patientsAreNotReported()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, stays);
    FlowFixture flow;
    flow.configuration().grant().metadata().search(200, body);
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    const QString told = report.steps[4].exchanges.constLast().response->body;
    QVERIFY2(told.contains(stays), qPrintable(told));
    for (const QString &text : {QString::fromUtf8(QJsonDocument(toJson(report)).toJson()), toMarkdown(report)}) {
        QVERIFY2(!text.contains(u"Quince"), qPrintable(text));
        QVERIFY2(!text.contains(u"mrn-4711"), qPrintable(text));
    }
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestConnectionAnswers)
#include "tst_connectionanswers.moc"
