// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"

namespace credenza
{

/// What to make of text typed as a FHIR base URL (facts L12): the canonical base where there is one, and the finding.
struct FhirBaseUrlReading {
    QString canonical; ///< empty when nothing usable was found
    Finding finding;
};

/// Pure. Trims what was pasted with it (/metadata, /Patient/…, /.well-known/…, query, trailing slash), recognises token
/// and authorize URLs, DSTU2/STU3 paths, missing schemes and plain http.
[[nodiscard]] FhirBaseUrlReading readFhirBaseUrl(const QString &typed, bool allowsPlainHttp = false);

} // namespace credenza
