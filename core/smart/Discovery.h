// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Credential.h"
#include "core/fhir/CapabilityStatement.h"
#include "core/net/HttpTransport.h"
#include "core/smart/SmartConfiguration.h"

#include <optional>

namespace credenza
{

/// How a token endpoint became known.
enum class EndpointSource { Override, SmartConfiguration, CapabilityStatement, EpicPathRule };
[[nodiscard]] QString nameOf(EndpointSource source); ///< "override", "smart-configuration", …

/// What discovery found out.
struct Discovery {
    QString tokenEndpoint; ///< to post to, and `aud`, byte for byte
    EndpointSource source = EndpointSource::SmartConfiguration;
    QString advertised; ///< what the server itself names as token endpoint; empty: nothing
    std::optional<SmartConfiguration> configuration;
    std::optional<CapabilityStatement> capabilities; ///< only where /metadata had to be asked
    QStringList tried;                               ///< what did not work, for a person: "SMART configuration: 404"
};

/// Finds the token endpoint: the credential's override, else `.well-known/smart-configuration`, else the oauth-uris of
/// `/metadata`, else Epic's path rule (facts §1.6, §2.1). With an override the server's own word is still asked for, to
/// compare. A token endpoint over http: is refused unless it is on this machine or the credential allows it.
/// Errors: those of HttpTransport, smart.no-token-endpoint, smart.not-fhir, smart.insecure-token-endpoint.
[[nodiscard]] Result<Discovery> discover(const Credential &credential, const NetworkSettings &network,
                                         HttpTransport &transport, std::stop_token stop);

/// A GET below the FHIR base URL with the headers every such request of `credential` carries (facts §2.1).
[[nodiscard]] HttpRequest fhirRequest(const Credential &credential, const QString &path, const QByteArray &accept,
                                      const NetworkSettings &network);
/// Adds the credential's own headers, except where `request` already has one of that name.
void addExtraHeaders(HttpRequest &request, const Credential &credential);

} // namespace credenza
