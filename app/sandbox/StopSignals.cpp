// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/StopSignals.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

extern "C" { // glibc 2.36 forgot it in this header
#include <sys/pidfd.h>
}

namespace credenza::sandbox
{

StopSignals::StopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_signals = ::signalfd(-1, &set, SFD_CLOEXEC);
    // A process descriptor instead of PR_SET_PDEATHSIG, which fires when the parent's *thread* ends.
    m_parent = ::pidfd_open(::getppid(), 0);
}

StopSignals::~StopSignals()
{
    for (const int descriptor : {m_signals, m_parent}) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
}

void StopSignals::wait(bool withParent) const
{
    std::array<pollfd, 2> waited{pollfd{m_signals, POLLIN, 0}, pollfd{withParent ? m_parent : -1, POLLIN, 0}};
    while (::poll(waited.data(), waited.size(), -1) < 0 && errno == EINTR) {
    }
}

} // namespace credenza::sandbox
