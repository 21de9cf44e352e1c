// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace credenza
{

/// The body of a FHIR answer as a test's report may keep it. Reports are pasted into tickets and kept by CI, and a search
/// that proves the access of a token brings back a real patient: of every resource only its type is left. Bundles keep
/// their own members but addresses, which may name patients; a CapabilityStatement and an OperationOutcome hold no
/// person's data and stay whole, as does whatever is not FHIR.
[[nodiscard]] QByteArray withoutPatientData(const QByteArray &body);

} // namespace credenza
