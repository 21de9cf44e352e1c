// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/ResourceType.h"

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

QString nameOf(ResourceType type)
{
    static const std::array names{
        u"Patient"_s,      u"Practitioner"_s, u"Organization"_s,      u"Location"_s,          u"Encounter"_s,
        u"Condition"_s,    u"Observation"_s,  u"MedicationRequest"_s, u"Medication"_s,        u"AllergyIntolerance"_s,
        u"Immunization"_s, u"Procedure"_s,    u"DiagnosticReport"_s,  u"DocumentReference"_s, u"Binary"_s,
        u"CarePlan"_s,     u"Group"_s};
    static_assert(names.size() == allResourceTypes.size());
    return names[static_cast<std::size_t>(type)];
}

std::optional<ResourceType> resourceType(QStringView name)
{
    for (const ResourceType type : allResourceTypes) {
        if (nameOf(type) == name)
            return type;
    }
    return std::nullopt;
}

} // namespace credenza::sandbox
