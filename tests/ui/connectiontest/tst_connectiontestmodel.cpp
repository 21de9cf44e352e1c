// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/ConnectionTestModel.h"

#include <QJsonArray>
#include <QTest>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

const QDateTime now(QDate(2025, 11, 23), QTime(14, 10, 8), Qt::UTC);

TestReport reportWith(const QList<TestStepState> &states)
{
    static constexpr std::array ids{TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token,
                                    TestStepId::Fhir};
    TestReport report;
    report.startedAt = now;
    double start = 0;
    for (std::size_t i = 0; i < ids.size(); i++) {
        TestStep step;
        step.id = ids.at(i);
        step.state = states.at(static_cast<qsizetype>(i));
        if (step.state == TestStepState::Passed || step.state == TestStepState::Failed) {
            step.startMilliseconds = start;
            step.milliseconds = 100 * double(i + 1);
            start += step.milliseconds;
        }
        report.steps.append(step);
    }
    report.passed = std::ranges::all_of(states, [](TestStepState state) { return state == TestStepState::Passed; });
    return report;
}

using enum TestStepState;

} // namespace

class TestConnectionTestModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headline_data();
    void headline();
    void barsShareOneScale();
    void failureFoldsWhatWentWell();
    void cancelledBlamesNobody();
    void claimsSayIssEqualsSubOnce();
    void answerShowsWhatMatters();
    void hugeBodyIsCut();
    void atMostThreeCauses();
    void durations_data();
    void durations();
};

void TestConnectionTestModel::headline_data()
{
    QTest::addColumn<QList<TestStepState>>("states");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("subline");
    QTest::newRow("running") << QList{Passed, Running, Waiting, Waiting, Waiting} << QString()
                             << u"Testing the connection"_s << u"Step 2 of 5"_s;
    QTest::newRow("passed") << QList{Passed, Passed, Passed, Passed, Passed} << QString() << u"Connection works"_s
                            << u"5 of 5 steps in 1.50 s"_s;
    QTest::newRow("refused") << QList{Passed, Passed, Passed, Failed, Skipped} << u"invalid_client"_s
                             << u"Token refused: invalid_client"_s << u"Stopped at step 4 of 5"_s;
    QTest::newRow("no answer") << QList{Passed, Passed, Passed, Failed, Skipped} << u"net.timeout"_s
                               << u"No answer from the token endpoint"_s << u"Stopped at step 4 of 5"_s;
    QTest::newRow("not found") << QList{Passed, Failed, Skipped, Skipped, Skipped} << u"net.host-not-found"_s
                               << u"The server was not found"_s << u"Stopped at step 2 of 5"_s;
    QTest::newRow("cancelled") << QList{Passed, Failed, Skipped, Skipped, Skipped} << u"cancelled"_s
                               << u"Test cancelled"_s << u"Nothing was kept"_s;
}

void TestConnectionTestModel::headline()
{
    QFETCH(QList<TestStepState>, states);
    QFETCH(QString, code);
    QFETCH(QString, headline);
    QFETCH(QString, subline);
    TestReport report = reportWith(states);
    for (TestStep &step : report.steps) {
        if (step.state == Failed)
            step.code = code;
    }
    const ConnectionTestModel model = ConnectionTestModel::of(report, now);
    QCOMPARE(model.headline, headline);
    QVERIFY2(model.subline.startsWith(subline), qPrintable(model.subline));
}

void TestConnectionTestModel::barsShareOneScale()
{
    const ConnectionTestModel model =
        ConnectionTestModel::of(reportWith({Passed, Passed, Passed, Passed, Passed}), now);
    double end = 0;
    for (const TestStepText &step : model.steps) {
        QVERIFY(qAbs(step.barStart - end) < 1e-9); // each begins where the one before ended
        end = step.barStart + step.barLength;
    }
    QVERIFY(qAbs(end - 1) < 1e-9);
}

void TestConnectionTestModel::failureFoldsWhatWentWell()
{
    TestReport report = reportWith({Passed, Passed, Passed, Failed, Skipped});
    TestExchange exchange;
    exchange.request = {u"POST"_s, u"https://x/token"_s, {}, {}};
    exchange.response = RedactedResponse{400, u"Bad Request"_s, {}, u"{}"_s};
    report.steps[3].exchanges = {exchange, exchange};
    report.steps[3].code = u"invalid_client"_s;
    const ConnectionTestModel model = ConnectionTestModel::of(report, now);
    QVERIFY(model.steps.at(0).isSlim && model.steps.at(1).isSlim && model.steps.at(2).isSlim);
    QVERIFY(model.steps.at(3).opensByItself);
    QCOMPARE(model.steps.at(3).exchanges.size(), 1); // the same twice is told once
    QVERIFY(model.steps.at(3).exchanges.first().caption.contains(u'2'));
    exchange.response->status = 401;
    report.steps[3].exchanges.append(exchange);
    QCOMPARE(ConnectionTestModel::of(report, now).steps.at(3).exchanges.size(), 2);
    QVERIFY(model.steps.at(4).name.contains(u"not reached"));
    QVERIFY(model.curl.contains(u"https://x/token"));
}

void TestConnectionTestModel::cancelledBlamesNobody()
{
    TestReport report = reportWith({Passed, Failed, Skipped, Skipped, Skipped});
    report.steps[1].code = u"cancelled"_s;
    report.diagnosis = {{u"x"_s, Cause::Likelihood::Certain, u"x"_s, {}, {}, {}}};
    const ConnectionTestModel model = ConnectionTestModel::of(report, now);
    QCOMPARE(model.verdict, TestVerdict::Cancelled);
    QVERIFY(model.causes.isEmpty());
    QCOMPARE(model.steps.at(1).result, u"Cancelled"_s);
}

void TestConnectionTestModel::claimsSayIssEqualsSubOnce()
{
    TestReport report = reportWith({Passed, Passed, Passed, Passed, Passed});
    report.steps[2].details = {{u"header"_s, QJsonObject{{u"alg"_s, u"RS384"_s}, {u"typ"_s, u"JWT"_s}}},
                               {u"claims"_s, QJsonObject{{u"iss"_s, u"me"_s},
                                                         {u"sub"_s, u"me"_s},
                                                         {u"aud"_s, u"https://x/token"_s},
                                                         {u"exp"_s, 1763906971}}}};
    const QList<TestExchangeText> texts = ConnectionTestModel::of(report, now).steps.at(2).exchanges;
    QCOMPARE(texts.size(), 1);
    QCOMPARE(texts.first().second, u"\"iss\": \"me\", = sub\n\"aud\": \"https://x/token\",\n\"exp\": 1763906971"_s);
    QCOMPARE(texts.first().first, u"\"alg\": \"RS384\",\n\"typ\": \"JWT\""_s);
    report.steps[2].details[u"claims"_s] = QJsonObject{{u"iss"_s, u"me"_s}, {u"sub"_s, u"you"_s}};
    QVERIFY(ConnectionTestModel::of(report, now).steps.at(2).exchanges.first().second.contains(u"\"sub\": \"you\""));
}

void TestConnectionTestModel::answerShowsWhatMatters()
{
    TestReport report = reportWith({Passed, Passed, Passed, Failed, Skipped});
    TestExchange exchange;
    exchange.request = {u"POST"_s, u"https://x/token"_s, {}, {}};
    exchange.response = RedactedResponse{403,
                                         u"Forbidden"_s,
                                         {{u"WWW-Authenticate"_s, u"Bearer"_s},
                                          {u"X-One"_s, u"1"_s},
                                          {u"X-Two"_s, u"2"_s},
                                          {u"Date"_s, u"Sun, 23 Nov 2025 14:10:08 GMT"_s}},
                                         {}};
    report.steps[3].exchanges = {exchange};
    const TestExchangeText text = ConnectionTestModel::of(report, now).steps.at(3).exchanges.first();
    QCOMPARE(text.second,
             u"HTTP/1.1 403 Forbidden\nWWW-Authenticate: Bearer\n(no body)\n(3 more headers in the report)"_s);
    QCOMPARE(text.note, u"Date: 14:10:08 GMT"_s);
}

void TestConnectionTestModel::hugeBodyIsCut()
{
    TestReport report = reportWith({Passed, Failed, Skipped, Skipped, Skipped});
    TestExchange exchange;
    exchange.response = RedactedResponse{200, u"OK"_s, {}, QString(64 * 1024, u'x')};
    report.steps[1].exchanges = {exchange};
    const QString text = ConnectionTestModel::of(report, now).steps.at(1).exchanges.first().second;
    QVERIFY(text.size() < 10'000);
    QVERIFY(text.contains(u"more characters"));
}

void TestConnectionTestModel::atMostThreeCauses()
{
    TestReport report = reportWith({Passed, Passed, Passed, Failed, Skipped});
    for (int i = 0; i < 5; i++)
        report.diagnosis.append({u"x"_s, Cause::Likelihood::Likely, u"x"_s, {}, {}, u"clientId"_s});
    const ConnectionTestModel model = ConnectionTestModel::of(report, now);
    QCOMPARE(model.causes.size(), 3);
    QCOMPARE(model.causes.first().strengthWord, u"Possible"_s);
    QCOMPARE(model.causes.first().strength, 2);
    QCOMPARE(model.causes.first().field, std::optional(Field::ClientId));
}

void TestConnectionTestModel::durations_data()
{
    QTest::addColumn<double>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << 0.0 << u"0 ms"_s;
    QTest::newRow("less than one") << 0.2 << u"1 ms"_s;
    QTest::newRow("some") << 214.4 << u"214 ms"_s;
    QTest::newRow("seconds") << 1420.0 << u"1.42 s"_s;
}

void TestConnectionTestModel::durations()
{
    QFETCH(double, milliseconds);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale::c());
    QCOMPARE(elapsedText(milliseconds), text);
}

QTEST_GUILESS_MAIN(TestConnectionTestModel)
#include "tst_connectiontestmodel.moc"
