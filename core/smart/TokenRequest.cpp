// SPDX-License-Identifier: Apache-2.0
#include "core/smart/TokenRequest.h"

#include "core/smart/Scopes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

/// The first of these members that is a text and not empty.
QString firstText(const QJsonObject &object, std::initializer_list<QStringView> names)
{
    for (const QStringView name : names) {
        if (const QString text = object.value(name).toString(); !text.isEmpty())
            return text;
    }
    return {};
}

/// `name="value"` of a WWW-Authenticate header.
QString challengeParameter(const QString &challenge, const QString &name)
{
    if (challenge.isEmpty())
        return {};
    const QRegularExpression parameter(u"\\b%1=\"([^\"]*)\""_s.arg(name));
    return parameter.match(challenge).captured(1);
}

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
    // Next to RFC 6749: what servers were seen to send in its place.
    QString error = firstText(root, {u"error", u"errorCode", u"error_code"});
    QString description = firstText(root, {u"error_description", u"errorSummary", u"errorDescription", u"message",
                                           u"detail", u"error_message"});
    if (const QJsonObject nested = root.value(u"error").toObject(); !nested.isEmpty()) {
        error = firstText(nested, {u"code", u"status", u"error", u"type"});
        description = firstText(nested, {u"message", u"description", u"error_description", u"detail"});
    }
    if (error.isEmpty()) {
        const QString challenge = QString::fromUtf8(headerValue(reply.headers, "WWW-Authenticate"));
        error = challengeParameter(challenge, u"error"_s);
        description = challengeParameter(challenge, u"error_description"_s);
    }
    if (error.isEmpty() && root.value(u"resourceType") == u"OperationOutcome"_s) {
        const QJsonObject issue = root.value(u"issue").toArray().first().toObject();
        error = issue.value(u"code").toString();
        description = firstText(issue, {u"diagnostics"});
        if (description.isEmpty())
            description = issue.value(u"details").toObject().value(u"text").toString();
    }
    if (error.isEmpty())
        return std::nullopt;
    if (description.isEmpty()) // its words are all some servers tell (Oracle Health)
        description = QUrl::fromPercentEncoding(root.value(u"error_uri").toString().toUtf8());
    return OAuthError{error, description};
}

} // namespace credenza
