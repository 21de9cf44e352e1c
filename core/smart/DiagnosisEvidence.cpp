// SPDX-License-Identifier: Apache-2.0
#include "core/smart/DiagnosisEvidence.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

/// "invalid_client", not "Not Found".
bool looksLikeErrorCode(const QString &error)
{
    return std::ranges::all_of(error, [](QChar c) { return c.isLower() || c == u'_' || c.isDigit(); });
}

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
    // "Not Found" of a web framework's own JSON is no word about the client.
    if ((status == 404 || status == 405 || status == 410) && !looksLikeErrorCode(oauthError))
        oauthError.clear();
    const QJsonObject discovered = stepOf(TestStepId::Discover).details;
    tokenEndpoint = discovered.value(u"tokenEndpoint").toString();
    advertised = discovered.value(u"advertisedTokenEndpoint").toString();
    endpointSource = discovered.value(u"source").toString();
    host = QUrl(diagnosisContext.fhirBaseUrl).host();
    isEpicSandbox = host == u"fhir.epic.com";
    isEpic = isEpicSandbox || discovered.value(u"connector") == u"epic-ehr"_s ||
             probe(u"capability-statement").value(u"software").toString().startsWith(u"Epic");
    reasons = readReasons(oauthDescription);
    if (reasons.isEmpty() && !looksLikeErrorCode(oauthError)) // a sentence where the code belongs
        reasons = readReasons(oauthError);
    for (const QJsonValue &certificate : failedStep.details.value(u"certificates").toArray())
        certificates.append(certificate.toObject());
    header = stepOf(TestStepId::Sign).details.value(u"header").toObject();
    claims = stepOf(TestStepId::Sign).details.value(u"claims").toObject();
}

bool DiagnosisEvidence::isClientRefused() const
{
    // Some servers answer faults of the assertion with invalid_grant (facts T4), or with anything that has words.
    const bool isOwnError = oauthError == u"invalid_client" || oauthError == u"invalid_grant" ||
                            (status == 401 && !isWebPage() && !looksLikeErrorCode(oauthError));
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

bool DiagnosisEvidence::hasReadMetadata() const
{
    return step == TestStepId::Discover && code == u"smart.no-token-endpoint" && status == 200 &&
           body.contains(u"\"CapabilityStatement\"");
}

bool DiagnosisEvidence::hasUnreadableAnswer() const
{
    const bool isSkipped = code == u"smart.no-token-endpoint" && status == 0; // discovery goes on after one
    return code == u"net.bad-response" || isSkipped;
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
    if (seconds < 60)
        return Text::tr("%n s", nullptr, int(seconds));
    if (seconds < 2 * 3600)
        return Text::tr("%n min", nullptr, int(seconds / 60));
    if (seconds < 2 * 86400)
        return Text::tr("%n h", nullptr, int(seconds / 3600));
    return Text::tr("%n days", nullptr, int(seconds / 86400));
}

} // namespace credenza
