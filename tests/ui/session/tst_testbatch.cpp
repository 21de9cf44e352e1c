// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ResultMacros.h"
#include "tests/ui/session/SessionFixture.h"
#include "ui/session/TestBatch.h"

#include <QSignalSpy>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

constexpr int patience = 10'000;

} // namespace

/// "Test all" and "Retry until accepted" against a server in memory.
class TestTestBatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void testsEachOnce();
    void countsFailures();
    void fewAtATimeAndCancelled();
    void lockEndsIt();
    void retriesUntilAccepted();

private:
    static QList<QUuid> fill(SessionFixture &fixture, int count);
};

QList<QUuid> TestTestBatch::fill(SessionFixture &fixture, int count)
{
    QList<QUuid> ids;
    if (!fixture.create())
        return ids;
    for (int i = 0; i < count; ++i) {
        if (const auto saved = fixture.save(sampleDraft(u"C %1"_s.arg(i))))
            ids.append(saved->id);
    }
    return ids;
}

void TestTestBatch::testsEachOnce()
{
    SessionFixture fixture;
    const QList<QUuid> ids = fill(fixture, 7);
    QCOMPARE(ids.size(), 7);
    TestBatch batch(fixture.session);
    QList<BatchSummary> steps;
    connect(&batch, &TestBatch::progressed, this, [&](const BatchSummary &summary) { steps.append(summary); });
    BatchSummary end;
    connect(&batch, &TestBatch::finished, this, [&](const BatchSummary &summary) { end = summary; });
    batch.start(ids);
    QVERIFY(batch.isRunning());
    batch.start(ids); // a second one changes nothing
    QTRY_COMPARE_WITH_TIMEOUT(end.total, 7, patience);
    QCOMPARE(end.passed, 7);
    QCOMPARE(end.failed, 0);
    QVERIFY(!batch.isRunning());
    QCOMPARE(steps.size(), 8);
    QCOMPARE(fixture.server->tokenRequests.load(), 7);
    for (const QUuid &id : ids)
        QTRY_VERIFY(fixture.session.credential(id)->lastTest.has_value());
}

void TestTestBatch::countsFailures()
{
    SessionFixture fixture;
    const QList<QUuid> ids = fill(fixture, 2);
    fixture.server->mode = FakeServer::Mode::RefusesClient;
    TestBatch batch(fixture.session);
    BatchSummary end;
    connect(&batch, &TestBatch::finished, this, [&](const BatchSummary &summary) { end = summary; });
    batch.start(ids + QList<QUuid>{QUuid::createUuid()}); // one that is gone
    QTRY_COMPARE_WITH_TIMEOUT(end.total, 3, patience);
    QCOMPARE(end.failed, 2);
    QCOMPARE(end.cancelled, 1);
    QCOMPARE(end.failedIds.size(), 2);
}

void TestTestBatch::fewAtATimeAndCancelled()
{
    SessionFixture fixture;
    const QList<QUuid> ids = fill(fixture, 6);
    fixture.server->mode = FakeServer::Mode::Hangs;
    TestBatch batch(fixture.session);
    BatchSummary end;
    connect(&batch, &TestBatch::finished, this, [&](const BatchSummary &summary) { end = summary; });
    batch.start(ids);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.server->tokenRequests.load(), TestBatch::atOnce, patience);
    batch.cancel();
    QTRY_COMPARE_WITH_TIMEOUT(end.total, 6, patience);
    QCOMPARE(end.cancelled, 6);
    QCOMPARE(fixture.server->tokenRequests.load(), TestBatch::atOnce);
}

void TestTestBatch::lockEndsIt()
{
    SessionFixture fixture;
    const QList<QUuid> ids = fill(fixture, 2);
    fixture.server->mode = FakeServer::Mode::Hangs;
    TestBatch batch(fixture.session);
    QSignalSpy finished(&batch, &TestBatch::finished);
    batch.start(ids);
    QTRY_COMPARE_WITH_TIMEOUT(fixture.server->tokenRequests.load(), 2, patience);
    fixture.session.lock();
    QCOMPARE(finished.count(), 1);
    QVERIFY(!batch.isRunning());
}

void TestTestBatch::retriesUntilAccepted()
{
    SessionFixture fixture;
    const QList<QUuid> ids = fill(fixture, 1);
    QCOMPARE(ids.size(), 1);
    fixture.server->mode = FakeServer::Mode::RefusesClient;
    int waits = 0;
    connect(&fixture.session, &VaultSession::testWaiting, this,
            [&](const QUuid &id, const TestReport &lastTry, const RetryWait &wait) {
                QCOMPARE(id, ids.constFirst());
                QVERIFY(!lastTry.passed);
                QVERIFY(wait.nextAt.isValid() && wait.givesUpAt > wait.nextAt);
                ++waits;
            });
    QSignalSpy finished(&fixture.session, &VaultSession::testFinished);
    fixture.session.testSavedAs(ids.constFirst(), TestWay::UntilAccepted);
    QTRY_COMPARE_WITH_TIMEOUT(waits, 1, patience);
    QVERIFY(fixture.session.isTesting(ids.constFirst()));
    QCOMPARE(finished.count(), 0);
    fixture.session.cancelTest(ids.constFirst()); // ends the waiting at once
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, patience);
    QVERIFY(!fixture.session.isTesting(ids.constFirst()));
}

QTEST_MAIN(TestTestBatch)
#include "tst_testbatch.moc"
