// SPDX-License-Identifier: Apache-2.0
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

QString quoted(const Evidence &evidence)
{
    return evidence.oauthDescription.isEmpty() ? QString()
                                               : Text::tr("The server says: “%1”").arg(evidence.oauthDescription);
}

QString answer(const Evidence &evidence)
{
    if (evidence.oauthError.isEmpty())
        return Text::tr("Status %1").arg(evidence.status);
    const QString words =
        evidence.oauthDescription.isEmpty() ? Text::tr("no reason") : u"“%1”"_s.arg(evidence.oauthDescription);
    return Text::tr("Status %1, %2, %3").arg(QString::number(evidence.status), evidence.oauthError, words);
}

QString ageText(qint64 seconds)
{
    if (seconds < 2 * 3600)
        return Text::tr("%n min", nullptr, int(seconds / 60));
    if (seconds < 2 * 86400)
        return Text::tr("%n h", nullptr, int(seconds / 3600));
    return Text::tr("%n days", nullptr, int(seconds / 86400));
}

bool isHtml(const Evidence &evidence)
{
    return evidence.responseHeader(u"Content-Type").contains(u"html", Qt::CaseInsensitive) ||
           evidence.body.trimmed().startsWith(u'<');
}

// -- fields ---------------------------------------------------------------------------------------------------------

Found invalidFields(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Validate)
        return {};
    return RuleFinding{Certain, Text::tr("A field is not valid"), evidence.failed->summary, evidence.failed->hint};
}

Found signingFailed(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Sign)
        return {};
    return RuleFinding{Certain, Text::tr("The key can't make this signature"), evidence.failed->summary,
                       evidence.failed->hint};
}

// -- network (N1–N4) ------------------------------------------------------------------------------------------------

Found hostNotFound(const Evidence &evidence)
{
    if (evidence.code != u"net.host-not-found")
        return {};
    return RuleFinding{
        Certain, Text::tr("The host name is unknown"), evidence.failed->summary,
        Text::tr("Check the spelling of the host. Non-production hosts of hospitals are often visible only in "
                 "their VPN.")};
}

Found connectionRefused(const Evidence &evidence)
{
    if (evidence.code != u"net.connection-refused")
        return {};
    return RuleFinding{Certain, Text::tr("Nobody listens there"), evidence.failed->summary,
                       Text::tr("Check host and port; ask whether the server is up.")};
}

Found noAnswer(const Evidence &evidence)
{
    if (evidence.code != u"net.timeout" && evidence.code != u"net.connection-closed")
        return {};
    return RuleFinding{
        Likely, Text::tr("A firewall, or a server that admits only known addresses"), evidence.failed->summary,
        Text::tr("Try once more. If it stays so, give the hospital the IP address you connect from, or use its "
                 "VPN.")};
}

Found tlsInspection(const Evidence &evidence)
{
    if (evidence.code != u"net.tls-untrusted")
        return {};
    static const QStringList products{
        u"Zscaler"_s,    u"Netskope"_s,     u"Fortinet"_s,   u"FortiGate"_s,         u"Palo Alto"_s,
        u"Blue Coat"_s,  u"Symantec Web"_s, u"Forcepoint"_s, u"Cisco Umbrella"_s,    u"Sophos"_s,
        u"McAfee Web"_s, u"Check Point"_s,  u"Barracuda"_s,  u"Cloudflare Gateway"_s};
    const bool isProduct = std::ranges::any_of(
        products, [&](const QString &name) { return evidence.failed->summary.contains(name, Qt::CaseInsensitive); });
    return RuleFinding{
        isProduct ? Certain : Likely,
        isProduct ? Text::tr("Your network inspects TLS connections")
                  : Text::tr("The certificate's issuer is not trusted"),
        evidence.failed->summary,
        Text::tr("Get that issuer's CA certificate from your administrator and add it under Advanced, CA "
                 "certificates.")};
}

Found tlsOther(const Evidence &evidence)
{
    if (!evidence.code.startsWith(u"net.tls-") || evidence.code == u"net.tls-untrusted")
        return {};
    return RuleFinding{Certain, Text::tr("The server's certificate can't be accepted"), evidence.failed->summary,
                       evidence.failed->hint};
}

Found proxyTrouble(const Evidence &evidence)
{
    if (evidence.code != u"net.proxy" && evidence.status != 407)
        return {};
    return RuleFinding{Certain, Text::tr("The proxy does not let the request through"), evidence.failed->summary,
                       Text::tr("Check address, user name and password of the proxy under Advanced.")};
}

// -- address (N5, N6, T1, T6–T8) ------------------------------------------------------------------------------------

Found wrongAddress(const Evidence &evidence)
{
    const bool isGuessed = evidence.endpointSource == u"epic-path-rule";
    const bool isNoTokenEndpoint = evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() &&
                                   (evidence.status == 404 || evidence.status == 405 || evidence.status == 410);
    const bool isNoFhir = evidence.step == TestStepId::Discover &&
                          (evidence.code == u"smart.no-token-endpoint" || evidence.code == u"smart.not-fhir");
    if (!isNoFhir && !(isNoTokenEndpoint && evidence.endpointSource != u"override"))
        return {};
    if (isNoFhir) {
        return RuleFinding{Certain, Text::tr("The FHIR base URL is not the right one"), evidence.failed->summary,
                           Text::tr("Take the base from the organization's entry in Epic's endpoint directory "
                                    "(open.epic.com/Endpoints/R4), to the letter: paths differ in case.")};
    }
    return RuleFinding{
        isGuessed ? Certain : Likely, Text::tr("The FHIR base URL is not the right one"),
        isGuessed ? Text::tr("Discovery found nothing, and the token endpoint guessed from the path answered %1")
                        .arg(evidence.status)
                  : Text::tr("%1 answered %2").arg(evidence.tokenEndpoint, QString::number(evidence.status)),
        Text::tr("Check the path of the FHIR base URL against Epic's endpoint directory "
                 "(open.epic.com/Endpoints/R4).")};
}

Found wrongTokenUrl(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.endpointSource != u"override" ||
        !evidence.oauthError.isEmpty() || evidence.status == 0 || evidence.status >= 500)
        return {};
    return RuleFinding{
        Certain, Text::tr("The given token endpoint is no token endpoint"),
        Text::tr("%1 answered %2 without an OAuth error").arg(evidence.tokenEndpoint).arg(evidence.status),
        evidence.advertised.isEmpty() ? Text::tr("Clear the token endpoint under Advanced to have it discovered.")
                                      : Text::tr("Use %1, which the server names.").arg(evidence.advertised)};
}

Found postedToAuthorize(const Evidence &evidence)
{
    const QString path = QUrl(evidence.tokenEndpoint).path();
    const bool says = evidence.body.contains(u"trying to authorize the client", Qt::CaseInsensitive);
    if (evidence.step != TestStepId::Token || (!says && !path.endsWith(u"/authorize", Qt::CaseInsensitive)))
        return {};
    return RuleFinding{Certain, Text::tr("This is the authorize endpoint, not the token endpoint"),
                       says ? Text::tr("Epic's page “Something went wrong trying to authorize the client”")
                            : Text::tr("The path ends in /authorize"),
                       Text::tr("The address must end in /token. Clear the override under Advanced.")};
}

Found pageInsteadOfAnswer(const Evidence &evidence)
{
    const bool isTokenPage =
        evidence.code == u"token.html" || (evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() &&
                                           isHtml(evidence) && evidence.status != 404 && evidence.status != 405);
    const bool isFhirPage = evidence.code == u"fhir.html";
    if (!isTokenPage && !isFhirPage)
        return {};
    const QString server = evidence.responseHeader(u"Server");
    return RuleFinding{
        Likely, Text::tr("A firewall, login page or captive portal answered"),
        server.isEmpty()
            ? Text::tr("A web page with status %1").arg(evidence.status)
            : Text::tr("A web page with status %1 from “%2”").arg(QString::number(evidence.status), server),
        Text::tr("Open the FHIR base URL in a browser on this computer. If a page asks you to log in, this network "
                 "or the hospital's firewall is in the way.")};
}

Found tokenRedirected(const Evidence &evidence)
{
    if (evidence.code != u"token.redirected")
        return {};
    return RuleFinding{
        Likely, Text::tr("The token endpoint has moved, or a login page is in the way"), evidence.failed->summary,
        Text::tr("Ask discovery again with the address it points to, if that is the same organization's.")};
}

Found unusableTokenAnswer(const Evidence &evidence)
{
    const bool isPlainRefusal = evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() &&
                                evidence.status >= 400 && evidence.status < 500 && evidence.status != 404 &&
                                evidence.status != 405 && !isHtml(evidence);
    if (evidence.code != u"token.no-access-token" && evidence.code != u"token.not-json" &&
        evidence.code != u"token.wrong-type" && !isPlainRefusal)
        return {};
    return RuleFinding{Likely, Text::tr("What answered is not a SMART token endpoint"), evidence.failed->summary,
                       Text::tr("Compare the token endpoint with the one in the server's SMART configuration.")};
}

Found malformedRequest(const Evidence &evidence)
{
    if (evidence.oauthError != u"invalid_request")
        return {};
    const bool hasQuery = evidence.tokenEndpoint.contains(u'?');
    return RuleFinding{
        hasQuery ? Certain : Likely,
        hasQuery ? Text::tr("The token endpoint has a “?” in it")
                 : Text::tr("Something on the way changes the request"),
        answer(evidence),
        hasQuery ? Text::tr("Remove everything from the “?” on.")
                 : Text::tr("A proxy may rewrite the form, or this server wants a parameter that SMART does not "
                            "have. Compare what was sent with the server's documentation.")};
}

Found wrongGrantType(const Evidence &evidence)
{
    if (evidence.oauthError != u"unsupported_grant_type")
        return {};
    return RuleFinding{Likely, Text::tr("This token endpoint does not serve backend services"), answer(evidence),
                       Text::tr("Check that the address is the token endpoint of this FHIR server.")};
}

// -- the client is refused (T2, T3) ---------------------------------------------------------------------------------

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
    return RuleFinding{Likely, Text::tr("The server finds the assertion's times wrong"), quoted(evidence),
                       Text::tr("Compare this computer's clock with the server's.")};
}

Found audienceMismatch(const Evidence &evidence)
{
    if (!evidence.isClientRefused())
        return {};
    const QString says = evidence.serverSays({"aud"_L1, "audience"_L1}) ? quoted(evidence) : QString();
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
        return RuleFinding{Likely, Text::tr("The server does not take this algorithm"), quoted(evidence),
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
        u"%1; kid %2"_s.arg(quoted(evidence), evidence.header.value(u"kid").toString()),
        Text::tr("Publish this key under that kid in the JWK Set the server reads, or set the key ID it has there.")};
}

Found serverSaysSignature(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.serverSays({"signature"_L1, "verify"_L1, "verification"_L1}))
        return {};
    return RuleFinding{
        Certain, Text::tr("The key is not the one that is registered"), quoted(evidence),
        Text::tr("Compare the thumbprint with the registered key, and register this one or use that one.")};
}

Found serverSaysReplay(const Evidence &evidence)
{
    if (!evidence.isClientRefused() ||
        !evidence.serverSays({"jti"_L1, "replay"_L1, "already used"_L1, "already been used"_L1}))
        return {};
    return RuleFinding{Likely, Text::tr("The server believes to have seen this assertion before"), quoted(evidence),
                       Text::tr("Test again. If it stays so, something on the way sends requests twice.")};
}

Found serverSaysUnknownClient(const Evidence &evidence)
{
    if (!evidence.isClientRefused() ||
        !evidence.serverSays({"client not found"_L1, "unknown client"_L1, "client is invalid"_L1, "not registered"_L1,
                              "no such client"_L1, "client_id"_L1, "unregistered"_L1}))
        return {};
    return RuleFinding{Certain, Text::tr("The server does not know this client ID"), quoted(evidence),
                       Text::tr("Copy the client ID anew from the application's page, for this environment.")};
}

Found serverSaysSomething(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Token || evidence.oauthDescription.isEmpty() || evidence.oauthError.isEmpty())
        return {};
    return RuleFinding{Possible, Text::tr("The server gives a reason"), quoted(evidence),
                       Text::tr("Follow the server's words.")};
}

Found notMapped(const Evidence &evidence)
{
    if (evidence.oauthError != u"unauthorized_client")
        return {};
    return RuleFinding{
        Certain, Text::tr("The hospital has not mapped this client to a background user"), answer(evidence),
        Text::tr("Key and client ID were accepted. Send the client ID to the hospital's Epic team and ask them to "
                 "map it to a background user.")};
}

Found keyNotRegistered(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("The registered key is another one, or has another kid"),
        u"%1; kid %2"_s.arg(answer(evidence), evidence.header.value(u"kid").toString()),
        Text::tr("Compare the thumbprint with the key in the registered JWK Set (or the certificate's SHA-1 in the "
                 "portal). The kid must name exactly one key there.")};
}

Found wrongClientId(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{Possible, Text::tr("The client ID belongs to another environment"), answer(evidence),
                       evidence.isEpicSandbox
                           ? Text::tr("The sandbox wants the Non-Production Client ID of the application's page.")
                           : Text::tr("Production wants the Client ID, sandboxes the Non-Production Client ID.")};
}

Found notBackendApp(const Evidence &evidence)
{
    if (!evidence.isClientRefused() || !evidence.oauthDescription.isEmpty())
        return {};
    return RuleFinding{
        Possible, Text::tr("The application is not set up as a backend system"), answer(evidence),
        evidence.isEpicSandbox
            ? Text::tr("On the application's page choose the user type Backend Systems and tick Use OAuth 2.0.")
            : Text::tr("Check the user type Backend Systems and Use OAuth 2.0, and that this hospital has "
                       "downloaded the application.")};
}

// -- scopes and FHIR (T5, F1–F15) -----------------------------------------------------------------------------------

Found badScope(const Evidence &evidence)
{
    if (evidence.oauthError != u"invalid_scope")
        return {};
    const QJsonArray capabilities = evidence.stepOf(TestStepId::Discover).details.value(u"capabilities").toArray();
    const bool knowsV1 = capabilities.contains(u"permission-v1"_s);
    const bool knowsV2 = capabilities.contains(u"permission-v2"_s);
    QString seen = answer(evidence);
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

Found serverTrouble(const Evidence &evidence)
{
    if (evidence.status < 500 && evidence.status != 429)
        return {};
    return RuleFinding{Likely, Text::tr("The server is in trouble or too busy"),
                       Text::tr("Status %1").arg(evidence.status),
                       Text::tr("Try again later; if it stays so, tell the server's operator.")};
}

constexpr std::array rules{
    DiagnosisRule{"invalid-field", "L1-L12", "", &invalidFields},
    DiagnosisRule{"signing-failed", "L8-L10", "privateKey", &signingFailed},
    DiagnosisRule{"host-not-found", "N1", "fhirBaseUrl", &hostNotFound},
    DiagnosisRule{"connection-refused", "N3", "fhirBaseUrl", &connectionRefused},
    DiagnosisRule{"tls-inspection", "N2", "authorityCertificates", &tlsInspection},
    DiagnosisRule{"tls-certificate", "N2", "fhirBaseUrl", &tlsOther},
    DiagnosisRule{"proxy", "N4", "proxy", &proxyTrouble},
    DiagnosisRule{"no-answer", "N3, T10", "fhirBaseUrl", &noAnswer},
    DiagnosisRule{"authorize-endpoint", "T7", "tokenEndpoint", &postedToAuthorize},
    DiagnosisRule{"wrong-token-endpoint", "T6-T8", "tokenEndpoint", &wrongTokenUrl},
    DiagnosisRule{"wrong-base-url", "N5, N6", "fhirBaseUrl", &wrongAddress},
    DiagnosisRule{"web-page", "N3, T8", "fhirBaseUrl", &pageInsteadOfAnswer},
    DiagnosisRule{"token-redirect", "N6", "fhirBaseUrl", &tokenRedirected},
    DiagnosisRule{"not-a-token", "T8", "tokenEndpoint", &unusableTokenAnswer},
    DiagnosisRule{"malformed-request", "T1", "tokenEndpoint", &malformedRequest},
    DiagnosisRule{"unsupported-grant-type", "T6", "tokenEndpoint", &wrongGrantType},
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
    DiagnosisRule{"scope", "T5", "scopes", &badScope},
    DiagnosisRule{"api-not-ticked", "F2", "scopes", &insufficientScope},
    DiagnosisRule{"user-rights", "F3", "", &userNotAuthorized},
    DiagnosisRule{"sub-type", "F3b, F8", "scopes", &subTypeNotAuthorized},
    DiagnosisRule{"token-elsewhere", "F1", "fhirBaseUrl", &tokenOfAnotherServer},
    DiagnosisRule{"server-trouble", "F15", "", &serverTrouble},
    DiagnosisRule{"key-not-registered", "T2c, T2d, T2f", "keyId", &keyNotRegistered},
    DiagnosisRule{"client-id", "T2b, T2j", "clientId", &wrongClientId},
    DiagnosisRule{"not-backend-app", "T2m", "", &notBackendApp},
    DiagnosisRule{"server-reason", "T2", "", &serverSaysSomething},
};

} // namespace

std::span<const DiagnosisRule> diagnosisRules()
{
    return rules;
}

} // namespace credenza
