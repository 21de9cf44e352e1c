// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/fhir/OperationOutcome.h"
#include "core/net/HttpTransport.h"

namespace credenza
{

/// What a FHIR server's refusal means and what helps, read from status, headers and OperationOutcome; Epic's numbers
/// are known. `type` is the resource type asked for, may be empty. For answers of 4xx and 5xx, and of 2xx that hold
/// nothing but a fatal or erroneous OperationOutcome.
///
/// Codes: fhir.unauthorized, fhir.insufficient-scope, fhir.user-not-authorized, fhir.sub-type-not-authorized,
/// fhir.restricted, fhir.not-offered, fhir.not-found (NotFound), fhir.deleted (NotFound), fhir.merged,
/// fhir.missing-parameter, fhir.bad-parameter, fhir.paging-expired, fhir.too-many-results, fhir.daily-limit,
/// fhir.not-acceptable, fhir.busy, fhir.redirected, fhir.html, fhir.refused.
[[nodiscard]] Error fhirFailure(const HttpReply &reply, const QString &type);

/// Whether an issue tells of sub-types that were left out of a result (Epic's 59204), which is no error.
[[nodiscard]] bool isHiddenSubType(const OutcomeIssue &issue);
/// Whether an issue is of no interest to the person who searches: notes that stand in every answer, "no results".
[[nodiscard]] bool isMuted(const OutcomeIssue &issue);
/// The issue's words with the vendor's number.
[[nodiscard]] QString issueText(const OutcomeIssue &issue);

} // namespace credenza
