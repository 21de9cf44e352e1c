// SPDX-License-Identifier: Apache-2.0
// The rules about scopes and what a token opens (facts T5, F1–F15).
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>
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

QString joined(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &value : array.toArray())
        texts << value.toString();
    return texts.join(u' ');
}

Found badScope(const Evidence &evidence)
{
    const bool isSaid = evidence.step == TestStepId::Token && evidence.oauthError != u"invalid_client" &&
                        evidence.serverSays(ServerReason::Scope);
    if (evidence.oauthError != u"invalid_scope" && !isSaid)
        return {};
    const QJsonArray capabilities = evidence.stepOf(TestStepId::Discover).details.value(u"capabilities").toArray();
    const bool knowsV1 = capabilities.contains(u"permission-v1"_s);
    const bool knowsV2 = capabilities.contains(u"permission-v2"_s);
    QString seen = evidence.answer();
    if (knowsV1 != knowsV2)
        seen += knowsV2 ? Text::tr("; the server lists SMART 2 scopes only")
                        : Text::tr("; the server lists SMART 1 scopes only");
    const QJsonObject tried = evidence.probe(u"scopes");
    const QString refused = joined(tried.value(u"refused"));
    if (!refused.isEmpty() && !tried.value(u"granted").toArray().isEmpty()) {
        return RuleFinding{Certain, Text::tr("The server does not grant one of the scopes"),
                           seen + Text::tr("; asked one by one it refuses %1").arg(refused),
                           Text::tr("Leave out or rename: %1").arg(refused)};
    }
    if (const QString all = joined(tried.value(u"grantedWithoutScope")); !all.isEmpty())
        seen += Text::tr("; without scope it grants %1").arg(all);
    const QJsonValue sent = evidence.failed->exchanges.isEmpty()
                                ? QJsonValue()
                                : QJsonValue(evidence.failed->exchanges.last().request.body);
    if (sent.isString() && !sent.toString().contains(u"scope=")) {
        return RuleFinding{Certain, Text::tr("The server wants to be asked for scopes"), seen,
                           Text::tr("Give scopes under Advanced, such as system/Patient.rs or system/*.read.")};
    }
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

/// Scopes that were asked for and not granted, where the call then failed (T9).
Found missingScope(const Evidence &evidence)
{
    const QJsonObject token = evidence.stepOf(TestStepId::Token).details;
    const QString missing = joined(token.value(u"missingScopes"));
    const bool isNothing = evidence.report.token && evidence.report.token->scopes.isEmpty();
    if (evidence.step != TestStepId::Fhir || (evidence.status != 403 && evidence.status != 401) ||
        (missing.isEmpty() && !isNothing))
        return {};
    return RuleFinding{Certain, Text::tr("The token lacks scopes"),
                       isNothing ? Text::tr("The token was granted without any scope")
                                 : Text::tr("Asked for and not granted: %1").arg(missing),
                       Text::tr("Tick the APIs for this client ID and this environment, wait for the sync, then test "
                                "again.")};
}

Found breakTheGlass(const Evidence &evidence)
{
    const bool isIt = std::ranges::any_of(std::array{u"\"4130\""_s, u"\"4131\""_s, u"\"4134\""_s},
                                          [&](const QString &code) { return evidence.body.contains(code); });
    if (evidence.step != TestStepId::Fhir || !isIt)
        return {};
    return RuleFinding{Certain, Text::tr("Break-the-Glass keeps this record closed"), evidence.failed->summary,
                       Text::tr("This is the hospital's policy: do not retry; search for other patients.")};
}

Found rateLimit(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Fhir || !evidence.body.contains(u"\"4135\""_s))
        return {};
    return RuleFinding{Certain, Text::tr("The daily limit is reached"), evidence.failed->summary,
                       Text::tr("Stop for today.")};
}

Found mediaType(const Evidence &evidence)
{
    const bool isXml = evidence.code == u"fhir.xml";
    if (evidence.step != TestStepId::Fhir || (evidence.status != 406 && evidence.status != 415 && !isXml))
        return {};
    return RuleFinding{Certain, Text::tr("The server does not take application/fhir+json"),
                       isXml ? evidence.failed->summary : Text::tr("Status %1").arg(evidence.status),
                       Text::tr("A proxy may change the Accept header, or the server speaks XML only; ask its "
                                "operator.")};
}

Found otherVersion(const Evidence &evidence)
{
    if (evidence.code != u"fhir.version")
        return {};
    return RuleFinding{Certain, Text::tr("This is not a FHIR R4 server"), evidence.failed->summary,
                       Text::tr("Use the address that ends in R4, if the server has one.")};
}

Found tooLarge(const Evidence &evidence)
{
    if (evidence.code != u"net.response-too-large")
        return {};
    return RuleFinding{Certain, Text::tr("The answer is larger than any answer to this request should be"),
                       evidence.failed->summary,
                       Text::tr("Check that the address is the FHIR server's; tell its operator.")};
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
    if (evidence.code != u"fhir.not-found" && evidence.code != u"fhir.not-a-bundle")
        return {};
    return RuleFinding{Likely, Text::tr("This path is not the FHIR server's"), evidence.failed->summary,
                       Text::tr("Check the path of the FHIR base URL: the token was granted, so client and key are "
                                "right.")};
}

Found searchRefused(const Evidence &evidence)
{
    if (evidence.code != u"fhir.refused" && !(evidence.step == TestStepId::Fhir && evidence.code == u"http.400"))
        return {};
    return RuleFinding{Likely, Text::tr("The FHIR server refuses this search"), evidence.failed->summary,
                       Text::tr("The token was granted, so client and key are right. Follow the server's words, or copy "
                                "the report for its support.")};
}

Found serverTrouble(const Evidence &evidence)
{
    const bool saysSo = evidence.oauthError == u"server_error" || evidence.oauthError == u"temporarily_unavailable";
    if (evidence.status < 500 && evidence.status != 429 && !saysSo)
        return {};
    const QString after = evidence.responseHeader(u"Retry-After");
    return RuleFinding{Likely, Text::tr("The server is in trouble or too busy"),
                       after.isEmpty() ? evidence.answer()
                                       : Text::tr("%1; it asks to wait: %2").arg(evidence.answer(), after),
                       Text::tr("Try again later; if it stays so, tell the server's operator.")};
}

constexpr std::array rules{
    DiagnosisRule{"scope", "T5", "scopes", &badScope},
    DiagnosisRule{"fhir-version", "N9", "fhirBaseUrl", &otherVersion},
    DiagnosisRule{"scope-missing", "T9", "scopes", &missingScope},
    DiagnosisRule{"break-the-glass", "F3c", "", &breakTheGlass},
    DiagnosisRule{"rate-limit", "F13", "", &rateLimit},
    DiagnosisRule{"media-type", "F14", "", &mediaType},
    DiagnosisRule{"answer-too-large", "N3", "", &tooLarge},
    DiagnosisRule{"api-not-ticked", "F2", "scopes", &insufficientScope},
    DiagnosisRule{"user-rights", "F3", "", &userNotAuthorized},
    DiagnosisRule{"sub-type", "F3b, F8", "scopes", &subTypeNotAuthorized},
    DiagnosisRule{"token-elsewhere", "F1", "fhirBaseUrl", &tokenOfAnotherServer},
    DiagnosisRule{"type-not-offered", "F4", "fhirBaseUrl", &typeNotOffered},
    DiagnosisRule{"search-refused", "F13", "", &searchRefused},
    DiagnosisRule{"server-trouble", "F15", "", &serverTrouble},
};

} // namespace

std::span<const DiagnosisRule> accessRules()
{
    return rules;
}

} // namespace credenza
