// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/GapMeter.h"

#include <QElapsedTimer>
#include <QEventLoop>

#include <algorithm>

#include <time.h>

namespace credenza::test
{

namespace
{

double milliseconds(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

constexpr int beatsAfterwards = 20;

} // namespace

GapMeter::GapMeter()
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &GapMeter::beat);
}

void GapMeter::beat()
{
    const double wall = milliseconds(CLOCK_MONOTONIC);
    const double computed = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    m_wall = std::max(m_wall, wall - m_lastWall);
    m_computed = std::max(m_computed, computed - m_lastComputed);
    m_lastWall = wall;
    m_lastComputed = computed;
}

bool GapMeter::run(const std::function<void()> &deed, const std::function<bool()> &isDone, int seconds)
{
    m_wall = 0;
    m_computed = 0;
    m_lastWall = milliseconds(CLOCK_MONOTONIC);
    m_lastComputed = milliseconds(CLOCK_THREAD_CPUTIME_ID);
    deed();
    beat();
    QEventLoop loop;
    int left = beatsAfterwards;
    const double end = m_lastWall + seconds * 1e3;
    bool isInTime = true;
    const auto check = connect(&m_timer, &QTimer::timeout, &loop, [&] {
        isInTime = m_lastWall < end;
        if ((isDone() && --left < 0) || !isInTime)
            loop.quit();
    });
    m_timer.start();
    loop.exec();
    m_timer.stop();
    disconnect(check);
    return isInTime;
}

} // namespace credenza::test
