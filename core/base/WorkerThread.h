// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace credenza
{

/// One thread that runs pieces of work one after the other, for things that belong to a thread: a Vault and its
/// database connection. Destroying it runs what is queued to the end (a save is never dropped) and joins.
class WorkerThread
{
public:
    WorkerThread();
    ~WorkerThread();
    Q_DISABLE_COPY_MOVE(WorkerThread)

    /// Queues `work`; hands its Result to `done` on the thread of `context` unless that has been destroyed by then.
    template <typename T>
    void run(QObject *context, std::function<Result<T>()> work, std::function<void(Result<T>)> done)
    {
        QPointer<QObject> guard(context);
        post([this, guard, work = std::move(work), done = std::move(done)]() mutable {
            auto result = std::make_shared<Result<T>>(work());
            work = nullptr;
            deliver(guard, [result, done = std::move(done)] { done(std::move(*result)); });
        });
    }

    /// Queues `work` with nothing to report.
    void post(std::function<void()> work);

private:
    void loop(const std::stop_token &stop);
    static void deliver(const QPointer<QObject> &guard, std::function<void()> call);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<std::function<void()>> m_queue;
    std::jthread m_thread;
};

} // namespace credenza
