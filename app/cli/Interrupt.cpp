// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Interrupt.h"

#include <chrono>
#include <pthread.h>
#include <unistd.h>

namespace credenza::cli
{

namespace
{

/// Enough for a running flow to stop and for the terminal to get its echo back; what blocks longer (a slow disk, the
/// key derivation) is cut off, which every save survives.
constexpr std::chrono::milliseconds grace{400};

/// nohup ignores SIGHUP for its child, which must stay so.
bool isIgnored(int signal)
{
    struct sigaction action {
    };
    return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

Interrupt::Interrupt()
{
    std::signal(SIGPIPE, SIG_IGN);
    sigemptyset(&m_signals);
    sigaddset(&m_signals, SIGINT);
    sigaddset(&m_signals, SIGTERM);
    if (!isIgnored(SIGHUP))
        sigaddset(&m_signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    m_thread = std::thread([this] { wait(); });
}

Interrupt::~Interrupt()
{
    m_isOver = true;
    m_over.release();
    pthread_kill(m_thread.native_handle(), SIGTERM);
    m_thread.join();
}

void Interrupt::wait()
{
    int signal = 0;
    if (sigwait(&m_signals, &signal) != 0 || m_isOver)
        return;
    m_exitStatus = 128 + signal;
    m_stop.request_stop();
    if (!m_over.try_acquire_for(grace))
        _exit(m_exitStatus);
}

} // namespace credenza::cli
