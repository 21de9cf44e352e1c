// SPDX-License-Identifier: Apache-2.0
// The rules about fields, the network and the address (facts L1–L12, N1–N6, T1, T6–T8).
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>
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
        evidence.code == u"net.timeout"
            ? Text::tr("Try once more. If it stays so, give the hospital the IP address you connect from, or use its "
                       "VPN.")
            : Text::tr("Try once more. If it stays so, check that host and port are those of a web server that speaks "
                       "HTTP/1.1; give the hospital the IP address you connect from, or use its VPN.")};
}

/// " It came with: hospital.example, issued by X; X, issued by Y."
QString chainText(const Evidence &evidence)
{
    QStringList links;
    for (const QJsonObject &certificate : evidence.certificates)
        links << Text::tr("%1, issued by %2")
                     .arg(certificate.value(u"subject").toString(), certificate.value(u"issuer").toString());
    return links.isEmpty() ? QString() : u' ' + Text::tr("It came with: %1.").arg(links.join(u"; "_s));
}

/// One certificate that another one must have issued, and that other one is not with it.
Found incompleteChain(const Evidence &evidence)
{
    if (evidence.code != u"net.tls-untrusted" || evidence.certificates.isEmpty() ||
        evidence.certificates.last().value(u"selfSigned").toBool())
        return {};
    return RuleFinding{
        Possible, Text::tr("The server does not send its whole certificate chain"),
        Text::tr("The last certificate that came is issued by “%1”, whose own did not come")
            .arg(evidence.certificates.last().value(u"issuer").toString()),
        Text::tr("Browsers repair that silently. Ask the server's administrator to install the intermediate "
                 "certificate, or add it under Advanced, CA certificates.")};
}

Found tlsInspection(const Evidence &evidence)
{
    if (evidence.code != u"net.tls-untrusted")
        return {};
    static const QStringList products{
        u"Zscaler"_s,    u"Netskope"_s,     u"Fortinet"_s,   u"FortiGate"_s,         u"Palo Alto"_s,
        u"Blue Coat"_s,  u"Symantec Web"_s, u"Forcepoint"_s, u"Cisco Umbrella"_s,    u"Sophos"_s,
        u"McAfee Web"_s, u"Check Point"_s,  u"Barracuda"_s,  u"Cloudflare Gateway"_s};
    QString names = evidence.failed->summary;
    for (const QJsonObject &certificate : evidence.certificates)
        names += u' ' + certificate.value(u"issuer").toString() + u' ' + certificate.value(u"organization").toString();
    const bool isProduct = std::ranges::any_of(
        products, [&](const QString &name) { return names.contains(name, Qt::CaseInsensitive); });
    return RuleFinding{
        isProduct ? Certain : Likely,
        isProduct ? Text::tr("Your network inspects TLS connections")
                  : Text::tr("The certificate's issuer is not trusted"),
        evidence.failed->summary + chainText(evidence),
        Text::tr("Get that issuer's CA certificate from your administrator and add it under Advanced, CA "
                 "certificates.")};
}

Found tlsOther(const Evidence &evidence)
{
    if (!evidence.code.startsWith(u"net.tls-") || evidence.code == u"net.tls-untrusted")
        return {};
    const QString &seen = evidence.failed->summary; // OpenSSL's words in it are English everywhere
    QString title = Text::tr("The server's certificate can't be accepted");
    if (evidence.code == u"net.tls-hostname")
        title = Text::tr("The certificate is for another host name");
    else if (evidence.code == u"net.tls-expired")
        title = Text::tr("The certificate has run out, or this computer's date is wrong");
    else if (seen.contains(u"protocol version") || seen.contains(u"unsupported protocol"))
        title = Text::tr("The server speaks only TLS older than 1.2");
    else if (evidence.certificates.isEmpty())
        title = Text::tr("No TLS connection can be made there");
    return RuleFinding{Certain, title, seen + chainText(evidence), evidence.failed->hint};
}

Found proxyTrouble(const Evidence &evidence)
{
    if (evidence.code != u"net.proxy" && evidence.status != 407)
        return {};
    return RuleFinding{Certain, Text::tr("The proxy does not let the request through"), evidence.failed->summary,
                       Text::tr("Check address, user name and password of the proxy under Advanced.")};
}

Found wrongAddress(const Evidence &evidence)
{
    const QJsonObject neighbour = evidence.probe(u"neighbour");
    if (const QString base = neighbour.value(u"baseUrl").toString(); !base.isEmpty()) {
        return RuleFinding{Certain, Text::tr("The FHIR base URL is not the right one"),
                           Text::tr("%1; %2 answers with FHIR %3")
                               .arg(evidence.failed->summary, base, neighbour.value(u"fhirVersion").toString()),
                           neighbour.value(u"fhirVersion").toString().startsWith(u"4.")
                               ? Text::tr("Use %1.").arg(base)
                               : Text::tr("This server seems not to offer R4: ask its operator for the R4 address.")};
    }
    const bool isGuessed = evidence.endpointSource == u"epic-path-rule";
    const bool isNoTokenEndpoint = evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() &&
                                   (evidence.status == 404 || evidence.status == 405 || evidence.status == 410);
    const bool isNoFhir = evidence.step == TestStepId::Discover &&
                          (evidence.code == u"smart.no-token-endpoint" || evidence.code == u"smart.not-fhir");
    if (!isNoFhir && !(isNoTokenEndpoint && evidence.endpointSource != u"override"))
        return {};
    // What only keeps us out, or can't answer just now, says nothing of the address.
    const bool isOnlyClosed = evidence.status >= 500 || evidence.status == 429 || evidence.status == 426 ||
                              evidence.status == 401 || (evidence.status == 403 && !evidence.isWebPage());
    if (isNoFhir && (isOnlyClosed || evidence.hasReadMetadata() || evidence.hasUnreadableAnswer()))
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

Found xmlMetadata(const Evidence &evidence)
{
    const bool isXml = evidence.step == TestStepId::Discover &&
                       evidence.responseHeader(u"Content-Type").contains(u"xml") &&
                       !evidence.responseHeader(u"Content-Type").contains(u"html");
    if (!isXml && !(evidence.step == TestStepId::Discover && evidence.body.trimmed().startsWith(u"<?xml")))
        return {};
    return RuleFinding{Certain, Text::tr("The server answers in XML"), evidence.failed->summary,
                       Text::tr("It ignores Accept: application/fhir+json, or a proxy removes it. Give the token "
                                "endpoint under Advanced, and ask the operator for JSON.")};
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
                                           evidence.isWebPage() && evidence.status != 404 && evidence.status != 405);
    const bool isFhirPage =
        evidence.code == u"fhir.html" ||
        (evidence.step == TestStepId::Fhir && evidence.isWebPage() && evidence.status == 403);
    // What refuses discovery with a page is not the FHIR server: that one has it open to all.
    const bool isDiscoveryPage = evidence.step == TestStepId::Discover && evidence.isWebPage() &&
                                 (evidence.status == 401 || evidence.status == 403 || evidence.status == 503);
    if (!isTokenPage && !isFhirPage && !isDiscoveryPage)
        return {};
    const QString server = evidence.responseHeader(u"Server");
    // Such a status is given by a gateway whose server is down, too, and then with a page as well.
    const bool mayBeDown = evidence.status >= 500;
    return RuleFinding{
        mayBeDown ? Possible : isDiscoveryPage ? Certain : Likely, Text::tr("A firewall, login page or captive portal answered"),
        server.isEmpty()
            ? Text::tr("A web page with status %1").arg(evidence.status)
            : Text::tr("A web page with status %1 from “%2”").arg(QString::number(evidence.status), server),
        Text::tr("Open the FHIR base URL in a browser on this computer. If a page asks you to log in, this network "
                 "or the hospital's firewall is in the way: use its VPN, or give it the IP address you connect from.")};
}

Found tokenRedirected(const Evidence &evidence)
{
    if (evidence.code == u"fhir.redirected") {
        return RuleFinding{
            Likely, Text::tr("The FHIR server has moved, or a login page is in the way"),
            u"%1 %2"_s.arg(evidence.failed->summary, Text::tr("It points to %1").arg(evidence.responseHeader(u"Location"))),
            Text::tr("Use the address it points to, if that is the same organization's FHIR server; else ask its "
                     "operator.")};
    }
    if (evidence.code != u"token.redirected")
        return {};
    return RuleFinding{
        Likely, Text::tr("The token endpoint has moved, or a login page is in the way"), evidence.failed->summary,
        Text::tr("Ask discovery again with the address it points to, if that is the same organization's.")};
}

Found unusableTokenAnswer(const Evidence &evidence)
{
    const bool isPlainRefusal = evidence.step == TestStepId::Token && evidence.oauthError.isEmpty() &&
                                evidence.status > 200 && evidence.status < 500 && evidence.status / 100 != 3 &&
                                evidence.status != 404 && evidence.status != 405 && evidence.status != 429 &&
                                !evidence.isWebPage();
    if (evidence.code != u"token.no-access-token" && evidence.code != u"token.not-json" &&
        evidence.code != u"token.wrong-type" && !isPlainRefusal)
        return {};
    return RuleFinding{Likely, Text::tr("What answered is not a SMART token endpoint"), evidence.failed->summary,
                       Text::tr("Compare the token endpoint with the one in the server's SMART configuration.")};
}

Found malformedRequest(const Evidence &evidence)
{
    if (evidence.oauthError != u"invalid_request" || !evidence.reasons.isEmpty())
        return {};
    const bool hasQuery = evidence.tokenEndpoint.contains(u'?');
    return RuleFinding{
        hasQuery ? Certain : Likely,
        hasQuery ? Text::tr("The token endpoint has a “?” in it")
                 : Text::tr("Something on the way changes the request"),
        evidence.answer(),
        hasQuery ? Text::tr("Remove everything from the “?” on.")
                 : Text::tr("A proxy may rewrite the form, or this server wants a parameter that SMART does not "
                            "have. Compare what was sent with the server's documentation.")};
}

Found wrongGrantType(const Evidence &evidence)
{
    if (evidence.oauthError != u"unsupported_grant_type")
        return {};
    return RuleFinding{Likely, Text::tr("This token endpoint does not serve backend services"), evidence.answer(),
                       Text::tr("Check that the address is the token endpoint of this FHIR server.")};
}

constexpr std::array rules{
    DiagnosisRule{"invalid-field", "L1-L12", "", &invalidFields},
    DiagnosisRule{"signing-failed", "L8-L10", "privateKey", &signingFailed},
    DiagnosisRule{"host-not-found", "N1", "fhirBaseUrl", &hostNotFound},
    DiagnosisRule{"connection-refused", "N3", "fhirBaseUrl", &connectionRefused},
    DiagnosisRule{"tls-inspection", "N2", "authorityCertificates", &tlsInspection},
    DiagnosisRule{"tls-chain-incomplete", "N2", "authorityCertificates", &incompleteChain},
    DiagnosisRule{"tls-certificate", "N2", "fhirBaseUrl", &tlsOther},
    DiagnosisRule{"proxy", "N4", "proxy", &proxyTrouble},
    DiagnosisRule{"no-answer", "N3, T10", "fhirBaseUrl", &noAnswer},
    DiagnosisRule{"authorize-endpoint", "T7", "tokenEndpoint", &postedToAuthorize},
    DiagnosisRule{"wrong-token-endpoint", "T6-T8", "tokenEndpoint", &wrongTokenUrl},
    DiagnosisRule{"web-page", "N3, T8", "fhirBaseUrl", &pageInsteadOfAnswer},
    DiagnosisRule{"metadata-xml", "N8", "fhirBaseUrl", &xmlMetadata},
    DiagnosisRule{"wrong-base-url", "N5, N6", "fhirBaseUrl", &wrongAddress},
    DiagnosisRule{"token-redirect", "N6", "fhirBaseUrl", &tokenRedirected},
    DiagnosisRule{"not-a-token", "T8", "tokenEndpoint", &unusableTokenAnswer},
    DiagnosisRule{"malformed-request", "T1", "tokenEndpoint", &malformedRequest},
    DiagnosisRule{"unsupported-grant-type", "T6", "tokenEndpoint", &wrongGrantType},
};

} // namespace

std::span<const DiagnosisRule> addressRules()
{
    return rules;
}

} // namespace credenza
