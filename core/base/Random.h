// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUuid>

#include <cstddef>
#include <span>

namespace credenza
{

/// Where unpredictable bytes come from; passed in so that tests can count or replay them.
class RandomSource
{
public:
    virtual ~RandomSource() = default;
    virtual void fill(std::span<std::byte> target) = 0;
};

/// The operating system's generator, by way of libsodium. Safe from several threads at once.
class SystemRandom final : public RandomSource
{
public:
    void fill(std::span<std::byte> target) override;
};

/// A version 4 UUID (RFC 9562, section 5.4).
[[nodiscard]] QUuid randomUuid(RandomSource &random);

} // namespace credenza
