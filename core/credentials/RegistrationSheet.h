// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/CredentialDraft.h"
#include "core/keys/Certificate.h"

#include <optional>

namespace credenza
{

/// What the registration sheet is written from. Nothing secret goes into it.
struct RegistrationFacts {
    CredentialDraft draft;
    std::optional<PublicKey> publicKey;
    std::optional<Certificate> certificate; ///< where one was made
};

/// A plain text to send to whoever registers the client: names, addresses, the key's identifiers, and its public half
/// as JWK Set, certificate and PEM.
[[nodiscard]] QString registrationSheet(const RegistrationFacts &facts);

} // namespace credenza
