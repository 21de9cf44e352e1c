// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/AuthorizationServer.h"

#include <QSet>
#include <QStringList>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

QString valueOf(const QList<Parameter> &form, const QString &name)
{
    for (const Parameter &parameter : form) {
        if (parameter.name == name)
            return parameter.value;
    }
    return {};
}

/// RFC 6749, section 5.1: no cache may keep a token answer.
Response uncached(Response response)
{
    response.headers.append(HeaderField{"Cache-Control", "no-store"});
    response.headers.append(HeaderField{"Pragma", "no-cache"});
    return response;
}

QString joined(const AssertionFaults &faults)
{
    QStringList lines;
    for (const AssertionFault &fault : faults)
        lines.append(u'[' + fault.code + u"] "_s + fault.description);
    return lines.join(u' ');
}

} // namespace

Response AuthorizationServer::token(const Request &request, std::chrono::system_clock::time_point now)
{
    const auto nowMs = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    auto decision = decide(request, nowMs);
    if (decision)
        return uncached(std::move(*decision));
    const QJsonValue description = m_settings.explain ? QJsonValue(decision.error().reason) : QJsonValue::Null;
    return uncached(jsonResponse(400, {{u"error"_s, decision.error().error}, {u"error_description"_s, description}}));
}

std::expected<Response, AuthorizationServer::Refusal> AuthorizationServer::decide(const Request &request, qint64 nowMs)
{
    const auto form = readForm(request);
    if (!form)
        return std::unexpected(form.error());
    if (valueOf(*form, u"grant_type"_s) != u"client_credentials"_s)
        return std::unexpected(Refusal{u"unsupported_grant_type"_s, u"grant_type must be client_credentials."_s});
    if (valueOf(*form, u"client_assertion_type"_s) != u"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_s) {
        return std::unexpected(Refusal{u"invalid_client"_s,
                                       u"client_assertion_type must be "
                                       "urn:ietf:params:oauth:client-assertion-type:jwt-bearer."_s});
    }
    const auto client = authenticate(valueOf(*form, u"client_assertion"_s), nowMs);
    if (!client)
        return std::unexpected(client.error());
    const auto scopes = decideScope(*form, *client);
    if (!scopes)
        return std::unexpected(scopes.error());

    const qint64 now = nowMs / 1000;
    const QByteArray token = m_tokens.issue({client->id, *scopes, now + m_settings.tokenLifetime.count()}, now);
    return jsonResponse(200, {{u"access_token"_s, QString::fromLatin1(token)},
                              {u"token_type"_s, u"bearer"_s},
                              {u"expires_in"_s, qint64(m_settings.tokenLifetime.count())},
                              {u"scope"_s, scopes->text()}});
}

std::expected<QList<Parameter>, AuthorizationServer::Refusal> AuthorizationServer::readForm(const Request &request)
{
    const auto invalid = [](const QString &reason) { return std::unexpected(Refusal{u"invalid_request"_s, reason}); };
    if (request.method != "POST")
        return invalid(u"The token request must be a POST."_s);
    if (request.hasQuery)
        return invalid(u"The token URL must have no query; parameters go into the body."_s);
    if (request.mediaType() != "application/x-www-form-urlencoded")
        return invalid(u"The body must be application/x-www-form-urlencoded."_s);
    if (request.headerCount("Authorization") > 0)
        return invalid(u"The client must authenticate in one way only: no Authorization header."_s);
    const auto form = parseForm(request.body);
    if (!form)
        return invalid(u"The body is not valid application/x-www-form-urlencoded."_s);
    QSet<QString> seen;
    for (const Parameter &parameter : *form) {
        if (seen.contains(parameter.name))
            return invalid(u"A parameter is given twice."_s);
        seen.insert(parameter.name);
    }
    for (const QString &name : {u"grant_type"_s, u"client_assertion_type"_s, u"client_assertion"_s}) {
        if (valueOf(*form, name).isEmpty())
            return invalid(name + u" is missing."_s);
    }
    return *form;
}

std::expected<RegisteredClient, AuthorizationServer::Refusal>
AuthorizationServer::authenticate(const QString &assertion, qint64 nowMs)
{
    const auto refused = [](const AssertionFaults &faults) {
        return std::unexpected(Refusal{u"invalid_client"_s, joined(faults)});
    };
    const auto parsed = parseAssertion(assertion.toUtf8());
    if (!parsed)
        return refused({parsed.error()});
    const auto client = m_clients.find(parsed->issuer());
    if (!client)
        return refused({{u"iss-mismatch"_s, u"iss is not a registered client ID."_s}});
    const auto keys = m_keys(*client, parsed->header.members.value(u"kid"_s).toString());
    if (!keys)
        return refused({{u"jwks-unavailable"_s, keys.error().message}});
    AssertionFaults faults = verifyAssertion(*parsed, {.clientId = client->id,
                                                       .keys = *keys,
                                                       .jwksUri = client->jwksUri,
                                                       .tokenEndpoint = m_settings.tokenEndpoint,
                                                       .nowMs = nowMs});
    if (!faults.isEmpty())
        return refused(faults);
    // Only an assertion that is good in all else uses up its id: nobody can burn the ids of others.
    if (!m_usedIds.takeFirstUse(client->id, parsed->claims.members.value(u"jti"_s).toString(),
                                parsed->claims.integer(u"exp"_s).value_or(0), nowMs / 1000))
        return refused({{u"jti-replayed"_s, u"jti was used before; each request needs a new one."_s}});
    return *client;
}

std::expected<ScopeSet, AuthorizationServer::Refusal>
AuthorizationServer::decideScope(const QList<Parameter> &form, const RegisteredClient &client) const
{
    const auto invalid = [](const QString &reason) { return std::unexpected(Refusal{u"invalid_scope"_s, reason}); };
    const QString text = valueOf(form, u"scope"_s);
    if (text.isEmpty()) {
        if (m_settings.scopeRequired)
            return invalid(u"scope is missing."_s);
        return client.scopes;
    }
    const auto requested = ScopeSet::parse(text);
    if (!requested || requested->isEmpty())
        return invalid(u"Each scope must be system/<Type or *>.<read, write, * or letters of cruds in that order>."_s);
    const ScopeSet granted = client.scopes.granted(*requested);
    if (granted.isEmpty())
        return invalid(u"None of the scopes is granted to this client: it may have "_s + client.scopes.text() + u'.');
    return granted;
}

} // namespace credenza::sandbox
