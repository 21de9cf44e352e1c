// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"

#include <vector>

namespace credenza
{

/// Jobs that may overlap: a new one does not wait for those before it, which are only asked to stop. Make it the last
/// member, so that all of them have ended before what they touch goes.
class RunningJobs
{
public:
    /// Asks those before it to stop, and keeps `job` until it has ended.
    void replace(BackgroundJob job)
    {
        for (BackgroundJob &before : m_jobs)
            before.cancel();
        add(std::move(job));
    }
    void add(BackgroundJob job)
    {
        std::erase_if(m_jobs, [](const BackgroundJob &one) { return !one.isRunning(); });
        m_jobs.push_back(std::move(job));
    }
    void cancel()
    {
        for (BackgroundJob &job : m_jobs)
            job.cancel();
    }

private:
    std::vector<BackgroundJob> m_jobs;
};

} // namespace credenza
