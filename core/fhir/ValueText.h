// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/JsonDocument.h"

#include <QList>

namespace credenza
{

/// A FHIR R4 value as one line for a person, whatever its data type: a HumanName, a CodeableConcept, a Quantity, a
/// Period, a Reference … are told apart by their members, and anything else is spelt out. Empty only where the value
/// holds nothing that can be shown.
[[nodiscard]] QString valueText(JsonValue value);

/// A CodeableConcept or Coding with its codes: "Blood pressure (LOINC 85354-9)"; at most three, those of well-known
/// systems before others.
[[nodiscard]] QString codedText(JsonValue coded);

/// "LOINC" for "http://loinc.org"; empty for a system without a short name of its own.
[[nodiscard]] QString codeSystemName(const QString &system);

/// A FHIR date, dateTime or instant for a table: "2025-11-18 09:14", in the offset it was written with; a date of less
/// precision, or what is no date, as it stands.
[[nodiscard]] QString dateText(const QString &fhirDate);

/// The FHIR data type that the value's members (and its name) give away, for people: "CodeableConcept", "Reference",
/// "dateTime", "array", "object", "string" …
[[nodiscard]] QString typeName(JsonValue value);

/// "clinicalStatus" as "Clinical status", "valueQuantity" as "Value": an element's name for a label.
[[nodiscard]] QString elementLabel(const QString &name);

/// All values at a path such as "component.code", "value[x]" (any "value…" choice) or "name"; arrays on the way are
/// taken element by element, and so is one at its end.
[[nodiscard]] QList<JsonValue> valuesAt(JsonValue root, QStringView path);

/// The step of a FHIRPath for an element's name: "valueQuantity" is reached by `value.ofType(Quantity)`, "_birthDate"
/// (extensions of a primitive) by `birthDate`, and names that are words of the language stand in backticks.
[[nodiscard]] QString fhirPathStep(const QString &name, const QString &resourceType);

/// The text of an XHTML narrative (`text.div`), with line breaks where blocks end: no markup, no scripts, nothing that
/// could be fetched.
[[nodiscard]] QString narrativeText(const QString &xhtml);

} // namespace credenza
