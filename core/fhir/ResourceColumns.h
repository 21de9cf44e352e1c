// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

namespace credenza
{

/// Where the title and the date of a type stand, for valuesAt(); the first path with a value counts.
[[nodiscard]] QStringList titlePaths(const QString &type);
[[nodiscard]] QStringList datePaths(const QString &type);
/// Where the status of a type stands: `status`, `clinicalStatus`, `lifecycleStatus` …
[[nodiscard]] QStringList statusPaths(const QString &type);

/// An Observation's value as text with its unit: value[x], else its components ("128 / 82 mmHg"), else why it is
/// absent. Empty where there is none of these.
[[nodiscard]] QString observationValue(JsonValue observation);

/// The same in two parts, for columns. `unit` is empty where the value has none, or components have unlike ones.
struct ObservationQuantity {
    QString value;
    QString unit;
};
[[nodiscard]] ObservationQuantity observationQuantity(JsonValue observation);

} // namespace credenza
