// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TypeAccess.h"

#include "core/smart/Scopes.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

QList<TypeAccess> typeAccess(const CapabilityStatement &capabilities, const QStringList &grantedScopes)
{
    QList<ScopeGrant> grants;
    for (const QString &scope : grantedScopes) {
        if (ScopeGrant grant = readScope(scope); !grant.type.isEmpty())
            grants.append(std::move(grant));
    }
    QList<TypeAccess> types;
    for (const CapabilityStatement::ResourceType &type : capabilities.types) {
        if (type.name.isEmpty())
            continue;
        const auto allows = [&](bool ScopeGrant::*right) {
            return grants.isEmpty() || std::ranges::any_of(grants, [&](const ScopeGrant &grant) {
                       return (grant.type == u"*" || grant.type == type.name) && grant.*right;
                   });
        };
        const bool serverSearches = type.interactions.isEmpty() || type.interactions.contains(u"search-type"_s);
        TypeAccess access{type, false, false, false};
        const bool maySearch = allows(&ScopeGrant::maySearch);
        access.isInScope = maySearch || allows(&ScopeGrant::mayRead);
        access.canSearch = maySearch && serverSearches;
        access.isLimited =
            !grants.isEmpty() && access.isInScope && std::ranges::none_of(grants, [&](const ScopeGrant &grant) {
                return (grant.type == u"*" || grant.type == type.name) && !grant.isLimited;
            });
        types.append(std::move(access));
    }
    std::ranges::sort(types, {}, [](const TypeAccess &access) { return access.type.name; });
    return types;
}

} // namespace credenza
