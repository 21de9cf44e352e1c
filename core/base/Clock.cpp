// SPDX-License-Identifier: Apache-2.0
#include "core/base/Clock.h"

#include <QDateTime>

namespace credenza
{

std::chrono::system_clock::time_point SystemClock::now() const
{
    return std::chrono::system_clock::now();
}

std::chrono::steady_clock::time_point SystemClock::ticks() const
{
    return std::chrono::steady_clock::now();
}

QDateTime toDateTime(std::chrono::system_clock::time_point time)
{
    const auto sinceEpoch = std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(sinceEpoch.count(), Qt::UTC);
}

} // namespace credenza
