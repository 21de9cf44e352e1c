// SPDX-License-Identifier: Apache-2.0
// The rules about a client that is refused (facts T2, T3), where Epic gives no reason and others do.
#include "core/smart/DiagnosisRules.h"

#include "core/credentials/Environment.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

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

Found clockSkew(const Evidence &evidence)
{
    const auto offset = evidence.report.clockOffsetSeconds;
    const bool isTokenFault = evidence.isClientRefused();
    if (!isTokenFault || !offset || std::abs(*offset) <= 5)
        return {};
    // Our assertions live 240 s: a clock slow by more is expired on arrival, one fast by 60 s exceeds five minutes.
    const bool isFatal = *offset > 235 || *offset < -55;
    const QString by = QLocale().toString(std::abs(*offset), 'f', 0);
    return RuleFinding{isFatal ? Certain : Possible, Text::tr("This computer's clock is wrong"),
                       *offset > 0 ? Text::tr("The server's clock is %1 s ahead of this one").arg(by)
                                   : Text::tr("The server's clock is %1 s behind this one").arg(by),
                       Text::tr("Set this computer's clock by the network (NTP), then test again. Until then exp can be "
                                "corrected by what was measured: “Correct for the server's clock”, or --correct-clock "
                                "on the command line.")};
}

Found serverSaysExpired(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays(ServerReason::Times))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::Times),
                       Text::tr("The server finds the assertion's times wrong"), evidence.quotedReason(),
                       Text::tr("Compare this computer's clock with the server's.")};
}

Found audienceMismatch(const Evidence &evidence)
{
    if (!evidence.isClientRefused())
        return {};
    const QString says = evidence.serverSays(ServerReason::Audience) ? evidence.quotedReason() : QString();
    if (!evidence.advertised.isEmpty() && evidence.advertised != evidence.tokenEndpoint) {
        return RuleFinding{says.isEmpty() ? Likely : Certain, Text::tr("aud is not the server's token endpoint"),
                           Text::tr("The assertion is for %1, the server names %2. %3")
                               .arg(evidence.tokenEndpoint, evidence.advertised, says)
                               .trimmed(),
                           Text::tr("Clear the token endpoint under Advanced, or use the server's to the letter.")};
    }
    if (!says.isEmpty()) {
        return RuleFinding{
            evidence.likelihoodOf(ServerReason::Audience), Text::tr("The server does not accept this audience"), says,
            Text::tr("The server may stand behind a proxy and not know its outer address: ask its operator to "
                     "accept %1 as audience.")
                .arg(evidence.tokenEndpoint)};
    }
    const QString elsewhere = evidence.probe(u"capability-statement").value(u"tokenEndpoint").toString();
    if (!elsewhere.isEmpty() && elsewhere != evidence.tokenEndpoint) {
        return RuleFinding{Likely, Text::tr("The server names two token endpoints"),
                           Text::tr("The assertion is for %1, the CapabilityStatement names %2")
                               .arg(evidence.tokenEndpoint, elsewhere),
                           Text::tr("Give the other one under Advanced, token endpoint, and test again; ask the "
                                    "operator which belongs in aud.")};
    }
    if (evidence.endpointSource == u"epic-path-rule" ||
        (evidence.endpointSource == u"override" && evidence.advertised.isEmpty())) {
        return RuleFinding{Possible, Text::tr("aud may not be what the server expects"),
                           Text::tr("The token endpoint %1 is not confirmed by the server").arg(evidence.tokenEndpoint),
                           Text::tr("Ask the operator which token endpoint, byte for byte, belongs in aud.")};
    }
    return {};
}

Found otherEnvironment(const Evidence &evidence)
{
    if (!evidence.isClientRefused())
        return {};
    const Environment here = environmentOf(evidence.context.fhirBaseUrl);
    for (const Credential &other : evidence.context.otherCredentials) {
        const Environment there = environmentOf(other.fhirBaseUrl);
        if (other.clientId != evidence.context.clientId || there == here || !other.lastTest ||
            !other.lastTest->passed || other.id.toString(QUuid::WithoutBraces) == evidence.context.credentialId)
            continue;
        return RuleFinding{
            Certain,
            there == Environment::Sandbox ? Text::tr("This is the sandbox client ID")
                                          : Text::tr("This is the client ID of another environment"),
            Text::tr("The same ID passed at %1, %2 ago")
                .arg(QUrl(other.fhirBaseUrl).host(),
                     ageText(std::max<qint64>(0, other.lastTest->at.secsTo(evidence.context.now)))),
            there == Environment::Sandbox
                ? Text::tr("Copy Client ID from My Apps, not the Non-Production Client ID.")
                : Text::tr("Copy the client ID that belongs to this environment: production and non-production "
                           "differ.")};
    }
    return {};
}

Found clientIdChanged(const Evidence &evidence)
{
    const DiagnosisContext &tested = evidence.context;
    if (!evidence.isClientRefused() || tested.keyThumbprint.isEmpty())
        return {};
    const Credential *latest = nullptr;
    for (const Credential &other : tested.otherCredentials) {
        const bool isSameElse = other.fhirBaseUrl == tested.fhirBaseUrl && other.key.thumbprint == tested.keyThumbprint;
        if (!isSameElse || !other.lastTest || !other.lastTest->passed)
            continue;
        if (other.clientId == tested.clientId)
            return {}; // the ID is not what is wrong
        if (latest == nullptr || latest->lastTest->at < other.lastTest->at)
            latest = &other;
    }
    if (latest == nullptr)
        return {};
    return RuleFinding{Likely, Text::tr("This is not the client ID that passed here with this key"),
                       Text::tr("With %1 the same key passed at this address, %2 ago")
                           .arg(latest->clientId,
                                ageText(std::max<qint64>(0, latest->lastTest->at.secsTo(tested.now)))),
                       Text::tr("Compare the two client IDs, and copy it again from the app's page.")};
}

Found keyNotSynced(const Evidence &evidence)
{
    const auto age = evidence.keyAgeSeconds();
    // Epic copies changes to its sandbox within an hour, to customers twice a day (facts §2.5).
    const qint64 window = evidence.isEpicSandbox ? 3600 : 12 * 3600;
    if (!evidence.isClientRefused() || !age || *age > window || !evidence.reasons.isEmpty())
        return {};
    const bool isLocal = environmentOf(evidence.context.fhirBaseUrl) == Environment::Local;
    return RuleFinding{
        isLocal ? Possible : Likely, Text::tr("The server does not know the new public key yet"),
        evidence.isEpicSandbox
            ? Text::tr("The key is %1 old; Epic's sandbox takes up to an hour").arg(ageText(*age))
            : Text::tr("The key is %1 old; copying to production takes up to 12 hours").arg(ageText(*age)),
        Text::tr("Check that the public key is registered, wait, then test again.")};
}

Found flaky(const Evidence &evidence)
{
    const auto &last = evidence.context.lastTest;
    if (!evidence.isClientRefused() || !last || !last->passed || !last->at.isValid() ||
        !evidence.context.now.isValid() || last->at.secsTo(evidence.context.now) > 24 * 3600)
        return {};
    return RuleFinding{Likely, Text::tr("The server refuses now and then for no reason"),
                       Text::tr("The same credential passed %1 ago")
                           .arg(ageText(std::max<qint64>(0, last->at.secsTo(evidence.context.now)))),
                       Text::tr("Test again in a minute; each try signs a new assertion.")};
}

Found algorithmNotListed(const Evidence &evidence)
{
    const QJsonArray listed = evidence.stepOf(TestStepId::Discover).details.value(u"signingAlgorithms").toArray();
    const QString algorithm = evidence.header.value(u"alg").toString();
    if (!evidence.isClientRefused())
        return {};
    if (!listed.isEmpty() && !listed.contains(algorithm)) {
        QStringList names;
        for (const QJsonValue &value : listed)
            names << value.toString();
        return RuleFinding{Likely, Text::tr("The server does not take %1").arg(algorithm),
                           Text::tr("It lists %1").arg(names.join(u", "_s)),
                           Text::tr("Choose one of those under Advanced.")};
    }
    if (evidence.serverSays(ServerReason::Algorithm))
        return RuleFinding{evidence.likelihoodOf(ServerReason::Algorithm),
                           Text::tr("The server does not take this algorithm"), evidence.quotedReason(),
                           Text::tr("Choose another algorithm under Advanced.")};
    if (algorithm.startsWith(u"ES") && evidence.header.value(u"jku").toString().isEmpty() && listed.isEmpty()) {
        return RuleFinding{Possible, Text::tr("EC keys need a JWK Set URL at Epic"),
                           Text::tr("The assertion is signed with %1").arg(algorithm),
                           Text::tr("Register a JWK Set URL for this application, or use an RSA key.")};
    }
    return {};
}

Found serverSaysKey(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays(ServerReason::KeyUnknown))
        return {};
    return RuleFinding{
        evidence.likelihoodOf(ServerReason::KeyUnknown), Text::tr("The server finds no key for this kid"),
        u"%1; kid %2"_s.arg(evidence.quotedReason(), evidence.header.value(u"kid").toString()),
        Text::tr("Publish this key under that kid in the JWK Set the server reads, or set the key ID it has there.")};
}

Found serverSaysReplay(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays(ServerReason::Replay))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::Replay),
                       Text::tr("The server believes to have seen this assertion before"), evidence.quotedReason(),
                       Text::tr("Test again. If it stays so, something on the way sends requests twice.")};
}

Found serverSaysUnknownClient(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays(ServerReason::Client))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::Client), Text::tr("The server does not know this client ID"),
                       evidence.quotedReason(),
                       Text::tr("Copy the client ID anew from the application's page, for this environment.")};
}

Found otherAuthMethod(const Evidence &evidence)
{
    const QString challenge = evidence.responseHeader(u"WWW-Authenticate");
    if (evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() && evidence.status == 401 &&
        !challenge.isEmpty()) {
        return RuleFinding{Certain, Text::tr("The server wants this client to prove itself in another way"),
                           u"%1, WWW-Authenticate: %2"_s.arg(evidence.answer(), challenge),
                           Text::tr("The token endpoint, or a gateway in front of it, asks for a password. Have the "
                                    "client registered for private_key_jwt, and ask the operator to let token requests "
                                    "pass the gateway.")};
    }
    const bool isUnknownAssertion = evidence.oauthDescription.contains(u"client_assertion_type") &&
                                    (evidence.oauthDescription.contains(u"support", Qt::CaseInsensitive) ||
                                     evidence.oauthDescription.contains(u"unknown", Qt::CaseInsensitive));
    if (isUnknownAssertion) {
        return RuleFinding{Certain, Text::tr("The server does not take signed assertions"), evidence.answer(),
                           Text::tr("Ask its operator to allow private_key_jwt for this client, or for the token "
                                    "endpoint that does.")};
    }
    if (evidence.step != TestStepId::Token || evidence.oauthError.isEmpty() ||
        !evidence.serverSays(ServerReason::AuthMethod))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::AuthMethod),
                       Text::tr("The server wants this client to prove itself in another way"), evidence.answer(),
                       Text::tr("Have the client registered for private_key_jwt (a signed assertion with a public key or "
                                "JWK Set URL) instead of a secret or a client certificate.")};
}

Found accessDenied(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.oauthError != u"access_denied")
        return {};
    return RuleFinding{Likely, Text::tr("A policy of the server keeps this client out"), evidence.answer(),
                       Text::tr("Client and key were read. Ask the server's operator which policy, scope or address "
                                "list applies to this client.")};
}

Found serverSaysSomething(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.oauthError.isEmpty())
        return {};
    if (!evidence.oauthDescription.isEmpty()) {
        return RuleFinding{Possible, Text::tr("The server gives a reason"), evidence.quotedReason(),
                           Text::tr("Follow the server's words.")};
    }
    if (evidence.isClientRefused())
        return {}; // the others say more
    return RuleFinding{Possible, Text::tr("The server refuses with an error of its own"), evidence.answer(),
                       Text::tr("Look the error up in the server's documentation, or copy the report for its "
                                "support.")};
}

Found notMapped(const Evidence &evidence)
{
    if (evidence.oauthError != u"unauthorized_client")
        return {};
    if (evidence.serverSays(ServerReason::Grant))
        return {}; // grantNotAllowed
    return RuleFinding{
        evidence.reasons.isEmpty() ? Certain : Possible,
        Text::tr("The hospital has not mapped this client to a background user"), evidence.answer(),
        Text::tr("Key and client ID were accepted. Send the client ID to the hospital's Epic team and ask them to "
                 "map it to a background user.")};
}

Found grantNotAllowed(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.oauthError.isEmpty() ||
        evidence.oauthError == u"unsupported_grant_type" || !evidence.serverSays(ServerReason::Grant))
        return {};
    return RuleFinding{evidence.likelihoodOf(ServerReason::Grant), Text::tr("This client may not use client_credentials"),
                       evidence.answer(),
                       Text::tr("Have the client registered for the grant type client_credentials; Keycloak calls it a "
                                "service account.")};
}

/// Microsoft's directories, and what others divide their clients by.
Found unknownTenant(const Evidence &evidence)
{
    const QString &words = evidence.oauthDescription;
    const bool isIt = words.contains(u"tenant", Qt::CaseInsensitive) || words.contains(u"realm", Qt::CaseInsensitive);
    const bool isUnknown = words.contains(u"not found", Qt::CaseInsensitive) ||
                           words.contains(u"not exist", Qt::CaseInsensitive) ||
                           words.contains(u"unknown", Qt::CaseInsensitive);
    if (evidence.step != TestStepId::Token || !isIt || !isUnknown || evidence.serverSays(ServerReason::Client))
        return {};
    return RuleFinding{Certain, Text::tr("The token endpoint names a tenant that is not there"), evidence.quotedReason(),
                       Text::tr("The tenant is a part of the address of the token endpoint: take that from the server's "
                                "SMART configuration, or ask its operator.")};
}

Found keyNotRegistered(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.reasons.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("The registered key is another one, or has another kid"),
        u"%1; kid %2"_s.arg(evidence.answer(), evidence.header.value(u"kid").toString()),
        evidence.isEpic && evidence.header.value(u"jku").toString().isEmpty()
            ? Text::tr("Register a JWK Set URL: Epic no longer takes keys that were only uploaded (2026). Compare the "
                       "thumbprint with the key there, or the certificate's SHA-1 in the portal.")
            : Text::tr("Compare the thumbprint with the key in the registered JWK Set. The kid must name exactly one "
                       "key there.")};
}

Found notSetUp(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.reasons.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("This client ID is not set up here as a backend system"), evidence.answer(),
        evidence.isEpicSandbox
            ? Text::tr("The sandbox wants the Non-Production Client ID. On the application's page choose the user type "
                       "Backend Systems and tick Use OAuth 2.0.")
            : Text::tr("Production wants the Client ID, sandboxes the Non-Production Client ID. Check the user type "
                       "Backend Systems and Use OAuth 2.0, and that this hospital has downloaded the application.")};
}

Found clientIdForm(const Evidence &evidence)
{
    static const QRegularExpression uuid(u"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (!evidence.isClientRefused() || !evidence.isEpic || uuid.match(evidence.context.clientId).hasMatch() ||
        evidence.context.clientId.isEmpty())
        return {};
    return RuleFinding{Likely, Text::tr("This does not look like a client ID of Epic"),
                       Text::tr("Client ID “%1”; Epic's have the form of a UUID").arg(evidence.context.clientId),
                       Text::tr("Copy the Client ID, not the application's name, from its page.")};
}

Found endpointPerClient(const Evidence &evidence)
{
    const QString without = evidence.probe(u"discovery-without-client-id").value(u"tokenEndpoint").toString();
    if (!evidence.isClientRefused() || without.isEmpty() || without == evidence.advertised ||
        evidence.advertised.isEmpty())
        return {};
    return RuleFinding{
        Likely, Text::tr("The token endpoint differs from client to client here"),
        Text::tr("With Epic-Client-ID discovery names %1, without it %2").arg(evidence.advertised, without),
        Text::tr("The first should be right. If it is not, give the second under Advanced, token endpoint, and tell "
                 "the hospital.")};
}

Found grantRefused(const Evidence &evidence)
{
    if (evidence.oauthError != u"invalid_grant" || !evidence.reasons.isEmpty())
        return {};
    return RuleFinding{Likely, Text::tr("The server refuses the grant, not the client"), evidence.answer(),
                       Text::tr("The application may be registered for users to log in. Have it set up for backend "
                                "services (client_credentials with a signed assertion), and wait for the sync.")};
}

constexpr std::array rules{
    DiagnosisRule{"background-user-missing", "T3", "", &notMapped},
    DiagnosisRule{"other-environment", "T2b", "clientId", &otherEnvironment},
    DiagnosisRule{"grant-not-allowed", "T3, T6", "", &grantNotAllowed},
    DiagnosisRule{"wrong-tenant", "T1", "tokenEndpoint", &unknownTenant},
    DiagnosisRule{"auth-method", "T2m", "", &otherAuthMethod},
    DiagnosisRule{"audience", "T2i, N7", "tokenEndpoint", &audienceMismatch},
    DiagnosisRule{"unknown-client", "T2b", "clientId", &serverSaysUnknownClient},
    DiagnosisRule{"key-not-found", "T2d, T2e", "keyId", &serverSaysKey},
    DiagnosisRule{"replay", "T2k", "", &serverSaysReplay},
    DiagnosisRule{"assertion-times", "T2g, T2h", "", &serverSaysExpired},
    DiagnosisRule{"algorithm", "T2l", "algorithm", &algorithmNotListed},
    DiagnosisRule{"client-id-form", "T2j", "clientId", &clientIdForm},
    DiagnosisRule{"client-id-changed", "T2b", "clientId", &clientIdChanged},
    DiagnosisRule{"endpoint-per-client", "N7", "tokenEndpoint", &endpointPerClient},
    DiagnosisRule{"grant-refused", "T4", "", &grantRefused},
    DiagnosisRule{"flaky-refusal", "T2n", "", &flaky},
    DiagnosisRule{"key-not-registered", "T2c, T2d, T2f", "keyId", &keyNotRegistered},
    DiagnosisRule{"key-not-synced", "T2a", "", &keyNotSynced},
    DiagnosisRule{"clock-skew", "T2g", "", &clockSkew}, // a few seconds hurt nobody; what is fatal is certain
    DiagnosisRule{"client-id", "T2b, T2j, T2m", "clientId", &notSetUp},
    DiagnosisRule{"access-denied", "T3", "", &accessDenied},
    DiagnosisRule{"server-reason", "T2", "", &serverSaysSomething},
};

} // namespace

std::span<const DiagnosisRule> clientRules()
{
    return rules;
}

} // namespace credenza
