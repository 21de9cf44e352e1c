// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/ClientRegistry.h"
#include "app/sandbox/http/HttpMessage.h"
#include "core/base/Random.h"

namespace credenza::sandbox
{

/// The scopes a client has that names none.
[[nodiscard]] ScopeSet defaultScopes();

/// `POST /register` with `{"clientId"?, "jwks" or "jwksUri", "scopes"?}`, where `scopes` is a list or one text: 201
/// with
/// `{"clientId", "scopes"}`, 409 for a client ID that is taken, 400 with a reason for the rest. JSON only, so that no
/// web page can send it without asking the browser first.
[[nodiscard]] Response registerClient(const Request &request, ClientRegistry &clients, RandomSource &random);

} // namespace credenza::sandbox
