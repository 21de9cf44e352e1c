// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/net/HttpTransport.h"

#include <QByteArray>
#include <QStringList>

namespace credenza
{

/// The discovery document of a SMART server (SMART App Launch 2.2, conformance), as far as Credenza uses it.
struct SmartConfiguration {
    QString tokenEndpoint;
    QString issuer;
    QString jwksUri;
    QStringList signingAlgorithms; ///< token_endpoint_auth_signing_alg_values_supported; empty: not listed
    QStringList authMethods;
    QStringList scopesSupported;
    QStringList capabilities;
    QStringList grantTypes;
};

/// Reads the JSON of `.well-known/smart-configuration`; relative URLs are resolved against `base`. Only the token
/// endpoint is required (facts §1.6). Errors: smart.not-json, smart.no-token-endpoint.
[[nodiscard]] Result<SmartConfiguration> readSmartConfiguration(const QByteArray &body, const QUrl &base);

/// The token endpoint by Epic's path rule: the base's trailing `/api/FHIR/<version>` replaced by `/oauth2/token`
/// (facts §2.1); empty where the path does not fit.
[[nodiscard]] QString epicTokenEndpoint(const QString &fhirBaseUrl);

} // namespace credenza
