// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"

#include <cstdint>

namespace credenza::test {

/// Repeatable bytes from a seed. For tests only: anyone can predict them.
class SeededRandom final : public RandomSource
{
public:
    explicit SeededRandom(std::uint32_t seed = 1) : m_seed(seed) {}
    void fill(std::span<std::byte> target) override;

private:
    std::uint32_t m_seed;
    std::uint32_t m_calls = 0;
};

} // namespace credenza::test
