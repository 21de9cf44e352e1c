// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"

#include <QByteArray>

#include <optional>

namespace credenza
{

/// A text of Bech32 (BIP 173) with its data as bytes; without BIP 173's limit of 90 characters, as age uses it.
struct Bech32 {
    QByteArray prefix; ///< lower case
    SecretBytes data;
};

/// Nothing if the checksum is wrong, the case is mixed, or the padding is not zero.
[[nodiscard]] std::optional<Bech32> fromBech32(QByteArrayView text);

/// All lower case. `prefix` must be lower case.
[[nodiscard]] SecretBytes toBech32(QByteArrayView prefix, std::span<const std::byte> data);

} // namespace credenza
