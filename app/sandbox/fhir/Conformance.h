// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>

namespace credenza::sandbox
{

/// The sandbox's addresses, all below one origin ("http://127.0.0.1:8080"), with Epic's paths.
struct Endpoints {
    QString origin;
    [[nodiscard]] QString fhirBase() const;
    [[nodiscard]] QString token() const;
    [[nodiscard]] QString jwks() const;
};

/// Paths of the same, as requests carry them.
namespace Path
{
inline constexpr char fhirBase[] = "/interconnect-fhir-oauth/api/FHIR/R4";
inline constexpr char token[] = "/interconnect-fhir-oauth/oauth2/token";
inline constexpr char jwks[] = "/jwks";
inline constexpr char fault[] = "/fault";
inline constexpr char registration[] = "/register";
} // namespace Path

/// `.well-known/smart-configuration` (SMART 2.2, "Conformance").
[[nodiscard]] QJsonObject smartConfiguration(const Endpoints &endpoints);

/// `/metadata`: the types and search parameters there are, and the token endpoint in the `oauth-uris` extension.
[[nodiscard]] QJsonObject capabilityStatement(const Endpoints &endpoints);

} // namespace credenza::sandbox
