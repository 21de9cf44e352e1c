// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TokenRequest.h"

#include "core/smart/Scopes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

bool isHtml(const HttpReply &reply)
{
    return headerValue(reply.headers, "Content-Type").toLower().contains("html") ||
           reply.body.trimmed().startsWith('<');
}

/// RFC 6749 wants a number; servers were seen to send "3600". Anything else is 0: not known.
std::chrono::seconds lifetimeOf(const QJsonValue &value)
{
    double seconds = value.isString() ? value.toString().trimmed().toDouble() : value.toDouble();
    if (!std::isfinite(seconds) || seconds < 0 || seconds > 1e9)
        seconds = 0;
    return std::chrono::seconds(static_cast<qint64>(seconds));
}

} // namespace

HttpRequest tokenHttpRequest(const QString &tokenEndpoint, const ClientAssertion &assertion, const QStringList &scopes,
                             const NetworkSettings &network)
{
    HttpRequest request;
    request.method = "POST";
    request.url = QUrl(tokenEndpoint);
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.network = network;
    request.redirects = RedirectPolicy::None;
    request.maxResponseBytes = 1024 * 1024;
    request.body.reserve(qsizetype(assertion.jwt.size()) + 512);
    if (!scopes.isEmpty())
        request.body += "scope=" + QUrl::toPercentEncoding(scopes.join(u' '), " ").replace(' ', '+') + '&';
    request.body += "grant_type=client_credentials"
                    "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                    "&client_assertion=";
    request.body += assertion.jwt.charView(); // base64url and dots need no encoding
    return request;
}

Result<AccessToken> readAccessToken(const HttpReply &reply)
{
    QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (!document.isObject()) {
        if (isHtml(reply)) {
            return fail(ErrorKind::Failed, u"token.html"_s,
                        SmartText::tr("A web page came back with status %1, not a token.").arg(reply.status),
                        SmartText::tr("A login page, firewall or captive portal answered in the server's place, or the "
                                      "address is not the token endpoint."));
        }
        return fail(ErrorKind::Failed, u"token.not-json"_s,
                    SmartText::tr("The answer with status %1 is not JSON.").arg(reply.status),
                    SmartText::tr("Check that the address is the token endpoint."));
    }
    QJsonObject root = document.object();
    QString token = root.value(u"access_token").toString();
    if (token.isEmpty()) {
        return fail(ErrorKind::Failed, u"token.no-access-token"_s,
                    SmartText::tr("The answer has status %1 but holds no access token.").arg(reply.status),
                    SmartText::tr("Check that the address is the token endpoint, and look at what came back."));
    }
    AccessToken access;
    access.type = root.value(u"token_type").toString();
    if (access.type.compare(u"bearer", Qt::CaseInsensitive) != 0) {
        return fail(ErrorKind::Failed, u"token.wrong-type"_s,
                    access.type.isEmpty() ? SmartText::tr("The answer does not say what type the token is of.")
                                          : SmartText::tr("The token is of type “%1”, not “bearer”.").arg(access.type),
                    SmartText::tr("SMART allows bearer tokens only; ask the server's operator."));
    }
    access.expiresIn = lifetimeOf(root.value(u"expires_in"));
    access.scopes = splitScopes(root.value(u"scope").toString());
    access.value = SecretBytes::takeFrom(token);
    return access;
}

std::optional<OAuthError> readOAuthError(const HttpReply &reply)
{
    const QJsonObject root = QJsonDocument::fromJson(reply.body).object();
    const QString error = root.value(u"error").toString();
    if (error.isEmpty())
        return std::nullopt;
    return OAuthError{error, root.value(u"error_description").toString()};
}

} // namespace credenza
