// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/smart/TestReport.h"

namespace credenza
{

/// What the vault knows beside the report.
struct DiagnosisContext {
    QString credentialId; ///< of the tested credential, if saved
    QString fhirBaseUrl;
    QString clientId;
    QString keyThumbprint;  ///< of the key that signed; empty: not known
    QDateTime keyCreatedAt; ///< null: not known
    QList<Credential> otherCredentials; ///< saved ones, and what passed lately without being saved
    std::optional<TestSummary> lastTest; ///< before this one
    QDateTime now;
};

/// What a failed test points to, and what it speaks against.
struct Diagnosis {
    QList<Cause> causes; ///< most likely first
    QStringList ruledOut;
};

/// Ranks the likely causes of a failed test by the evidence in it (facts §3). Pure; a table of rules.
[[nodiscard]] Diagnosis diagnose(const TestReport &report, const DiagnosisContext &context);

} // namespace credenza
