// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/ClientRegistration.h"

#include "app/sandbox/auth/JwksFetcher.h"
#include "app/sandbox/auth/StrictJson.h"
#include "core/keys/PublicKey.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QStringList>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

Response refused(int status, const QString &error, const QString &reason)
{
    return jsonResponse(status, {{u"error"_s, error}, {u"error_description"_s, reason}});
}

Result<void> readKeys(const QJsonObject &body, RegisteredClient &client)
{
    const auto invalid = [](const QString &why) {
        return fail(ErrorKind::InvalidInput, u"registration.invalid"_s, why);
    };
    if (body.contains(u"jwks"_s) == body.contains(u"jwksUri"_s))
        return invalid(u"Give either jwks or jwksUri."_s);
    if (body.contains(u"jwksUri"_s)) {
        client.jwksUri = QUrl(body.value(u"jwksUri"_s).toString(), QUrl::StrictMode);
        const QString scheme = client.jwksUri.scheme();
        if (!isLoopback(client.jwksUri) || (scheme != u"http"_s && scheme != u"https"_s))
            return invalid(u"jwksUri must be an http or https URL on this machine."_s);
        return {};
    }
    client.keys = TRY(parseJwkSet(body.value(u"jwks"_s).toObject()));
    if (client.keys.isEmpty())
        return invalid(u"jwks holds no key."_s);
    for (const QJsonObject &jwk : client.keys) {
        const auto key = TRY(PublicKey::fromJwk(jwk));
        if (key.type() == KeyType::Rsa && key.bits() < 2048)
            return invalid(u"RSA keys need 2048 bits or more."_s);
    }
    return {};
}

std::optional<ScopeSet> readScopes(const QJsonValue &value)
{
    if (value.isUndefined())
        return defaultScopes();
    QStringList words;
    for (const QJsonValue &word : value.isArray() ? value.toArray() : QJsonArray{value}) {
        if (!word.isString())
            return std::nullopt;
        words.append(word.toString());
    }
    auto scopes = ScopeSet::parse(words.join(u' '));
    return scopes && scopes->isEmpty() ? std::nullopt : scopes;
}

} // namespace

ScopeSet defaultScopes()
{
    return *ScopeSet::parse(u"system/*.rs"_s);
}

Response registerClient(const Request &request, ClientRegistry &clients, RandomSource &random)
{
    const QString invalidMetadata = u"invalid_client_metadata"_s; // RFC 7591, section 3.2.2
    if (request.mediaType() != "application/json")
        return refused(415, invalidMetadata, u"The body must be application/json."_s);
    const auto body = parseStrictObject(request.body);
    if (!body)
        return refused(400, invalidMetadata, u"The body is not a JSON object."_s);

    RegisteredClient client;
    const QJsonValue id = body->members.value(u"clientId"_s);
    static const QRegularExpression printable(u"\\A[\\x21-\\x7e]{1,200}\\z"_s);
    if (!id.isUndefined() && !printable.match(id.toString()).hasMatch())
        return refused(400, invalidMetadata, u"clientId must be 1 to 200 printable ASCII characters without spaces."_s);
    client.id = id.isUndefined() ? randomUuid(random).toString(QUuid::WithoutBraces) : id.toString();
    if (const auto keys = readKeys(body->members, client); !keys)
        return refused(400, invalidMetadata, keys.error().message);
    const auto scopes = readScopes(body->members.value(u"scopes"_s));
    if (!scopes)
        return refused(400, invalidMetadata, u"scopes must be system scopes such as system/Patient.rs."_s);
    client.scopes = *scopes;
    if (!clients.add(client))
        return refused(409, invalidMetadata, u"clientId is taken."_s);
    return jsonResponse(201, {{u"clientId"_s, client.id}, {u"scopes"_s, client.scopes.text()}});
}

} // namespace credenza::sandbox
