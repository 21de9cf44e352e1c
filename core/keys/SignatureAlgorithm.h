// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace credenza
{

/// The JWS algorithms that SMART servers take (RFC 7518, section 3.1).
enum class SignatureAlgorithm { RS256, RS384, RS512, ES256, ES384 };

/// What kind of key an algorithm or a key object is about.
enum class KeyType { Rsa, Ec };

[[nodiscard]] QString nameOf(SignatureAlgorithm algorithm);
[[nodiscard]] QString nameOf(KeyType type); ///< "RSA" or "EC", the JWK's `kty`
[[nodiscard]] std::optional<SignatureAlgorithm> signatureAlgorithm(QStringView name);
[[nodiscard]] KeyType keyTypeOf(SignatureAlgorithm algorithm);
/// In the order a person should see them: RS384 (SMART's default) first.
[[nodiscard]] QStringList signatureAlgorithmNames();

} // namespace credenza
