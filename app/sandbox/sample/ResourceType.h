// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace credenza::sandbox
{

/// The resource types the sandbox has. The number is part of every id: append, never reorder.
enum class ResourceType : std::uint8_t {
    Patient,
    Practitioner,
    Organization,
    Location,
    Encounter,
    Condition,
    Observation,
    MedicationRequest,
    Medication,
    AllergyIntolerance,
    Immunization,
    Procedure,
    DiagnosticReport,
    DocumentReference,
    Binary,
    CarePlan,
    Group
};

inline constexpr std::array allResourceTypes{ResourceType::Patient,
                                             ResourceType::Practitioner,
                                             ResourceType::Organization,
                                             ResourceType::Location,
                                             ResourceType::Encounter,
                                             ResourceType::Condition,
                                             ResourceType::Observation,
                                             ResourceType::MedicationRequest,
                                             ResourceType::Medication,
                                             ResourceType::AllergyIntolerance,
                                             ResourceType::Immunization,
                                             ResourceType::Procedure,
                                             ResourceType::DiagnosticReport,
                                             ResourceType::DocumentReference,
                                             ResourceType::Binary,
                                             ResourceType::CarePlan,
                                             ResourceType::Group};

/// The name as FHIR spells it.
[[nodiscard]] QString nameOf(ResourceType type);
[[nodiscard]] std::optional<ResourceType> resourceType(QStringView name);
/// Whether each resource of the type belongs to one patient; else it is shared by all (a Patient belongs to itself).
[[nodiscard]] constexpr bool belongsToPatient(ResourceType type)
{
    switch (type) {
    case ResourceType::Practitioner:
    case ResourceType::Organization:
    case ResourceType::Location:
    case ResourceType::Medication:
    case ResourceType::Group:
        return false;
    default:
        return true;
    }
}

} // namespace credenza::sandbox
