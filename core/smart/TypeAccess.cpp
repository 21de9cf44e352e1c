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

CapabilityStatement assumedCapabilities(const QStringList &grantedScopes)
{
    QStringList names;
    for (const QString &scope : grantedScopes) {
        const ScopeGrant grant = readScope(scope);
        if (!grant.type.isEmpty() && grant.type != u"*" && !names.contains(grant.type))
            names.append(grant.type);
    }
    if (names.isEmpty())
        names = {u"AllergyIntolerance"_s,
                 u"Appointment"_s,
                 u"Binary"_s,
                 u"CarePlan"_s,
                 u"CareTeam"_s,
                 u"Condition"_s,
                 u"Coverage"_s,
                 u"Device"_s,
                 u"DiagnosticReport"_s,
                 u"DocumentReference"_s,
                 u"Encounter"_s,
                 u"Goal"_s,
                 u"Group"_s,
                 u"Immunization"_s,
                 u"Location"_s,
                 u"Medication"_s,
                 u"MedicationRequest"_s,
                 u"Observation"_s,
                 u"Organization"_s,
                 u"Patient"_s,
                 u"Practitioner"_s,
                 u"PractitionerRole"_s,
                 u"Procedure"_s,
                 u"RelatedPerson"_s,
                 u"ServiceRequest"_s,
                 u"Specimen"_s};
    CapabilityStatement assumed;
    for (const QString &name : std::as_const(names))
        assumed.types.append({name, {}, {}, {}}); // nothing is known of its parameters: the usual ones are offered
    return assumed;
}

} // namespace credenza
