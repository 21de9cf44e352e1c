// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/SecretBytes.h"

#include <QByteArray>

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace credenza
{

/// The authenticator at the end of a sealed box. Each sealing has a fresh nonce, so no two boxes share a tag, and
/// nobody without the key can make another box with it: whoever remembers the tag recognises exactly this box.
using SealTag = std::array<std::byte, 16>;

/// Encrypts and authenticates with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha, section 2): nonce (24) ‖ ciphertext ‖
/// tag (16). `key` is 32 bytes; `associatedData` is bound, not stored.
[[nodiscard]] QByteArray sealBox(const SecretBytes &key, QByteArrayView associatedData,
                                 std::span<const std::byte> plaintext, RandomSource &random);

/// Opens into `buffer`, which is replaced by a larger one when too small, so that many boxes share one piece of guarded
/// memory. The answer points into `buffer`. Nothing if key, associated data or any byte differs.
[[nodiscard]] std::optional<std::span<const std::byte>> openBox(const SecretBytes &key, QByteArrayView associatedData,
                                                                QByteArrayView sealed, SecretBytes &buffer);

/// sealBox() of the plaintext padded to a multiple of 256 bytes (ISO/IEC 7816-4), which hides exact lengths.
[[nodiscard]] QByteArray sealPadded(const SecretBytes &key, QByteArrayView associatedData,
                                    std::span<const std::byte> plaintext, RandomSource &random);
/// openBox() of what sealPadded() made, without the padding.
[[nodiscard]] std::optional<std::span<const std::byte>>
openPadded(const SecretBytes &key, QByteArrayView associatedData, QByteArrayView sealed, SecretBytes &buffer);

/// The box's tag; zeros if it is too short to be a box.
[[nodiscard]] SealTag tagOf(QByteArrayView sealed);

/// BLAKE2b-256 without a key: tells accidental damage from a wrong passphrase where nothing can be decrypted yet.
[[nodiscard]] QByteArray checksumOf(QByteArrayView bytes);

} // namespace credenza
