// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"

namespace credenza::test {

/// A clock that stands where the test put it.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(std::chrono::system_clock::time_point time) : m_now(time) {}
    [[nodiscard]] std::chrono::system_clock::time_point now() const override { return m_now; }
    [[nodiscard]] std::chrono::steady_clock::time_point ticks() const override { return m_ticks; }
    void advance(std::chrono::milliseconds by)
    {
        m_now += by;
        m_ticks += by;
    }

private:
    std::chrono::system_clock::time_point m_now;
    std::chrono::steady_clock::time_point m_ticks;
};

} // namespace credenza::test
