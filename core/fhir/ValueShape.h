// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/JsonDocument.h"

namespace credenza
{

/// The data types of FHIR R4 that are told apart, for they read differently.
enum class ValueShape : std::uint8_t {
    Resource,
    Reference,
    Concept,
    Coding,
    Quantity,
    Money,
    Range,
    Ratio,
    Period,
    Name,
    Address,
    Identifier,
    Contact,
    Annotation,
    Attachment,
    Timing,
    Dosage,
    Sampled,
    Narrative,
    Extension,
    Signature,
    Other
};

/// Tells the data type of an object by members that only it has.
[[nodiscard]] ValueShape shapeOf(JsonValue object);
/// "CodeableConcept", "Reference" …; "object" for what is no data type of its own.
[[nodiscard]] QString shapeName(ValueShape shape);
/// The first member whose name is `stem` and a data type: value[x].
[[nodiscard]] JsonValue choiceOf(JsonValue object, QStringView stem);

} // namespace credenza
