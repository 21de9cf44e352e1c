// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ParallelTests.h"

#include "core/net/SharedAnswers.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace credenza::cli
{

namespace
{

/// The two queues between the thread that owns the vault and those that test.
class TestQueue
{
public:
    struct Task {
        std::size_t number;
        TestSubject subject;
    };
    struct Answer {
        std::size_t number;
        TestReport report;
    };

    void push(Task task)
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
        m_taskWaits.notify_one();
    }

    /// Nothing when the workers are to end.
    std::optional<Task> pop(const std::stop_token &end)
    {
        std::unique_lock lock(m_mutex);
        if (!m_taskWaits.wait(lock, end, [this] { return !m_tasks.empty(); }))
            return {};
        Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        return task;
    }

    void answer(Answer answer)
    {
        const std::scoped_lock lock(m_mutex);
        m_answers.push_back(std::move(answer));
        m_answerWaits.notify_one();
    }

    Answer waitForAnswer()
    {
        std::unique_lock lock(m_mutex);
        m_answerWaits.wait(lock, [this] { return !m_answers.empty(); });
        Answer answer = std::move(m_answers.front());
        m_answers.pop_front();
        return answer;
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_taskWaits;
    std::condition_variable m_answerWaits;
    std::deque<Task> m_tasks;
    std::deque<Answer> m_answers;
};

/// What one server told any of the tests: its discovery is asked for and read once, not for each of its clients.
struct SharedKnowledge {
    SharedAnswers answers;
    StatementMemory statements;
};

void work(const std::stop_token &end, TestQueue &queue, const TestPlan &plan, SharedKnowledge &shared,
          CommandContext &context)
{
    const std::unique_ptr<HttpTransport> own = context.transportFactory()();
    SharingTransport transport(shared.answers, *own);
    const TestEnvironment environment{.transport = transport,
                                      .clock = context.clock(),
                                      .random = context.random(),
                                      .correctsClock = plan.correctsClock,
                                      .statements = &shared.statements};
    while (auto task = queue.pop(end)) {
        const std::size_t number = task->number;
        const auto progress = [&plan, number](const TestReport &report) {
            if (plan.progress)
                plan.progress(number, report);
        };
        queue.answer({number, runConnectionTest(task->subject, environment, context.stop(), progress)});
    }
}

} // namespace

Result<void> runTests(const TestPlan &plan, CommandContext &context)
{
    TestQueue queue;
    SharedKnowledge shared;
    const std::size_t workerCount = std::min(plan.count, static_cast<std::size_t>(std::max(plan.jobs, 1)));
    std::vector<std::jthread> workers;
    workers.reserve(workerCount);
    for (std::size_t i = 0; i < workerCount; ++i)
        workers.emplace_back([&](const std::stop_token &end) { work(end, queue, plan, shared, context); });

    std::size_t running = 0;
    const auto takeAnswer = [&] {
        TestQueue::Answer answer = queue.waitForAnswer();
        --running;
        if (!context.stop().stop_requested())
            plan.finished(answer.number, std::move(answer.report));
    };
    for (std::size_t next = 0; next < plan.count && !context.stop().stop_requested(); ++next) {
        // A key is opened only when its test can start, so that few are open at any time.
        while (running >= workerCount)
            takeAnswer();
        auto subject = plan.subject(next);
        if (!subject) {
            plan.finished(next, Failure(std::move(subject).error()));
            continue;
        }
        queue.push({next, std::move(*subject)});
        ++running;
    }
    while (running > 0)
        takeAnswer();
    if (context.stop().stop_requested())
        return cancelled();
    return {};
}

} // namespace credenza::cli
