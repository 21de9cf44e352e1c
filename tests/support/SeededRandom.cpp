// SPDX-License-Identifier: Apache-2.0
#include "tests/support/SeededRandom.h"

#include <algorithm>
#include <random>

namespace credenza::test
{

void SeededRandom::fill(std::span<std::byte> target)
{
    std::seed_seq sequence{m_seed, m_calls++};
    std::mt19937 engine(sequence);
    std::ranges::generate(target, [&engine] { return static_cast<std::byte>(engine() & 0xffu); });
}

} // namespace credenza::test
