// SPDX-License-Identifier: Apache-2.0
#include "core/smart/DiagnosisEvidence.h"

#include <QCoreApplication>
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
    header = stepOf(TestStepId::Sign).details.value(u"header").toObject();
    claims = stepOf(TestStepId::Sign).details.value(u"claims").toObject();
}

bool DiagnosisEvidence::isClientRefused() const
{
    // Some servers answer every fault of the assertion with invalid_grant (facts T4).
    return step == TestStepId::Token && (oauthError == u"invalid_client" || oauthError == u"invalid_grant");
}

bool DiagnosisEvidence::serverSays(std::initializer_list<QLatin1StringView> anyOf) const
{
    return std::ranges::any_of(
        anyOf, [this](QLatin1StringView word) { return oauthDescription.contains(word, Qt::CaseInsensitive); });
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
