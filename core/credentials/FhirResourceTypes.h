// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringView>

namespace credenza
{

/// Whether a path segment is the name of a FHIR resource type (R4, and those of DSTU2 and STU3 that R4 renamed;
/// https://hl7.org/fhir/R4/resourcelist.html).
[[nodiscard]] bool isFhirResourceType(QStringView name);

} // namespace credenza
