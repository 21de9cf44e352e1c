// SPDX-License-Identifier: Apache-2.0
#include "core/smart/SmartConfiguration.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &element : value.toArray()) {
        if (element.isString())
            list.append(element.toString());
    }
    return list;
}

/// An absolute URL is kept byte for byte, for it becomes `aud`; a relative one is resolved.
QString absolute(const QString &url, const QUrl &base)
{
    const QUrl parsed(url);
    return url.isEmpty() || !parsed.isRelative() ? url : base.resolved(parsed).toString(QUrl::FullyEncoded);
}

} // namespace

Result<SmartConfiguration> readSmartConfiguration(const QByteArray &body, const QUrl &base)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject()) {
        return fail(ErrorKind::Failed, u"smart.not-json"_s,
                    SmartText::tr("The SMART configuration is not a JSON object."),
                    SmartText::tr("Check that the address is a FHIR base URL and not a web page's."));
    }
    const QJsonObject root = document.object();
    SmartConfiguration configuration;
    configuration.tokenEndpoint = absolute(root.value(u"token_endpoint").toString(), base);
    configuration.issuer = root.value(u"issuer").toString();
    configuration.jwksUri = absolute(root.value(u"jwks_uri").toString(), base);
    configuration.signingAlgorithms = strings(root.value(u"token_endpoint_auth_signing_alg_values_supported"));
    configuration.authMethods = strings(root.value(u"token_endpoint_auth_methods_supported"));
    configuration.scopesSupported = strings(root.value(u"scopes_supported"));
    configuration.capabilities = strings(root.value(u"capabilities"));
    configuration.grantTypes = strings(root.value(u"grant_types_supported"));
    if (const QUrl endpoint(configuration.tokenEndpoint);
        configuration.tokenEndpoint.isEmpty() || !endpoint.isValid() || endpoint.host().isEmpty()) {
        return fail(ErrorKind::Failed, u"smart.no-token-endpoint"_s,
                    SmartText::tr("The SMART configuration names no token endpoint."),
                    SmartText::tr("Give the token endpoint under Advanced."));
    }
    return configuration;
}

QString epicTokenEndpoint(const QString &fhirBaseUrl)
{
    static const QRegularExpression tail(u"/api/FHIR/[^/?#]+/*$"_s, QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = tail.match(fhirBaseUrl);
    return match.hasMatch() ? fhirBaseUrl.first(match.capturedStart()) + u"/oauth2/token"_s : QString();
}

} // namespace credenza
