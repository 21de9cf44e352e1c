// SPDX-License-Identifier: Apache-2.0
#include "core/smart/Diagnosis.h"

#include "core/credentials/Environment.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace credenza
{

namespace
{

struct DiagnosisText {
    Q_DECLARE_TR_FUNCTIONS(Diagnosis)
};

/// All a rule may look at.
struct Evidence {
    const TestReport &report;
    const DiagnosisContext &context;
    const TestStep &failed;
    Environment environment;

    [[nodiscard]] const TestStep *step(TestStepId id) const
    {
        const auto found = std::ranges::find(report.steps, id, &TestStep::id);
        return found == report.steps.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool failedAt(TestStepId id) const { return failed.id == id; }
    [[nodiscard]] bool hasCode(const char *code) const { return failed.code == QLatin1String(code); }
    [[nodiscard]] int status() const
    {
        if (failed.exchanges.isEmpty() || !failed.exchanges.last().response)
            return 0;
        return failed.exchanges.last().response->status;
    }
    [[nodiscard]] bool isClientRefused() const { return failedAt(TestStepId::Token) && hasCode("invalid_client"); }
};

using Rule = std::optional<Cause> (*)(const Evidence &);

// Epic's limit for `exp` is five minutes, ours four: beyond this offset the assertion is outside the window (facts
// §2.2).
constexpr double harmlessOffsetSeconds = 55;

Cause cause(const char *id, Cause::Likelihood likelihood, QString title, QString evidence, QString fix,
            QString field = {})
{
    return {QString::fromLatin1(id), likelihood,     std::move(title),
            std::move(evidence),     std::move(fix), std::move(field)};
}

QString inSeconds(double seconds)
{
    return DiagnosisText::tr("%1%2 s")
        .arg(seconds < 0 ? QStringLiteral("-") : QStringLiteral("+"))
        .arg(std::abs(seconds), 0, 'f', 1);
}

std::optional<Cause> invalidField(const Evidence &seen)
{
    if (!seen.failedAt(TestStepId::Validate))
        return std::nullopt;
    return cause("invalid-field", Cause::Likelihood::Certain, DiagnosisText::tr("A field needs to be corrected"),
                 seen.failed.summary, seen.failed.hint);
}

/// Network failures name their own cause; the transport's hint is the fix (facts N1–N4).
std::optional<Cause> network(const Evidence &seen)
{
    if (!seen.failed.code.startsWith(u"net."))
        return std::nullopt;
    const bool isTls = seen.failed.code.startsWith(u"net.tls-");
    return cause(isTls ? "tls" : "network", Cause::Likelihood::Certain,
                 isTls ? DiagnosisText::tr("The server's certificate is not trusted")
                       : DiagnosisText::tr("The server can't be reached"),
                 seen.failed.summary, seen.failed.hint, QStringLiteral("fhirBaseUrl"));
}

/// T2g
std::optional<Cause> clockSkew(const Evidence &seen)
{
    if (!seen.isClientRefused() || !seen.report.clockOffsetSeconds ||
        std::abs(*seen.report.clockOffsetSeconds) < harmlessOffsetSeconds)
        return std::nullopt;
    return cause("clock-skew", Cause::Likelihood::Certain, DiagnosisText::tr("This computer's clock is off"),
                 DiagnosisText::tr("The server's clock differs by %1.").arg(inSeconds(*seen.report.clockOffsetSeconds)),
                 DiagnosisText::tr("Set this computer's clock by network time, then test again."));
}

/// T2b
std::optional<Cause> otherEnvironment(const Evidence &seen)
{
    if (!seen.isClientRefused())
        return std::nullopt;
    for (const Credential &other : seen.context.otherCredentials) {
        const bool isSameClient = other.clientId == seen.context.clientId &&
                                  other.id.toString(QUuid::WithoutBraces) != seen.context.credentialId;
        if (isSameClient && environmentOf(other.fhirBaseUrl) != seen.environment)
            return cause("other-environment", Cause::Likelihood::Likely,
                         DiagnosisText::tr("This is the client ID of another environment"),
                         DiagnosisText::tr("%1 (%2) uses the same client ID.")
                             .arg(other.name, nameOf(environmentOf(other.fhirBaseUrl))),
                         DiagnosisText::tr("Epic issues one client ID for non-production and another for production: "
                                           "copy the one for this server."),
                         QStringLiteral("clientId"));
    }
    return std::nullopt;
}

/// T2i
std::optional<Cause> audienceMismatch(const Evidence &seen)
{
    const TestStep *discover = seen.step(TestStepId::Discover);
    if (!seen.isClientRefused() || discover == nullptr)
        return std::nullopt;
    const QString used = discover->details.value(u"tokenEndpoint").toString();
    const QString advertised = discover->details.value(u"advertisedTokenEndpoint").toString();
    if (used.isEmpty() || advertised.isEmpty() || used == advertised)
        return std::nullopt;
    return cause(
        "audience-mismatch", Cause::Likelihood::Likely,
        DiagnosisText::tr("The token endpoint is not the one the server names"),
        DiagnosisText::tr("Used: %1. The server names: %2.").arg(used, advertised),
        DiagnosisText::tr("Clear the token endpoint, so that the discovered one is used as the assertion's aud."),
        QStringLiteral("tokenEndpoint"));
}

/// T2a
std::optional<Cause> keyNotSynced(const Evidence &seen)
{
    if (!seen.isClientRefused() || !seen.context.keyCreatedAt.isValid())
        return std::nullopt;
    const qint64 minutes = seen.context.keyCreatedAt.secsTo(seen.context.now) / 60;
    const qint64 window = seen.environment == Environment::Sandbox ? 60 : 12 * 60;
    if (minutes < 0 || minutes >= window)
        return std::nullopt;
    return cause("key-not-synced", Cause::Likelihood::Likely,
                 DiagnosisText::tr("The server does not know the new key yet"),
                 DiagnosisText::tr("The key is %1 min old here; copying to this environment takes up to %2 h.")
                     .arg(minutes)
                     .arg(window / 60),
                 DiagnosisText::tr("Check that its public half is registered, wait, and test again."),
                 QStringLiteral("privateKey"));
}

/// T2n
std::optional<Cause> workedBefore(const Evidence &seen)
{
    if (!seen.isClientRefused() || !seen.context.lastTest || !seen.context.lastTest->passed)
        return std::nullopt;
    const qint64 minutes = seen.context.lastTest->at.secsTo(seen.context.now) / 60;
    if (minutes < 0 || minutes > 60)
        return std::nullopt;
    return cause("flaky-server", Cause::Likelihood::Possible, DiagnosisText::tr("The server refuses now and then"),
                 DiagnosisText::tr("The same credential passed %1 min ago.").arg(minutes),
                 DiagnosisText::tr("Test again in a minute; each try sends a fresh assertion."));
}

/// A generic server that says why.
std::optional<Cause> serverSaysWhy(const Evidence &seen)
{
    const QString description = seen.failed.details.value(u"errorDescription").toString();
    if (!seen.failedAt(TestStepId::Token) || description.isEmpty())
        return std::nullopt;
    return cause("server-reason", Cause::Likelihood::Certain, DiagnosisText::tr("The server says why"), description,
                 DiagnosisText::tr("Correct what the server names, then test again."));
}

/// T3
std::optional<Cause> notMapped(const Evidence &seen)
{
    if (!seen.failedAt(TestStepId::Token) || !seen.hasCode("unauthorized_client"))
        return std::nullopt;
    return cause(
        "no-background-user", Cause::Likelihood::Likely,
        DiagnosisText::tr("The organization has not set this client up"),
        DiagnosisText::tr("The server accepted the signature and answered unauthorized_client."),
        DiagnosisText::tr("Send the client ID to the organization's Epic team: they map it to a background user."));
}

/// T1, T4, T5, T6: the code itself names the cause.
std::optional<Cause> oauthCode(const Evidence &seen)
{
    if (!seen.failedAt(TestStepId::Token))
        return std::nullopt;
    if (seen.hasCode("invalid_scope"))
        return cause("invalid-scope", Cause::Likelihood::Certain, DiagnosisText::tr("A scope is not accepted"),
                     DiagnosisText::tr("The server answered invalid_scope."),
                     DiagnosisText::tr("Ask for scopes that the server lists, or leave them empty."),
                     QStringLiteral("scopes"));
    if (seen.hasCode("invalid_request"))
        return cause("invalid-request", Cause::Likelihood::Likely,
                     DiagnosisText::tr("Something on the way changed the request"),
                     DiagnosisText::tr("The server answered invalid_request to a well-formed request."),
                     DiagnosisText::tr("Check the proxy and the token endpoint for rewriting or a trailing character."),
                     QStringLiteral("tokenEndpoint"));
    if (seen.hasCode("invalid_grant") || seen.hasCode("unsupported_grant_type"))
        return cause(
            "grant-refused", Cause::Likelihood::Likely,
            DiagnosisText::tr("This endpoint does not serve backend services"),
            DiagnosisText::tr("The server answered %1.").arg(seen.failed.code),
            DiagnosisText::tr("Check that the app is registered as a backend system and the base URL is right."),
            QStringLiteral("fhirBaseUrl"));
    return std::nullopt;
}

/// N5, N6, T7, T8: something else than an authorization or FHIR server answered.
std::optional<Cause> wrongAddress(const Evidence &seen)
{
    const bool isDiscovery = seen.failedAt(TestStepId::Discover) && !seen.failed.code.startsWith(u"net.");
    const bool isNoTokenServer =
        seen.failedAt(TestStepId::Token) && (seen.failed.code.startsWith(u"token.") || seen.status() == 404);
    if (!isDiscovery && !isNoTokenServer)
        return std::nullopt;
    return cause("wrong-address", Cause::Likelihood::Likely,
                 DiagnosisText::tr("The address is not that of a SMART server"), seen.failed.summary,
                 DiagnosisText::tr("Take the base URL from the EHR's endpoint directory or from the organization."),
                 QStringLiteral("fhirBaseUrl"));
}

/// T2c, T2d
std::optional<Cause> keyNotRegistered(const Evidence &seen)
{
    if (!seen.isClientRefused())
        return std::nullopt;
    return cause("key-not-registered", Cause::Likelihood::Possible,
                 DiagnosisText::tr("The registered key is another one"),
                 DiagnosisText::tr("invalid_client without a reason; the assertion itself is in order."),
                 DiagnosisText::tr("Compare the registered key, its kid and the client ID with those shown here."),
                 QStringLiteral("privateKey"));
}

/// T2m
std::optional<Cause> appNotReady(const Evidence &seen)
{
    if (!seen.isClientRefused())
        return std::nullopt;
    return cause(
        "app-not-ready", Cause::Likelihood::Possible,
        DiagnosisText::tr("The app is not enabled as a backend system here"),
        DiagnosisText::tr("This can't be seen from outside."),
        DiagnosisText::tr("Check in the portal: Backend Systems, OAuth 2.0 on, and downloaded by this organization."));
}

/// F1–F3
std::optional<Cause> fhirRefused(const Evidence &seen)
{
    if (!seen.failedAt(TestStepId::Fhir) || (seen.status() != 401 && seen.status() != 403))
        return std::nullopt;
    if (seen.status() == 401)
        return cause("token-not-accepted", Cause::Likelihood::Likely,
                     DiagnosisText::tr("The FHIR server does not accept the token"),
                     DiagnosisText::tr("The token was granted, and the FHIR call answered 401."),
                     DiagnosisText::tr("Check that base URL and token endpoint belong to the same environment."),
                     QStringLiteral("fhirBaseUrl"));
    return cause(
        "api-not-enabled", Cause::Likelihood::Likely, DiagnosisText::tr("The API is not enabled for this client"),
        DiagnosisText::tr("The token was granted, and the FHIR call answered 403."),
        DiagnosisText::tr("Tick Read and Search of the resource for the app, save, wait up to an hour, test again."));
}

// In order of weight; among causes of the same likelihood the earlier rule stands first.
constexpr std::array<Rule, 14> rules{invalidField,     network,      serverSaysWhy,    clockSkew,  otherEnvironment,
                                     audienceMismatch, keyNotSynced, notMapped,        oauthCode,  wrongAddress,
                                     fhirRefused,      workedBefore, keyNotRegistered, appNotReady};

/// Short facts that are in order, for a refused client.
QStringList factsInOrder(const Evidence &seen)
{
    QStringList facts;
    if (!seen.isClientRefused())
        return facts;
    if (seen.report.clockOffsetSeconds && std::abs(*seen.report.clockOffsetSeconds) < harmlessOffsetSeconds)
        facts.append(DiagnosisText::tr("Clock %1").arg(inSeconds(*seen.report.clockOffsetSeconds)));
    const TestStep *sign = seen.step(TestStepId::Sign);
    const TestStep *discover = seen.step(TestStepId::Discover);
    if (sign == nullptr || discover == nullptr)
        return facts;
    const QJsonObject claims = sign->details.value(u"claims").toObject();
    const QString endpoint = discover->details.value(u"tokenEndpoint").toString();
    if (!endpoint.isEmpty() && claims.value(u"aud").toString() == endpoint)
        facts.append(DiagnosisText::tr("aud matches"));
    if (!claims.value(u"jti").toString().isEmpty())
        facts.append(DiagnosisText::tr("jti new"));
    const QString algorithm = sign->details.value(u"header").toObject().value(u"alg").toString();
    if (discover->details.value(u"signingAlgorithms").toArray().contains(algorithm))
        facts.append(DiagnosisText::tr("%1 listed").arg(algorithm));
    if (sign->details.value(u"verified").toBool())
        facts.append(DiagnosisText::tr("Signature"));
    return facts;
}

} // namespace

Diagnosis diagnose(const TestReport &report, const DiagnosisContext &context)
{
    const TestStep *failed = report.failedStep();
    if (failed == nullptr || failed->code == u"cancelled")
        return {};
    const Evidence seen{report, context, *failed, environmentOf(context.fhirBaseUrl)};
    Diagnosis diagnosis;
    for (const Rule rule : rules) {
        if (auto found = rule(seen))
            diagnosis.causes.append(std::move(*found));
    }
    std::ranges::stable_sort(diagnosis.causes, {}, [](const Cause &item) { return static_cast<int>(item.likelihood); });
    diagnosis.ruledOut = factsInOrder(seen);
    return diagnosis;
}

} // namespace credenza
