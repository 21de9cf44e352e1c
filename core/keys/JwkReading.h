// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: keys out of JWK members (RFC 7517, RFC 7518 section 6).

#include "core/keys/OpenSsl.h"

#include <QJsonObject>

namespace credenza
{

/// Errors: jwk.malformed, jwk.unsupported-type (InvalidInput).
[[nodiscard]] Result<PkeyPointer> publicKeyFromJwk(const QJsonObject &jwk);
/// The same with the private members. Errors: also jwk.incomplete.
[[nodiscard]] Result<PkeyPointer> privateKeyFromJwk(const QJsonObject &jwk);
/// Whether it holds any private member (`d`, `p`, …, or `k`).
[[nodiscard]] bool hasPrivateMembers(const QJsonObject &jwk);

} // namespace credenza
