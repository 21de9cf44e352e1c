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

namespace
{

sigset_t stopSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

} // namespace

void holdStopSignals()
{
    const sigset_t set = stopSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

void waitForStop(bool withParent)
{
    const sigset_t set = stopSignals();
    // A process descriptor instead of PR_SET_PDEATHSIG, which fires when the parent's *thread* ends.
    std::array<pollfd, 2> waited{pollfd{::signalfd(-1, &set, SFD_CLOEXEC), POLLIN, 0},
                                 pollfd{withParent ? ::pidfd_open(::getppid(), 0) : -1, POLLIN, 0}};
    while (::poll(waited.data(), waited.size(), -1) < 0 && errno == EINTR) {
    }
    for (const pollfd &one : waited) {
        if (one.fd >= 0)
            ::close(one.fd);
    }
}

} // namespace credenza::sandbox
