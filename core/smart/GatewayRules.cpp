// SPDX-License-Identifier: Apache-2.0
// The rules about what stands between: gateways, proxies, and servers that are not set up to be asked (facts N3-N8, T8).
#include "core/smart/DiagnosisRules.h"

#include <QCoreApplication>

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

bool bodyHasAny(const Evidence &evidence, std::initializer_list<QStringView> phrases)
{
    return std::ranges::any_of(
        phrases, [&](QStringView phrase) { return evidence.body.contains(phrase, Qt::CaseInsensitive); });
}

Found insecureTokenEndpoint(const Evidence &evidence)
{
    if (evidence.code != u"smart.insecure-token-endpoint")
        return {};
    return RuleFinding{Certain, Text::tr("The token endpoint is not protected by TLS"), evidence.failed->summary,
                       Text::tr("Nothing was sent there. A gateway in front of the server may end TLS without telling "
                                "it so: ask the operator to publish the https: address, or give that under Advanced, "
                                "token endpoint.")};
}

Found noTokenEndpoint(const Evidence &evidence)
{
    if (!evidence.hasReadMetadata())
        return {};
    return RuleFinding{
        Certain, Text::tr("This FHIR server names no token endpoint"), evidence.failed->summary,
        Text::tr("The address is a FHIR server's. It may be open to all and need no token, or be protected in another "
                 "way: ask its operator for the token endpoint, and give it under Advanced.")};
}

/// Discovery is open to all (SMART 2.2, "Conformance"); a gateway that wants a login for everything closes it.
Found discoveryClosed(const Evidence &evidence)
{
    if (evidence.step != TestStepId::Discover || evidence.code != u"smart.no-token-endpoint" || evidence.isWebPage() ||
        (evidence.status != 401 && evidence.status != 403))
        return {};
    const QString challenge = evidence.responseHeader(u"WWW-Authenticate");
    return RuleFinding{
        Certain, Text::tr("A gateway wants a login before anything may be asked"),
        challenge.isEmpty() ? evidence.failed->summary
                            : u"%1 WWW-Authenticate: %2"_s.arg(evidence.failed->summary, challenge),
        Text::tr("SMART configuration and CapabilityStatement should be open to all. Give the token endpoint under "
                 "Advanced, with the headers the gateway wants if it needs some, or ask the operator to open both.")};
}

Found damagedAnswer(const Evidence &evidence)
{
    // An object that can be read has another code.
    const bool isBrokenJson =
        evidence.code == u"token.not-json" && (evidence.body.trimmed().startsWith(u'{') ||
                                               !evidence.responseHeader(u"Content-Encoding").isEmpty());
    if (!evidence.hasUnreadableAnswer() && !isBrokenJson)
        return {};
    return RuleFinding{Certain, Text::tr("The answer came damaged"),
                       isBrokenJson ? Text::tr("%1 It begins like JSON and does not end so.").arg(evidence.failed->summary)
                                    : evidence.failed->summary,
                       Text::tr("A proxy on the way cuts or changes answers, or the server writes wrong ones. Test from "
                                "another network to tell which, then copy the report for its operator.")};
}

Found otherHttpVersion(const Evidence &evidence)
{
    if (evidence.status != 426 && evidence.status != 505)
        return {};
    return RuleFinding{Certain, Text::tr("The server does not take HTTP/1.1"),
                       Text::tr("Status %1").arg(evidence.status),
                       Text::tr("Ask its operator to let the gateway take HTTP/1.1 as well.")};
}

Found wantsClientCertificate(const Evidence &evidence)
{
    if (evidence.failed->summary.contains(u"alert certificate required")) { // OpenSSL's words are English everywhere
        return RuleFinding{Certain, Text::tr("The server wants a client certificate (mutual TLS)"),
                           evidence.failed->summary,
                           Text::tr("Backend services prove themselves by a signed assertion. Ask the operator for an "
                                    "address without mutual TLS, or to admit this client without a certificate.")};
    }
    const bool isSaid = evidence.status == 400 &&
                        bodyHasAny(evidence, {u"SSL certificate was sent", u"SSL certificate error",
                                              u"client certificate", u"certificate required"});
    if (!isSaid && evidence.status != 495 && evidence.status != 496)
        return {};
    return RuleFinding{Certain, Text::tr("A gateway wants a client certificate (mutual TLS)"),
                       Text::tr("Status %1 from the gateway").arg(evidence.status),
                       Text::tr("Backend services prove themselves by a signed assertion. Ask the operator for an "
                                "address without mutual TLS, or to admit this client without a certificate.")};
}

Found plainHttp(const Evidence &evidence)
{
    if (!bodyHasAny(evidence, {u"plain HTTP request was sent to HTTPS port", u"HTTP request to an HTTPS server",
                               u"This combination of host and port requires TLS",
                               u"speaking plain HTTP to an SSL-enabled"}))
        return {};
    return RuleFinding{Certain, Text::tr("The port speaks https, and was asked in http"), evidence.answer(),
                       Text::tr("Write the address with https:.")};
}

constexpr std::array rules{
    DiagnosisRule{"plain-http", "N3", "fhirBaseUrl", &plainHttp},
    DiagnosisRule{"client-certificate", "N2", "", &wantsClientCertificate},
    DiagnosisRule{"http-version", "N3", "", &otherHttpVersion},
    DiagnosisRule{"damaged-answer", "N3, T8", "", &damagedAnswer},
    DiagnosisRule{"insecure-token-endpoint", "N7", "tokenEndpoint", &insecureTokenEndpoint},
    DiagnosisRule{"no-token-endpoint", "N8", "tokenEndpoint", &noTokenEndpoint},
    DiagnosisRule{"discovery-closed", "N6", "tokenEndpoint", &discoveryClosed},
};

} // namespace

std::span<const DiagnosisRule> gatewayRules()
{
    return rules;
}

} // namespace credenza
