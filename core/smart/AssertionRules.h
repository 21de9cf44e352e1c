// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/AssertionInspection.h"

namespace credenza
{

/// The rules for `alg`, `typ`, `kid`, `jku` and `crit`.
[[nodiscard]] QList<AssertionCheck> checkHeader(const QJsonObject &header, const AssertionExpectations &expected);
/// The rules for `iss`, `sub`, `aud`, `jti`, `exp`, `iat` and `nbf`.
[[nodiscard]] QList<AssertionCheck> checkClaims(const QJsonObject &claims, const AssertionExpectations &expected);

} // namespace credenza
