// SPDX-License-Identifier: Apache-2.0
#include "core/smart/RetryUntilAccepted.h"

#include "tests/unit/smart/TestSubjects.h"

#include <QSet>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza::test
{

namespace
{

const QByteArray refusalBody = R"({"error":"invalid_client","error_description":null})";

/// The repeated test of a flow, with a pause that only moves the clock.
struct Repeated {
    FlowFixture flow;
    QList<std::chrono::milliseconds> pauses;
    QList<RetryWait> waits;
    std::stop_source stop;

    TestReport run(const RetrySchedule &schedule, int stopAfter = 100)
    {
        TestSubject subject;
        subject.draft = flow.draft;
        subject.key = testKey()->imported->key;
        const TestEnvironment environment{.transport = flow.transport, .clock = flow.clock, .random = flow.random,
                                          .probesFailures = false};
        return retryUntilAccepted(
            subject, environment, schedule, stop.get_token(), {},
            [this](const TestReport &, const RetryWait &wait) { waits.append(wait); },
            [this, stopAfter](std::chrono::milliseconds time, const std::stop_token &token) {
                pauses.append(time);
                flow.clock.advance(time);
                if (pauses.size() == stopAfter)
                    stop.request_stop();
                return !token.stop_requested();
            });
    }
};

} // namespace

class TestRetry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void untilAccepted();
    void backsOff();
    void givesUp();
    void endsWhereWaitingIsNoUse();
    void cancelled();
    void pauses();
};

void TestRetry::untilAccepted()
{
    Repeated repeated;
    for (int i = 0; i < 3; ++i)
        repeated.flow.configuration().refusal(400, refusalBody);
    repeated.flow.configuration().grant().metadata().search();
    const TestReport report = repeated.run({.giveUpAfter = 2h});
    QVERIFY2(repeated.flow.transport.isDone(), repeated.flow.transport.faults().constData());
    QVERIFY(report.passed);
    QCOMPARE(repeated.pauses, (QList<std::chrono::milliseconds>{30s, 60s, 120s}));
    QCOMPARE(repeated.waits.size(), 3);
    QCOMPARE(repeated.waits.last().tries, 3);
    // Every try signs anew: no assertion is ever sent twice.
    QSet<QByteArray> assertions;
    for (const HttpRequest &request : repeated.flow.transport.requests()) {
        if (request.method == "POST")
            assertions.insert(request.body);
    }
    QCOMPARE(assertions.size(), 4);
}

void TestRetry::backsOff()
{
    const RetrySchedule schedule = retryScheduleFor(u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s);
    QCOMPARE(schedule.delayBefore(2), 30s);
    QCOMPARE(schedule.delayBefore(3), 60s);
    QCOMPARE(schedule.delayBefore(6), 480s);
    QCOMPARE(schedule.delayBefore(7), 600s);
    QCOMPARE(schedule.delayBefore(1000), 600s);
    QCOMPARE(schedule.giveUpAfter, std::chrono::seconds(2h));
    QCOMPARE(retryScheduleFor(u"https://hospital.example.org/FHIR/R4"_s).giveUpAfter, std::chrono::seconds(25h));
}

void TestRetry::givesUp()
{
    Repeated repeated;
    for (int i = 0; i < 2; ++i)
        repeated.flow.configuration().refusal(400, refusalBody);
    const TestReport report = repeated.run({.giveUpAfter = 80s}); // 30 s are waited, 60 more would be too much
    QVERIFY(!report.passed);
    QCOMPARE(repeated.pauses.size(), 1);
    QVERIFY2(repeated.flow.transport.isDone(), repeated.flow.transport.faults().constData());
}

void TestRetry::endsWhereWaitingIsNoUse()
{
    Repeated repeated;
    repeated.flow.configuration().refusal(400, R"({"error":"invalid_scope"})");
    QVERIFY(!repeated.run({.giveUpAfter = 2h}).passed);
    QVERIFY(repeated.pauses.isEmpty());
    Repeated invalid;
    invalid.flow.draft.clientId.clear();
    QVERIFY(!invalid.run({.giveUpAfter = 2h}).passed);
    QVERIFY(invalid.pauses.isEmpty());
}

void TestRetry::cancelled()
{
    Repeated repeated;
    for (int i = 0; i < 2; ++i)
        repeated.flow.configuration().refusal(400, refusalBody);
    const TestReport report = repeated.run({.giveUpAfter = 2h}, 2);
    QVERIFY(!report.passed);
    QCOMPARE(repeated.pauses.size(), 2);
    QVERIFY2(repeated.flow.transport.isDone(), repeated.flow.transport.faults().constData());
}

void TestRetry::pauses()
{
    QVERIFY(pauseFor(1ms, {}));
    std::stop_source stop;
    stop.request_stop();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(!pauseFor(1h, stop.get_token()));
    QVERIFY(timer.elapsed() < 1000);
}

} // namespace credenza::test

QTEST_GUILESS_MAIN(credenza::test::TestRetry)
#include "tst_retry.moc"
