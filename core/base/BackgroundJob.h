// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QMetaObject>
#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <thread>
#include <utility>

namespace credenza
{

/// A running piece of synchronous work, started by runInBackground().
///
/// cancel() asks the work to stop; its answer (usually the "cancelled" Error) is still delivered. Destroying the handle
/// asks too, waits for the work to return, and delivers nothing more. Make it a member of the object that `done`
/// touches, declared last, so that it ends before that object does.
class BackgroundJob
{
public:
    BackgroundJob() = default;
    BackgroundJob(BackgroundJob &&) noexcept = default;
    BackgroundJob &operator=(BackgroundJob &&other) noexcept;
    ~BackgroundJob();

    void cancel();
    /// True from the start until the answer has been delivered.
    [[nodiscard]] bool isRunning() const;

private:
    struct State {
        std::atomic<bool> delivered{false};
        bool abandoned = false; // only touched on the context's thread
    };
    template <typename T>
    friend BackgroundJob runInBackground(QObject *context, std::function<Result<T>(std::stop_token)> work,
                                         std::function<void(Result<T>)> done);
    void abandon();

    std::shared_ptr<State> m_state;
    std::jthread m_thread;
};

/// Runs `work` on a thread of its own and hands its Result to `done` on the thread of `context`, whose event loop
/// must run. `work` owns all it uses. Call this on the thread of `context`.
template <typename T>
[[nodiscard]] BackgroundJob runInBackground(QObject *context, std::function<Result<T>(std::stop_token)> work,
                                            std::function<void(Result<T>)> done)
{
    BackgroundJob job;
    job.m_state = std::make_shared<BackgroundJob::State>();
    job.m_thread = std::jthread(
        [context, state = job.m_state, work = std::move(work), done = std::move(done)](std::stop_token stop) mutable {
            // shared_ptr: the queued call must be copyable for some of Qt's paths, a Result of a move-only T is not.
            auto result = std::make_shared<Result<T>>(work(std::move(stop)));
            work = nullptr; // captured secrets go before the answer arrives, on the thread that used them
            QMetaObject::invokeMethod(
                context,
                [state, result, done = std::move(done)] {
                    state->delivered = true;
                    if (!state->abandoned)
                        done(std::move(*result));
                },
                Qt::QueuedConnection);
        });
    return job;
}

} // namespace credenza
