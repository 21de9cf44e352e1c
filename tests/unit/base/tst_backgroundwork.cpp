// SPDX-License-Identifier: Apache-2.0
#include "core/base/BackgroundJob.h"
#include "core/base/WorkerThread.h"
#include "tests/support/ResultMacros.h"

#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace credenza;

/// Work on other threads: answers come home, a stop is heard at once, nothing comes after the end.
class BackgroundWorkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void deliversOnTheCallersThread();
    void cancelsAndStillAnswers();
    void deliversNothingOnceDestroyed();
    void canBeReplacedByItsOwnAnswer();
    void workerKeepsTheOrder();
    void workerEndsWhatIsQueued();
    void workerForgetsDeadContexts();
};

namespace
{

/// Blocks until the stop is requested.
Result<int> waitForStop(std::stop_token stop)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait(lock, std::move(stop), [] { return false; });
    return cancelled();
}

} // namespace

void BackgroundWorkTest::deliversOnTheCallersThread()
{
    int answer = 0;
    bool isHome = false;
    std::atomic<bool> wasElsewhere = false;
    const QThread *home = QThread::currentThread();
    const BackgroundJob job = runInBackground<int>(
        this,
        [home, &wasElsewhere](std::stop_token) -> Result<int> {
            wasElsewhere = QThread::currentThread() != home;
            return 42;
        },
        [&](Result<int> result) {
            isHome = QThread::currentThread() == home;
            answer = result.value_or(-1);
        });
    QVERIFY(job.isRunning());
    QTRY_COMPARE(answer, 42);
    QVERIFY(isHome);
    QVERIFY(wasElsewhere);
    QVERIFY(!job.isRunning());
}

void BackgroundWorkTest::cancelsAndStillAnswers()
{
    std::optional<Result<int>> answer;
    BackgroundJob job =
        runInBackground<int>(this, waitForStop, [&answer](Result<int> result) { answer = std::move(result); });
    job.cancel();
    QTRY_VERIFY(answer.has_value());
    QVERIFY_FAILS(*answer, "cancelled");
}

void BackgroundWorkTest::deliversNothingOnceDestroyed()
{
    bool answered = false;
    {
        const BackgroundJob job =
            runInBackground<int>(this, waitForStop, [&answered](const Result<int> &) { answered = true; });
    }
    // Its queued answer, if there were one, would stand before this one.
    bool reached = false;
    QMetaObject::invokeMethod(
        this, [&reached] { reached = true; }, Qt::QueuedConnection);
    QTRY_VERIFY(reached);
    QVERIFY(!answered);
}

void BackgroundWorkTest::canBeReplacedByItsOwnAnswer()
{
    BackgroundJob job;
    int rounds = 0;
    std::function<void()> again = [&] {
        job = runInBackground<int>(
            this, [](std::stop_token) -> Result<int> { return 1; },
            [&](const Result<int> &) {
                if (++rounds < 5)
                    again();
            });
    };
    again();
    QTRY_COMPARE(rounds, 5);
}

void BackgroundWorkTest::workerKeepsTheOrder()
{
    WorkerThread worker;
    QList<int> answers;
    for (int i = 0; i < 50; ++i)
        worker.run<int>(
            this, [i]() -> Result<int> { return i; },
            [&answers](const Result<int> &result) { answers << result.value_or(-1); });
    QTRY_COMPARE(answers.size(), 50);
    QVERIFY(std::ranges::is_sorted(answers));
}

void BackgroundWorkTest::workerEndsWhatIsQueued()
{
    std::atomic<int> done = 0;
    {
        WorkerThread worker;
        for (int i = 0; i < 20; ++i)
            worker.post([&done] { ++done; });
    }
    QCOMPARE(done.load(), 20);
}

void BackgroundWorkTest::workerForgetsDeadContexts()
{
    bool answered = false;
    bool reached = false;
    WorkerThread worker;
    auto context = std::make_unique<QObject>();
    worker.run<int>(
        context.get(), []() -> Result<int> { return 1; }, [&answered](const Result<int> &) { answered = true; });
    context.reset();
    worker.run<int>(
        this, []() -> Result<int> { return 2; }, [&reached](const Result<int> &) { reached = true; });
    QTRY_VERIFY(reached);
    QVERIFY(!answered);
}

QTEST_GUILESS_MAIN(BackgroundWorkTest)
#include "tst_backgroundwork.moc"
