// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

class QDateTime;

namespace credenza
{

/// The two clocks a flow needs, passed in so that tests choose the time.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall-clock time, for `exp` and for dates that are shown; may jump.
    [[nodiscard]] virtual std::chrono::system_clock::time_point now() const = 0;
    /// Monotonic time, for durations.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point ticks() const = 0;
};

/// The machine's own clocks.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] std::chrono::system_clock::time_point now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point ticks() const override;
};

/// The same instant as a UTC QDateTime with millisecond precision.
[[nodiscard]] QDateTime toDateTime(std::chrono::system_clock::time_point time);

} // namespace credenza
