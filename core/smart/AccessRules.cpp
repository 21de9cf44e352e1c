// SPDX-License-Identifier: Apache-2.0
// The rules about scopes and what a token opens (facts T5, F1–F15).
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

using Evidence = DiagnosisEvidence;
using Found = std::optional<RuleFinding>;
using enum Cause::Likelihood;

Found badScope(const Evidence &evidence)
{
    if (evidence.oauthError != u"invalid_scope")
        return {};
    const QJsonArray capabilities = evidence.stepOf(TestStepId::Discover).details.value(u"capabilities").toArray();
    const bool knowsV1 = capabilities.contains(u"permission-v1"_s);
    const bool knowsV2 = capabilities.contains(u"permission-v2"_s);
    QString seen = evidence.answer();
    if (knowsV1 != knowsV2)
        seen += knowsV2 ? Text::tr("; the server lists SMART 2 scopes only")
                        : Text::tr("; the server lists SMART 1 scopes only");
    return RuleFinding{Certain, Text::tr("The server does not grant one of the scopes"), seen,
                       knowsV2 && !knowsV1 ? Text::tr("Write scopes as system/Patient.rs.")
                                           : Text::tr("Test with fewer scopes to find the one. Some servers know only "
                                                      "system/Patient.read, some only system/Patient.rs.")};
}

Found insufficientScope(const Evidence &evidence)
{
    if (evidence.code != u"fhir.insufficient-scope")
        return {};
    return RuleFinding{Likely, Text::tr("The API is not ticked for this client, or not synced yet"),
                       evidence.body.isEmpty() ? Text::tr("403 with an empty body, although a token was granted")
                                               : Text::tr("403, although a token was granted"),
                       evidence.failed->hint};
}

Found userNotAuthorized(const Evidence &evidence)
{
    if (evidence.code != u"fhir.user-not-authorized")
        return {};
    return RuleFinding{Certain, Text::tr("The background user lacks rights"), evidence.failed->summary,
                       evidence.failed->hint};
}

Found subTypeNotAuthorized(const Evidence &evidence)
{
    if (evidence.code != u"fhir.sub-type-not-authorized" && evidence.code != u"fhir.forbidden")
        return {};
    return RuleFinding{Likely, Text::tr("The client may not use this part of the API"), evidence.failed->summary,
                       evidence.failed->hint};
}

Found tokenOfAnotherServer(const Evidence &evidence)
{
    if (evidence.code != u"fhir.unauthorized")
        return {};
    const bool differs = QUrl(evidence.tokenEndpoint).host() != evidence.host;
    return RuleFinding{differs ? Likely : Possible, Text::tr("Token and FHIR server belong to different environments"),
                       differs ? Text::tr("The token came from %1, the FHIR server is %2")
                                     .arg(QUrl(evidence.tokenEndpoint).host(), evidence.host)
                               : Text::tr("401 with a token that was issued a moment ago"),
                       Text::tr("Check that the FHIR base URL and the token endpoint are the same environment's.")};
}

Found typeNotOffered(const Evidence &evidence)
{
    if (evidence.code != u"fhir.not-found" && evidence.code != u"fhir.not-a-bundle" &&
        evidence.code != u"fhir.redirected")
        return {};
    return RuleFinding{Likely, Text::tr("This path is not the FHIR server's"), evidence.failed->summary,
                       Text::tr("Check the path of the FHIR base URL: the token was granted, so client and key are "
                                "right.")};
}

Found serverTrouble(const Evidence &evidence)
{
    if (evidence.status < 500 && evidence.status != 429)
        return {};
    return RuleFinding{Likely, Text::tr("The server is in trouble or too busy"),
                       Text::tr("Status %1").arg(evidence.status),
                       Text::tr("Try again later; if it stays so, tell the server's operator.")};
}

constexpr std::array rules{
    DiagnosisRule{"scope", "T5", "scopes", &badScope},
    DiagnosisRule{"api-not-ticked", "F2", "scopes", &insufficientScope},
    DiagnosisRule{"user-rights", "F3", "", &userNotAuthorized},
    DiagnosisRule{"sub-type", "F3b, F8", "scopes", &subTypeNotAuthorized},
    DiagnosisRule{"token-elsewhere", "F1", "fhirBaseUrl", &tokenOfAnotherServer},
    DiagnosisRule{"type-not-offered", "F4", "fhirBaseUrl", &typeNotOffered},
    DiagnosisRule{"server-trouble", "F15", "", &serverTrouble},
};

} // namespace

std::span<const DiagnosisRule> accessRules()
{
    return rules;
}

} // namespace credenza
