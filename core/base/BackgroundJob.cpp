// SPDX-License-Identifier: Apache-2.0
#include "core/base/BackgroundJob.h"

namespace credenza
{

BackgroundJob &BackgroundJob::operator=(BackgroundJob &&other) noexcept
{
    if (this != &other) {
        abandon();
        m_state = std::move(other.m_state);
        m_thread = std::move(other.m_thread);
    }
    return *this;
}

BackgroundJob::~BackgroundJob()
{
    abandon();
}

void BackgroundJob::cancel()
{
    m_thread.request_stop();
}

bool BackgroundJob::isRunning() const
{
    return m_state && !m_state->delivered;
}

void BackgroundJob::abandon()
{
    if (m_state)
        m_state->abandoned = true;
    if (m_thread.joinable()) {
        m_thread.request_stop();
        // `done` may replace its own job: the work has returned by then, so this join is immediate.
        m_thread.join();
    }
    m_state.reset();
}

} // namespace credenza
