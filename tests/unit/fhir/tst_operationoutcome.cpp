// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/OperationOutcome.h"
#include "tests/support/SharedData.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza::test
{

class TestOperationOutcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void epicError();
    void epicOutcomesInsideBundles();
    void textAndFallbacks();
    void inBundles();
    void neither_data();
    void neither();
};

void TestOperationOutcome::epicError()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/error-search-with-unsupported-param.json");
    QFile file(sharedData(u"fhir-servers/epic/error-search-with-unsupported-param.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<OutcomeIssue> issues = outcomeIssues(file.readAll());
    QCOMPARE(issues.size(), 2);
    QCOMPARE(issues[0].vendorCode, u"59100"_s);
    QCOMPARE(issues[1].severity, u"fatal"_s);
    QCOMPARE(issues[1].code, u"business-rule"_s);
    QCOMPARE(issues[1].vendorCode, u"59159"_s);
    QCOMPARE(issues[1].diagnostics, u"This resource requires demographics or _id parameter for searching."_s);
}

void TestOperationOutcome::epicOutcomesInsideBundles()
{
    REQUIRE_SHARED_DATA("fhir-servers/epic/outcome-entries.ndjson");
    QFile file(sharedData(u"fhir-servers/epic/outcome-entries.ndjson"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    int lines = 0;
    while (!file.atEnd()) {
        const QList<OutcomeIssue> issues = outcomeIssues(file.readLine());
        QVERIFY(!issues.isEmpty());
        QVERIFY(std::ranges::all_of(issues, [](const OutcomeIssue &issue) { return !issue.vendorCode.isEmpty(); }));
        ++lines;
    }
    QVERIFY(lines > 0);
}

void TestOperationOutcome::textAndFallbacks()
{
    const auto issues = outcomeIssues(R"({"resourceType":"OperationOutcome","issue":[
        {"severity":"error","code":"required","details":{"text":"from text","coding":[{"code":"1","display":"from display"}]}},
        {"severity":"error","code":"required","details":{"coding":[{"code":"2","display":"from display"}]}},
        {}]})");
    QCOMPARE(issues.size(), 3);
    QCOMPARE(issues[0].text, u"from text"_s);
    QCOMPARE(issues[1].text, u"from display"_s);
    QVERIFY(issues[2].code.isEmpty());
}

void TestOperationOutcome::inBundles()
{
    const auto issues = outcomeIssues(R"({"resourceType":"Bundle","entry":[
        {"resource":{"resourceType":"Patient"}},
        {"resource":{"resourceType":"OperationOutcome","issue":[{"code":"suppressed"}]},"search":{"mode":"outcome"}},
        {"response":{"outcome":{"resourceType":"OperationOutcome","issue":[{"code":"not-found"}]}}}]})");
    QCOMPARE(issues.size(), 2);
    QCOMPARE(issues[0].code, u"suppressed"_s);
    QCOMPARE(issues[1].code, u"not-found"_s);
}

void TestOperationOutcome::neither_data()
{
    QTest::addColumn<QByteArray>("body");
    for (const char *body :
         {"", "null", "[]", "{}", "<html/>", R"({"resourceType":"Patient","issue":[{"code":"x"}]})",
          R"({"resourceType":"OperationOutcome","issue":"x"})", R"({"resourceType":"Bundle","entry":7})"})
        QTest::addRow("%.30s", body) << QByteArray(body);
}

void TestOperationOutcome::neither()
{
    QFETCH(QByteArray, body);
    QVERIFY(outcomeIssues(body).isEmpty());
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestOperationOutcome)
#include "tst_operationoutcome.moc"
