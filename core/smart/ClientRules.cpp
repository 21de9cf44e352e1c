// SPDX-License-Identifier: Apache-2.0
// The rules about a client that is refused (facts T2, T3), where Epic gives no reason and others do.
#include "core/smart/DiagnosisRules.h"

#include "core/credentials/Environment.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
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
                       Text::tr("Set this computer's clock by the network (NTP), then test again.")};
}

Found serverSaysExpired(const Evidence &evidence)
{
    if (!evidence.isClientRefused() ||
        !evidence.serverSays({"exp "_L1, "expired"_L1, "\"exp\""_L1, "iat"_L1, "nbf"_L1}))
        return {};
    return RuleFinding{Likely, Text::tr("The server finds the assertion's times wrong"), evidence.quotedReason(),
                       Text::tr("Compare this computer's clock with the server's.")};
}

Found audienceMismatch(const Evidence &evidence)
{
    if (!evidence.isClientRefused())
        return {};
    const QString says = evidence.serverSays({"aud"_L1, "audience"_L1}) ? evidence.quotedReason() : QString();
    if (!evidence.advertised.isEmpty() && evidence.advertised != evidence.tokenEndpoint) {
        return RuleFinding{says.isEmpty() ? Likely : Certain, Text::tr("aud is not the server's token endpoint"),
                           Text::tr("The assertion is for %1, the server names %2. %3")
                               .arg(evidence.tokenEndpoint, evidence.advertised, says)
                               .trimmed(),
                           Text::tr("Clear the token endpoint under Advanced, or use the server's to the letter.")};
    }
    if (!says.isEmpty()) {
        return RuleFinding{
            Certain, Text::tr("The server does not accept this audience"), says,
            Text::tr("The server may stand behind a proxy and not know its outer address: ask its operator to "
                     "accept %1 as audience.")
                .arg(evidence.tokenEndpoint)};
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

Found keyNotSynced(const Evidence &evidence)
{
    const auto age = evidence.keyAgeSeconds();
    // Epic copies changes to its sandbox within an hour, to customers twice a day (facts §2.5).
    const qint64 window = evidence.isEpicSandbox ? 3600 : 12 * 3600;
    if (!evidence.isClientRefused() || !age || *age > window ||
        environmentOf(evidence.context.fhirBaseUrl) == Environment::Local)
        return {};
    return RuleFinding{
        Likely, Text::tr("The server does not know the new public key yet"),
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
    if (evidence.serverSays({"algorithm"_L1, " alg"_L1, "\"alg\""_L1}))
        return RuleFinding{Likely, Text::tr("The server does not take this algorithm"), evidence.quotedReason(),
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
    if (!evidence.isClientRefused() || !evidence.serverSays({"kid"_L1, "no public key"_L1, "jwks"_L1,
                                                             "no applicable key"_L1, "unknown key"_L1, "jku"_L1}))
        return {};
    return RuleFinding{
        Certain, Text::tr("The server finds no key for this kid"),
        u"%1; kid %2"_s.arg(evidence.quotedReason(), evidence.header.value(u"kid").toString()),
        Text::tr("Publish this key under that kid in the JWK Set the server reads, or set the key ID it has there.")};
}

Found serverSaysSignature(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays({"signature"_L1, "verify"_L1, "verification"_L1}))
        return {};
    return RuleFinding{
        Certain, Text::tr("The key is not the one that is registered"), evidence.quotedReason(),
        Text::tr("Compare the thumbprint with the registered key, and register this one or use that one.")};
}

Found serverSaysReplay(const Evidence &evidence)
{
    if (!evidence.isClientRefused() ||
        !evidence.serverSays({"jti"_L1, "replay"_L1, "already used"_L1, "already been used"_L1}))
        return {};
    return RuleFinding{Likely, Text::tr("The server believes to have seen this assertion before"),
                       evidence.quotedReason(),
                       Text::tr("Test again. If it stays so, something on the way sends requests twice.")};
}

Found serverSaysUnknownClient(const Evidence &evidence)
{
    if (!evidence.isClientRefused() ||
        !evidence.serverSays({"client not found"_L1, "unknown client"_L1, "client is invalid"_L1, "not registered"_L1,
                              "no such client"_L1, "client_id"_L1, "unregistered"_L1}))
        return {};
    return RuleFinding{Certain, Text::tr("The server does not know this client ID"), evidence.quotedReason(),
                       Text::tr("Copy the client ID anew from the application's page, for this environment.")};
}

Found serverSaysSomething(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.oauthDescription.isEmpty() || evidence.oauthError.isEmpty())
        return {};
    return RuleFinding{Possible, Text::tr("The server gives a reason"), evidence.quotedReason(),
                       Text::tr("Follow the server's words.")};
}

Found notMapped(const Evidence &evidence)
{
    if (evidence.oauthError != u"unauthorized_client")
        return {};
    return RuleFinding{
        Certain, Text::tr("The hospital has not mapped this client to a background user"), evidence.answer(),
        Text::tr("Key and client ID were accepted. Send the client ID to the hospital's Epic team and ask them to "
                 "map it to a background user.")};
}

Found keyNotRegistered(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("The registered key is another one, or has another kid"),
        u"%1; kid %2"_s.arg(evidence.answer(), evidence.header.value(u"kid").toString()),
        Text::tr("Compare the thumbprint with the key in the registered JWK Set (or the certificate's SHA-1 in the "
                 "portal). The kid must name exactly one key there.")};
}

Found wrongClientId(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{Possible, Text::tr("The client ID belongs to another environment"), evidence.answer(),
                       evidence.isEpicSandbox
                           ? Text::tr("The sandbox wants the Non-Production Client ID of the application's page.")
                           : Text::tr("Production wants the Client ID, sandboxes the Non-Production Client ID.")};
}

Found notBackendApp(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("The application is not set up as a backend system"), evidence.answer(),
        evidence.isEpicSandbox
            ? Text::tr("On the application's page choose the user type Backend Systems and tick Use OAuth 2.0.")
            : Text::tr("Check the user type Backend Systems and Use OAuth 2.0, and that this hospital has "
                       "downloaded the application.")};
}

constexpr std::array rules{
    DiagnosisRule{"background-user-missing", "T3", "", &notMapped},
    DiagnosisRule{"clock-skew", "T2g", "", &clockSkew},
    DiagnosisRule{"other-environment", "T2b", "clientId", &otherEnvironment},
    DiagnosisRule{"audience", "T2i, N7", "tokenEndpoint", &audienceMismatch},
    DiagnosisRule{"unknown-client", "T2b", "clientId", &serverSaysUnknownClient},
    DiagnosisRule{"key-not-found", "T2d, T2e", "keyId", &serverSaysKey},
    DiagnosisRule{"wrong-key", "T2c", "privateKey", &serverSaysSignature},
    DiagnosisRule{"replay", "T2k", "", &serverSaysReplay},
    DiagnosisRule{"assertion-times", "T2g, T2h", "", &serverSaysExpired},
    DiagnosisRule{"algorithm", "T2l", "algorithm", &algorithmNotListed},
    DiagnosisRule{"flaky-refusal", "T2n", "", &flaky},
    DiagnosisRule{"key-not-synced", "T2a", "", &keyNotSynced},
    DiagnosisRule{"key-not-registered", "T2c, T2d, T2f", "keyId", &keyNotRegistered},
    DiagnosisRule{"client-id", "T2b, T2j", "clientId", &wrongClientId},
    DiagnosisRule{"not-backend-app", "T2m", "", &notBackendApp},
    DiagnosisRule{"server-reason", "T2", "", &serverSaysSomething},
};

} // namespace

std::span<const DiagnosisRule> clientRules()
{
    return rules;
}

} // namespace credenza
