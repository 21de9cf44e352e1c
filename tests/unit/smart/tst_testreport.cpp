// SPDX-License-Identifier: Apache-2.0
// The shape of a result that scripts and support teams rely on (cli.md, "The result of a test").
#include "tests/unit/smart/TestSubjects.h"

#include "core/smart/KeptReport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestTestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jsonOfAPassedTest();
    void jsonOfAFailedTest();
    void keptAndReadAgain();
    void markdown();
    void markdownCantBeBrokenOutOf();
};

void TestTestReport::jsonOfAPassedTest()
{
    FlowFixture flow;
    flow.configuration().grant().metadata().search();
    const QJsonObject json = toJson(flow.run());
    VERIFY_FLOW(flow);
    QCOMPARE(json[u"credential"].toString(), flow.draft.name);
    QCOMPARE(json[u"passed"], QJsonValue(true));
    QCOMPARE(json[u"startedAt"].toString(), u"2025-11-23T14:09:31.000Z"_s);
    QCOMPARE(json[u"diagnosis"], QJsonValue(QJsonArray()));
    QCOMPARE(json[u"token"],
             QJsonValue(QJsonObject{
                 {u"type"_s, u"Bearer"_s}, {u"expiresIn"_s, 3600}, {u"scopes"_s, QJsonArray{u"system/Patient.rs"_s}}}));
    const QJsonArray steps = json[u"steps"].toArray();
    QCOMPARE(steps.size(), 5);
    const QStringList ids{u"validate"_s, u"discover"_s, u"sign"_s, u"token"_s, u"fhir"_s};
    for (int i = 0; i < 5; ++i) {
        const QJsonObject step = steps[i].toObject();
        QCOMPARE(step[u"id"].toString(), ids[i]);
        QCOMPARE(step[u"state"].toString(), u"passed"_s);
        QVERIFY(step[u"milliseconds"].isDouble());
        QVERIFY(step[u"summary"].isString());
        QVERIFY(step.contains(u"request") && step.contains(u"response"));
    }
    const QJsonObject token = steps[3].toObject();
    QCOMPARE(token[u"request"][u"method"].toString(), u"POST"_s);
    QCOMPARE(token[u"request"][u"url"].toString(), flow.tokenUrl);
    QCOMPARE(token[u"request"][u"headers"][u"Accept"].toString(), u"application/json"_s);
    QVERIFY(token[u"request"][u"body"].toString().endsWith(u".‹redacted›"_s));
    QCOMPARE(token[u"response"][u"status"].toInt(), 200);
    QVERIFY(token[u"response"][u"body"].toString().contains(u"\"access_token\":\"‹redacted›\""_s));
    const QJsonObject fhir = steps[4].toObject();
    QCOMPARE(fhir[u"request"][u"url"].toString(), flow.searchUrl);
    QCOMPARE(fhir[u"request"][u"headers"][u"Authorization"].toString(), u"Bearer ‹redacted›"_s);
    QVERIFY(steps[0].toObject()[u"request"].isNull());
}

void TestTestReport::jsonOfAFailedTest()
{
    FlowFixture flow;
    flow.configuration().refusal(400, R"({"error":"invalid_client","error_description":null})");
    const QJsonObject json = toJson(flow.run());
    VERIFY_FLOW(flow);
    QCOMPARE(json[u"passed"], QJsonValue(false));
    QVERIFY(json[u"token"].isNull());
    QCOMPARE(json[u"steps"][3][u"code"].toString(), u"invalid_client"_s);
    QCOMPARE(json[u"steps"][4][u"state"].toString(), u"skipped"_s);
    const QJsonArray diagnosis = json[u"diagnosis"].toArray();
    QVERIFY(!diagnosis.isEmpty());
    for (const QJsonValue &cause : diagnosis) {
        QVERIFY(!cause[u"cause"].toString().isEmpty());
        QVERIFY((QStringList{u"certain"_s, u"likely"_s, u"possible"_s}).contains(cause[u"likelihood"].toString()));
        QVERIFY(!cause[u"evidence"].toString().isEmpty());
        QVERIFY(!cause[u"fix"].toString().isEmpty());
    }
}

void TestTestReport::keptAndReadAgain()
{
    FlowFixture flow;
    flow.configuration();
    flow.transport.expect("POST", flow.tokenUrl,
                          reply(400, R"({"error":"invalid_scope","more":")" + QByteArray(9000, 'x') + "\"}",
                                {{"Content-Type", "application/json"}}));
    const TestReport report = flow.run();
    const QJsonObject kept = keptForm(report);
    QVERIFY(QJsonDocument(kept).toJson().size() < 40'000);
    // By way of text, as the vault keeps it.
    const auto read = reportFromKept(QJsonDocument::fromJson(QJsonDocument(kept).toJson()).object());
    QVERIFY(read.has_value());
    QCOMPARE(read->startedAt, report.startedAt);
    QCOMPARE(read->passed, report.passed);
    QCOMPARE(read->failedStep()->id, report.failedStep()->id);
    QCOMPARE(read->failedStep()->summary, report.failedStep()->summary);
    QCOMPARE(read->diagnosis.size(), report.diagnosis.size());
    QCOMPARE(read->diagnosis.first().id, report.diagnosis.first().id);
    QCOMPARE(read->diagnosis.first().likelihood, report.diagnosis.first().likelihood);
    QCOMPARE(read->ruledOut, report.ruledOut);
    QCOMPARE(read->failedStep()->exchanges.last().response->status, 400);
    QVERIFY(read->failedStep()->exchanges.last().response->body.size() < 3000);
    QCOMPARE(keptForm(*read).value(u"diagnosis"), kept.value(u"diagnosis"));
    QVERIFY(!reportFromKept({}).has_value());
    QVERIFY(!reportFromKept({{u"steps"_s, 1}, {u"startedAt"_s, u"never"_s}}).has_value());
}

void TestTestReport::markdown()
{
    FlowFixture flow;
    flow.configuration().refusal(400, R"({"error":"invalid_client","error_description":null})");
    const TestReport report = flow.run();
    VERIFY_FLOW(flow);
    const QString text = toMarkdown(report);
    for (const QString &part : {flow.tokenUrl, flow.draft.clientId, flow.draft.key->thumbprint, u"invalid_client"_s,
                                u"\"aud\""_s, u"\"exp\""_s, u"RS384"_s, u"Ruled out"_s, u"+0.5 s"_s})
        QVERIFY2(text.contains(part), qPrintable(part));
    QCOMPARE(text.count(u"```"_s) % 2, 0);
}

void TestTestReport::markdownCantBeBrokenOutOf()
{
    FlowFixture flow;
    flow.draft.name = u"a | b [x](https://evil.test) <b>"_s;
    flow.configuration().refusal(400, "```\n# Ha\n````\n<script>alert(1)</script>");
    const TestReport report = flow.run();
    const QString text = toMarkdown(report);
    QVERIFY(!text.contains(u"[x](https://evil.test)"_s));
    QVERIFY(!text.section(u'\n', 0, 0).contains(u" <b>"_s));
    QVERIFY(text.contains(u"`````"_s)); // the fence is longer than any in the body
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestTestReport)
#include "tst_testreport.moc"
