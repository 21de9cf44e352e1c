// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/Conformance.h"

#include "app/sandbox/fhir/SearchParameters.h"
#include "app/sandbox/sample/Elements.h"
#include "core/keys/SignatureAlgorithm.h"

#include <QJsonArray>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

QJsonObject searchParameterJson(const QString &name, SearchKind kind)
{
    return {{u"name"_s, name}, {u"type"_s, nameOf(kind)}};
}

QJsonObject resourceJson(ResourceType type)
{
    QJsonArray interactions{QJsonObject{{u"code"_s, u"read"_s}}};
    QJsonObject json{{u"type"_s, nameOf(type)},
                     {u"profile"_s, u"http://hl7.org/fhir/StructureDefinition/"_s + nameOf(type)},
                     {u"versioning"_s, u"no-version"_s},
                     {u"referencePolicy"_s, QJsonArray{u"local"_s}}};
    if (isSearchable(type)) {
        interactions.append(QJsonObject{{u"code"_s, u"search-type"_s}});
        QJsonArray parameters{searchParameterJson(u"_id"_s, SearchKind::Token),
                              QJsonObject{{u"name"_s, u"_count"_s}, {u"type"_s, u"number"_s}}};
        for (const SearchParameter &parameter : searchParameters(type))
            parameters.append(searchParameterJson(parameter.name, parameter.kind));
        json.insert(u"searchParam"_s, parameters);
    }
    json.insert(u"interaction"_s, interactions);
    return json;
}

} // namespace

QString Endpoints::fhirBase() const
{
    return origin + QString::fromLatin1(Path::fhirBase);
}

QString Endpoints::token() const
{
    return origin + QString::fromLatin1(Path::token);
}

QString Endpoints::jwks() const
{
    return origin + QString::fromLatin1(Path::jwks);
}

QJsonObject smartConfiguration(const Endpoints &endpoints)
{
    return {
        {u"issuer"_s, endpoints.fhirBase()},
        {u"token_endpoint"_s, endpoints.token()},
        {u"token_endpoint_auth_methods_supported"_s, QJsonArray{u"private_key_jwt"_s}},
        {u"token_endpoint_auth_signing_alg_values_supported"_s, QJsonArray::fromStringList(signatureAlgorithmNames())},
        {u"grant_types_supported"_s, QJsonArray{u"client_credentials"_s}},
        {u"scopes_supported"_s, QJsonArray{u"system/*.rs"_s, u"system/*.read"_s}},
        {u"code_challenge_methods_supported"_s, QJsonArray{u"S256"_s}},
        {u"capabilities"_s, QJsonArray{u"client-confidential-asymmetric"_s, u"permission-v1"_s, u"permission-v2"_s}}};
}

QJsonObject capabilityStatement(const Endpoints &endpoints)
{
    const QJsonObject tokenUri{{u"url"_s, u"token"_s}, {u"valueUri"_s, endpoints.token()}};
    const QJsonObject oauthUris{{u"url"_s, u"http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"_s},
                                {u"extension"_s, list(tokenUri)}};
    const QJsonObject security{
        {u"extension"_s, list(oauthUris)},
        {u"service"_s, list(codeable(u"http://terminology.hl7.org/CodeSystem/restful-security-service",
                                     {u"SMART-on-FHIR", u"SMART-on-FHIR"}))},
        {u"description"_s, u"SMART Backend Services: client_credentials with a signed client assertion."_s}};
    QJsonArray resources;
    for (const ResourceType type : allResourceTypes)
        resources.append(resourceJson(type));
    return {{u"resourceType"_s, u"CapabilityStatement"_s},
            {u"status"_s, u"active"_s},
            {u"date"_s, u"2026-06-01"_s},
            {u"publisher"_s, u"Credenza"_s},
            {u"kind"_s, u"instance"_s},
            {u"software"_s,
             QJsonObject{{u"name"_s, u"Credenza Sandbox"_s}, {u"version"_s, QStringLiteral(CREDENZA_VERSION)}}},
            {u"implementation"_s, QJsonObject{{u"description"_s, u"Sample data on this machine; no real person"_s},
                                              {u"url"_s, endpoints.fhirBase()}}},
            {u"fhirVersion"_s, u"4.0.1"_s},
            {u"format"_s, QJsonArray{u"json"_s, u"application/fhir+json"_s}},
            {u"rest"_s,
             list(QJsonObject{{u"mode"_s, u"server"_s}, {u"security"_s, security}, {u"resource"_s, resources}})}};
}

} // namespace credenza::sandbox
