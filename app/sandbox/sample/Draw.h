// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>

namespace credenza::sandbox
{

/// The finalizer of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators"): spreads 64 bits.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t value)
{
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/// A stream of choices that depends only on what it is named after: the same seed, topic and numbers always draw the
/// same. So sample data needs no memory, and nothing shifts when another part draws once more.
class Draw
{
public:
    /// What is drawn for; two topics never share a stream.
    enum class Topic : std::uint64_t { Patient, Practitioner, Visit, Condition, Observation, Allergy, Shot, Procedure };

    constexpr Draw(std::uint64_t seed, Topic topic, std::initializer_list<std::int64_t> numbers)
        : m_state(mix(seed ^ mix(static_cast<std::uint64_t>(topic) + 1)))
    {
        for (const std::int64_t number : numbers)
            m_state = mix(m_state ^ static_cast<std::uint64_t>(number));
    }

    [[nodiscard]] constexpr std::uint64_t next() { return m_state = mix(m_state); }
    /// 0 … bound − 1. `bound` is above 0.
    [[nodiscard]] constexpr int below(int bound)
    {
        return static_cast<int>(next() % static_cast<std::uint64_t>(bound));
    }
    /// low … high, both included.
    [[nodiscard]] constexpr int between(int low, int high) { return low + below(high - low + 1); }
    [[nodiscard]] constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
    [[nodiscard]] constexpr bool chance(double probability) { return unit() < probability; }
    /// Bell-shaped around `mean`, never further than three times `deviation`.
    [[nodiscard]] constexpr double around(double mean, double deviation)
    {
        double sum = 0;
        for (int i = 0; i < 12; ++i)
            sum += unit();
        const double spread = sum - 6.0;
        return mean + deviation * (spread > 3 ? 3 : spread < -3 ? -3 : spread);
    }
    template <typename T> [[nodiscard]] constexpr const T &oneOf(std::span<const T> values)
    {
        return values[static_cast<std::size_t>(below(static_cast<int>(values.size())))];
    }

private:
    std::uint64_t m_state;
};

} // namespace credenza::sandbox
