// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/Elements.h"

#include <span>

namespace credenza::sandbox
{

/// A medicine as it is ordered. An empty code has a text only, as in real charts.
struct MedicationEntry {
    Code rxNorm;
    const char16_t *dose;
};

/// An illness: how it is coded, whom it meets, and what is done about it.
struct ConditionEntry {
    Code snomed;
    Code icd10;
    int fromAge;       ///< years
    int toAge;         ///< years, the age at which it may begin
    double prevalence; ///< share of the people of that age
    bool chronic;
    int medication; ///< index in medications(), or -1
    int panel;      ///< index in labPanels() that follows it up, or -1
};

/// One measurement. `mean` and `deviation` are those of an adult who is well.
struct MeasurementEntry {
    Code loinc;
    double mean;
    double deviation;
    int decimals;
    const char16_t *unit;
    const char16_t *ucum;
    double low; ///< reference range; equal to `high` if none is given
    double high;
};

/// A laboratory order: its own code and the measurements in it.
struct LabPanel {
    Code loinc;
    int first; ///< index in measurements()
    int count;
};

/// A vaccine and the ages (in months) at which it is due.
struct VaccineEntry {
    Code cvx;
    int fromMonths;
    int everyMonths; ///< 0: once
    double uptake;
};

/// An allergy as it is coded, and the reaction it is known by.
struct AllergyEntry {
    Code snomed;
    const char16_t *category; ///< FHIR's allergy-intolerance-category
    Code manifestation;
};

/// A procedure and the condition that calls for it (index in conditions(), or -1: a screening from that age on).
struct ProcedureEntry {
    Code snomed;
    int condition;
    int fromAge;
};

[[nodiscard]] std::span<const MedicationEntry> medications();
[[nodiscard]] std::span<const ConditionEntry> conditions();
/// Vital signs first (see Vital), then what the laboratory measures.
[[nodiscard]] std::span<const MeasurementEntry> measurements();
[[nodiscard]] std::span<const LabPanel> labPanels();
[[nodiscard]] std::span<const VaccineEntry> vaccines();
[[nodiscard]] std::span<const AllergyEntry> allergies();
[[nodiscard]] std::span<const ProcedureEntry> procedures();

/// Indexes in measurements() of what is taken at a visit. BloodPressure has two components, Smoking no number.
namespace Vital
{
/// The place of each in measurements().
enum Index {
    BloodPressure,
    HeartRate,
    RespiratoryRate,
    Temperature,
    OxygenSaturation,
    Weight,
    Height,
    BodyMassIndex,
    Smoking
};
}
/// Indexes in labPanels() and conditions() that the generator treats in a special way.
inline constexpr int metabolicPanel = 0;
inline constexpr int hypertension = 0;
inline constexpr int diabetes = 1;

} // namespace credenza::sandbox
