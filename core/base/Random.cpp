// SPDX-License-Identifier: Apache-2.0
#include "core/base/Random.h"

#include <array>
#include <sodium.h>

namespace credenza
{

void SystemRandom::fill(std::span<std::byte> target)
{
    randombytes_buf(target.data(), target.size());
}

QUuid randomUuid(RandomSource &random)
{
    std::array<std::byte, 16> bytes{};
    random.fill(bytes);
    bytes[6] = (bytes[6] & std::byte{0x0f}) | std::byte{0x40};
    bytes[8] = (bytes[8] & std::byte{0x3f}) | std::byte{0x80};
    return QUuid::fromRfc4122(QByteArrayView(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size())));
}

} // namespace credenza
