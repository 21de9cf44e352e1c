// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <atomic>
#include <csignal>
#include <semaphore>
#include <stop_token>
#include <thread>

namespace credenza::cli
{

/// Turns SIGINT, SIGTERM and SIGHUP into a stop request, and ends the process if that is not followed in a moment.
///
/// A thread of its own waits for the signals, so nothing here runs in a signal handler. Make it first thing in main():
/// threads started earlier would take the signals with their default effect. SIGPIPE is ignored; writing fails instead.
class Interrupt
{
public:
    Interrupt();
    ~Interrupt();
    Q_DISABLE_COPY_MOVE(Interrupt)

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }
    /// 128 + the signal that came, 0 if none has.
    [[nodiscard]] int exitStatus() const { return m_exitStatus; }

private:
    void wait();

    sigset_t m_signals{};
    std::stop_source m_stop;
    std::atomic<int> m_exitStatus = 0;
    std::atomic<bool> m_isOver = false;
    std::binary_semaphore m_over{0};
    std::thread m_thread;
};

} // namespace credenza::cli
