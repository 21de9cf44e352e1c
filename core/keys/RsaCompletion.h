// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: the RSA parts that a JWK may leave out.

#include "core/base/SecretBytes.h"

#include <optional>

namespace credenza
{

/// The members of RFC 7518, section 6.3.2, beyond "d"; each big-endian.
struct RsaFactors {
    SecretBytes p;
    SecretBytes q;
    SecretBytes dp;
    SecretBytes dq;
    SecretBytes qi;
};

/// Recovers the factors of a modulus from its exponents, all big-endian (NIST SP 800-56B, appendix C.2; Mbed TLS does
/// the work). None if the three don't belong together. Takes 54 modular exponentiations at most, usually two.
[[nodiscard]] std::optional<RsaFactors> recoverRsaFactors(std::span<const std::byte> n, std::span<const std::byte> e,
                                                          std::span<const std::byte> d);

} // namespace credenza
