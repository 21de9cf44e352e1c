// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/DiagnosisEvidence.h"

#include <span>

namespace credenza
{

/// What a rule says where its evidence is there.
struct RuleFinding {
    Cause::Likelihood likelihood = Cause::Likelihood::Possible;
    QString title;
    QString evidence; ///< only what was seen
    QString fix;
};

/// One row of the diagnosis. To add a cause: write a look() that returns nothing unless it sees its evidence, and add
/// the row where it should rank among equally likely ones.
struct DiagnosisRule {
    const char *id;     ///< stable, the `cause` of cli.md
    const char *source; ///< rows of the failure table it covers: "T2g"
    const char *field;  ///< nameOf(Field) of the field it points to; "" for none
    std::optional<RuleFinding> (*look)(const DiagnosisEvidence &);
};

/// Rules about what stands between; about fields, the network and the address; about the published keys and a client that is refused; about scopes
/// and FHIR calls; about bulk exports.
[[nodiscard]] std::span<const DiagnosisRule> gatewayRules();
[[nodiscard]] std::span<const DiagnosisRule> addressRules();
[[nodiscard]] std::span<const DiagnosisRule> keySetRules();
[[nodiscard]] std::span<const DiagnosisRule> clientRules();
[[nodiscard]] std::span<const DiagnosisRule> accessRules();
[[nodiscard]] std::span<const DiagnosisRule> bulkRules();

/// All rules, in the order in which equally likely causes are listed.
[[nodiscard]] const QList<DiagnosisRule> &diagnosisRules();

} // namespace credenza
