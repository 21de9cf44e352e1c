// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/keys/SignatureAlgorithm.h"

#include <optional>

namespace credenza
{

// The forms in which a private key leaves Credenza on request, beside toPkcs8Pem(). All from and to guarded memory.

/// The PEM of older programs: "RSA PRIVATE KEY" (PKCS#1) or "EC PRIVATE KEY" (SEC1). Errors: key.damaged.
[[nodiscard]] Result<SecretBytes> toTraditionalPem(const SecretBytes &pkcs8Der);

/// The private JWK as one line of JSON: `kty`, all key members, `kid`, `alg`, and `key_ops` ["sign"], by which some
/// programs find the key that signs (handover.md, C2). Errors: key.damaged.
[[nodiscard]] Result<SecretBytes> privateJwk(const SecretBytes &pkcs8Der, SignatureAlgorithm algorithm,
                                             const QString &keyId);

/// PKCS#8 DER out of exactly one "PRIVATE KEY" PEM block as toPkcs8Pem() writes it; nothing for anything else, for
/// which there is inspectKey(). Quick: for many keys.
[[nodiscard]] std::optional<SecretBytes> fromPkcs8Pem(QByteArrayView pem);

/// base64url without padding (RFC 7515), and base64 with padding, in constant time.
[[nodiscard]] SecretBytes secretBase64Url(std::span<const std::byte> bytes);
[[nodiscard]] SecretBytes secretBase64(std::span<const std::byte> bytes);

} // namespace credenza
