// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/fhir/CapabilityStatement.h"
#include "core/net/HttpTransport.h"
#include "core/smart/TestReport.h"

namespace credenza
{

/// The one small search of a connection test.
struct ProbeSearch {
    QString type;
    QString path; ///< below the base: "Patient?_count=1"
};

/// Picks a type that the granted scopes let the client search and the server says it can search. At Epic, outside its
/// public sandbox, Patient is searched for an id that nobody has, so that a test touches no record. Without a word
/// about scopes Patient is tried.
[[nodiscard]] ProbeSearch chooseProbe(const QStringList &grantedScopes, const CapabilityStatement *capabilities,
                                      const Credential &credential);

/// What an answer to the search tells of the token (facts §3.4).
struct ProbeVerdict {
    TestStepState state = TestStepState::Passed;
    QString code;
    QString summary;
    QString hint;
};
[[nodiscard]] ProbeVerdict judgeProbe(const HttpReply &reply, const QString &type);

} // namespace credenza
