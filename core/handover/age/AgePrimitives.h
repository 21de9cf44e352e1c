// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <optional>

namespace credenza
{

// The primitives of the age format (C2SP age.md) as OpenSSL and libsodium have them.

/// RFC 5869 with SHA-256; 32 bytes.
[[nodiscard]] SecretBytes hkdfSha256(std::span<const std::byte> secret, QByteArrayView salt, QByteArrayView info);

/// RFC 2104 with SHA-256.
[[nodiscard]] QByteArray hmacSha256(const SecretBytes &key, QByteArrayView data);
/// Comparison whose time does not depend on the contents.
[[nodiscard]] bool equalConstantTime(QByteArrayView a, QByteArrayView b);

/// What scrypt with this cost takes while it works, in bytes: 2^`log2N` times 1 KiB.
[[nodiscard]] constexpr quint64 scryptMemory(int log2N)
{
    return quint64{1024} << log2N;
}

/// RFC 7914 with r = 8, p = 1; 32 bytes. Takes a second or more at 18. Errors: age.out-of-memory (Failed).
[[nodiscard]] Result<SecretBytes> scryptKey(const SecretBytes &passphrase, QByteArrayView salt, int log2N);

/// RFC 7748. Nothing if the result is all zeros, which a point of low order gives.
[[nodiscard]] std::optional<SecretBytes> x25519(const SecretBytes &scalar, QByteArrayView point);
/// The public half of a scalar; 32 bytes.
[[nodiscard]] QByteArray x25519Base(const SecretBytes &scalar);

/// RFC 8439 without associated data: `plaintext` ‖ tag (16). A `nonce` of 12 bytes.
[[nodiscard]] QByteArray chachaSeal(const SecretBytes &key, std::span<const std::byte, 12> nonce,
                                    std::span<const std::byte> plaintext);
/// Into `plaintext`, which has 16 bytes less than `sealed`. False if it was not sealed so.
[[nodiscard]] bool chachaOpen(const SecretBytes &key, std::span<const std::byte, 12> nonce,
                              std::span<const std::byte> sealed, std::span<std::byte> plaintext);

/// base64 (RFC 4648, section 4) without padding, as only one spelling each: nothing for any other.
[[nodiscard]] std::optional<QByteArray> fromCanonicalBase64(QByteArrayView text);
[[nodiscard]] QByteArray toCanonicalBase64(QByteArrayView bytes);

} // namespace credenza
