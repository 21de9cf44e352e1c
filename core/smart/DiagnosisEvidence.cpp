// SPDX-License-Identifier: Apache-2.0
#include "core/smart/DiagnosisEvidence.h"

#include <QCoreApplication>
#include <QRegularExpression>
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

} // namespace

DiagnosisEvidence::DiagnosisEvidence(const TestReport &testReport, const DiagnosisContext &diagnosisContext,
                                     const TestStep &failedStep)
    : report(testReport), context(diagnosisContext), failed(&failedStep), step(failedStep.id), code(failedStep.code)
{
    if (!failedStep.exchanges.isEmpty() && failedStep.exchanges.last().response) {
        status = failedStep.exchanges.last().response->status;
        body = failedStep.exchanges.last().response->body;
    }
    oauthError = failedStep.details.value(u"error").toString();
    oauthDescription = failedStep.details.value(u"errorDescription").toString();
    const QJsonObject discovered = stepOf(TestStepId::Discover).details;
    tokenEndpoint = discovered.value(u"tokenEndpoint").toString();
    advertised = discovered.value(u"advertisedTokenEndpoint").toString();
    endpointSource = discovered.value(u"source").toString();
    host = QUrl(diagnosisContext.fhirBaseUrl).host();
    isEpicSandbox = host == u"fhir.epic.com";
    isEpic = isEpicSandbox || discovered.value(u"connector") == u"epic-ehr"_s ||
             probe(u"capability-statement").value(u"software").toString().startsWith(u"Epic");
    reasons = readReasons(oauthDescription);
    header = stepOf(TestStepId::Sign).details.value(u"header").toObject();
    claims = stepOf(TestStepId::Sign).details.value(u"claims").toObject();
}

QList<ServerReason> readReasons(const QString &description)
{
    struct Phrase {
        ServerReason reason;
        const char16_t *pattern;
    };
    // Most telling first: a word of a later row may stand in the sentence of an earlier one.
    static constexpr std::array phrases{
        Phrase{ServerReason::Replay, uR"(\bjti\b|jti-|replay|already (been )?used|re-?use)"},
        Phrase{ServerReason::Algorithm, uR"(algorithm|\balg\b)"},
        Phrase{
            ServerReason::KeySetUnreadable,
            uR"((unable|fail|could not|couldn't|cannot|can't|error|timed? ?out).{0,40}\b(fetch|retriev|load|read|get|obtain|download|reach|resolv|connect)\w*.{0,60}(jwks|jku|key ?set|keys?\b))"
            uR"(|no jwks found|jwks-unavailable|(jwks|jku|key ?set).{0,60}(unreachable|not (found|reachable|available)|timed? ?out|certificate))"},
        Phrase{ServerReason::Signature,
               uR"(signature|unable to verify|verification failed|not verif|could not be verified)"},
        Phrase{
            ServerReason::KeyUnknown,
            uR"(\bkid\b|kid-|\bjku\b|jku_|no (public |matching |applicable |suitable |valid )?keys?\b|(unknown|unrecognized|missing|wrong) (public )?key|key.{0,20}not (found|registered|known)|jwks|public key)"},
        Phrase{ServerReason::Audience, uR"(\baud\b|aud-|_aud\b|audience)"},
        Phrase{
            ServerReason::Times,
            uR"(\bexp\b|exp-|expir|\biat\b|\bnbf\b|not (yet valid|before|active)|valid(ity)? time|time ?range|lifetime|too (old|far)|in the future|clock|timestamp)"},
        Phrase{ServerReason::Scope, uR"(\bscopes?\b)"},
        Phrase{
            ServerReason::Client,
            uR"((client|application|app).{0,60}(not found|unknown|not (be )?recogni|not registered|not exist|disabled|inactive|not active|not known)|(unknown|unrecogni[sz]ed|no such|unregistered|nonexistent) (client|application)|client_?id|\biss\b|iss-|\bsub\b|sub-|issuer)"},
    };
    QList<ServerReason> reasons;
    for (const Phrase &phrase : phrases) {
        const QRegularExpression pattern(QString::fromUtf16(phrase.pattern), QRegularExpression::CaseInsensitiveOption);
        if (pattern.match(description).hasMatch())
            reasons.append(phrase.reason);
    }
    return reasons;
}

bool DiagnosisEvidence::isClientRefused() const
{
    // Some servers answer faults of the assertion with invalid_grant (facts T4), or with anything that has words.
    const bool isOwnError = oauthError == u"invalid_client" || oauthError == u"invalid_grant";
    const bool isWordy = !oauthError.isEmpty() && oauthError != u"invalid_scope" && !reasons.isEmpty() &&
                         reasons.first() != ServerReason::Scope;
    return step == TestStepId::Token && (isOwnError || isWordy);
}

Cause::Likelihood DiagnosisEvidence::likelihoodOf(ServerReason reason) const
{
    return reasons.value(0, reason) == reason ? Cause::Likelihood::Certain : Cause::Likelihood::Likely;
}

QJsonObject DiagnosisEvidence::probe(QStringView id) const
{
    const auto found = std::ranges::find(report.probes, id, &TestProbe::id);
    return found == report.probes.end() ? QJsonObject() : found->facts;
}

QString DiagnosisEvidence::answer() const
{
    if (oauthError.isEmpty())
        return Text::tr("Status %1").arg(status);
    const QString words = oauthDescription.isEmpty() ? Text::tr("no reason") : u"“%1”"_s.arg(oauthDescription);
    return Text::tr("Status %1, %2, %3").arg(QString::number(status), oauthError, words);
}

QString DiagnosisEvidence::quotedReason() const
{
    return oauthDescription.isEmpty() ? QString() : Text::tr("The server says: “%1”").arg(oauthDescription);
}

bool DiagnosisEvidence::isWebPage() const
{
    return responseHeader(u"Content-Type").contains(u"html", Qt::CaseInsensitive) || body.trimmed().startsWith(u'<');
}

QString DiagnosisEvidence::responseHeader(QStringView name) const
{
    if (failed->exchanges.isEmpty() || !failed->exchanges.last().response)
        return {};
    const auto &headers = failed->exchanges.last().response->headers;
    const auto found = std::ranges::find_if(
        headers, [name](const auto &entry) { return name.compare(entry.first, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? QString() : found->second;
}

std::optional<qint64> DiagnosisEvidence::keyAgeSeconds() const
{
    if (!context.keyCreatedAt.isValid() || !context.now.isValid())
        return std::nullopt;
    return std::max<qint64>(0, context.keyCreatedAt.secsTo(context.now));
}

QString ageText(qint64 seconds)
{
    if (seconds < 2 * 3600)
        return Text::tr("%n min", nullptr, int(seconds / 60));
    if (seconds < 2 * 86400)
        return Text::tr("%n h", nullptr, int(seconds / 3600));
    return Text::tr("%n days", nullptr, int(seconds / 86400));
}

} // namespace credenza
