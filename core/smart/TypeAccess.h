// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/CapabilityStatement.h"

namespace credenza
{

/// A resource type as one credential sees it.
struct TypeAccess {
    CapabilityStatement::ResourceType type;
    bool isInScope = true;  ///< a granted scope lets it be read or searched
    bool canSearch = true;  ///< both server and scope allow it
    bool isLimited = false; ///< only with the parameters that stand in the scope
};

/// The server's types in order of name, each with what the granted scopes say. Where these say nothing of FHIR, all
/// are in scope: then only the server knows. Being in scope does not mean being allowed (an API may not be ticked).
[[nodiscard]] QList<TypeAccess> typeAccess(const CapabilityStatement &capabilities, const QStringList &grantedScopes);

/// What is offered where a server has no CapabilityStatement that can be read: the types that the scopes name, else the
/// usual ones, all searched by `_id`.
[[nodiscard]] CapabilityStatement assumedCapabilities(const QStringList &grantedScopes);

} // namespace credenza
