// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/Diagnosis.h"
#include "core/smart/ServerReason.h"

namespace credenza
{

/// What the rules look at, taken once out of a report and what the vault knows.
struct DiagnosisEvidence {
    const TestReport &report;
    const DiagnosisContext &context;
    const TestStep *failed; ///< never null

    TestStepId step = TestStepId::Validate;
    QString code;             ///< of the failed step
    int status = 0;           ///< of its last answer; 0: none came
    QString body;             ///< of its last answer, redacted
    QString oauthError;       ///< "invalid_client"
    QString oauthDescription; ///< empty where the server sent null
    QString tokenEndpoint;    ///< where the assertion was posted
    QString advertised;       ///< what the server itself names
    QString endpointSource;   ///< nameOf(EndpointSource)
    QString host;             ///< of the FHIR base URL
    bool isEpicSandbox = false;
    bool isEpic = false; ///< by the connector, or by what the server says of itself
    QList<QJsonObject> certificates; ///< that came with the failed step's last request, leaf first
    QJsonObject header;              ///< of the assertion
    QJsonObject claims;

    DiagnosisEvidence(const TestReport &testReport, const DiagnosisContext &diagnosisContext,
                      const TestStep &failedStep);

    [[nodiscard]] const TestStep &stepOf(TestStepId id) const { return report.steps.at(static_cast<qsizetype>(id)); }
    /// The server refused the client itself: the error with many causes.
    [[nodiscard]] bool isClientRefused() const;
    /// What the server's own words name as wrong, most telling first; empty where it says nothing of use. Read by
    /// readReasons().
    QList<ServerReason> reasons;
    [[nodiscard]] bool serverSays(ServerReason reason) const { return reasons.contains(reason); }
    /// Certain where the words name this first, Likely where they name something else before.
    [[nodiscard]] Cause::Likelihood likelihoodOf(ServerReason reason) const;
    /// The facts of a probe; empty if it was not made.
    [[nodiscard]] QJsonObject probe(QStringView id) const;
    /// "Status 400, invalid_client, no reason"
    [[nodiscard]] QString answer() const;
    /// "The server says: “…”"; empty where it says nothing.
    [[nodiscard]] QString quotedReason() const;
    /// The last answer was a page for people.
    [[nodiscard]] bool isWebPage() const;
    /// Discovery found a FHIR server that names no token endpoint.
    [[nodiscard]] bool hasReadMetadata() const;
    /// Something came that is no whole HTTP answer, or could not be unpacked.
    [[nodiscard]] bool hasUnreadableAnswer() const;
    /// A header of the failed step's last answer.
    [[nodiscard]] QString responseHeader(QStringView name) const;
    /// Age of the key, if it is known.
    [[nodiscard]] std::optional<qint64> keyAgeSeconds() const;
};

/// "22 min", "3 h", "5 days".
[[nodiscard]] QString ageText(qint64 seconds);

} // namespace credenza
