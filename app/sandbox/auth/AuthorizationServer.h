// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/AssertionVerifier.h"
#include "app/sandbox/auth/ClientRegistry.h"
#include "app/sandbox/auth/JtiCache.h"
#include "app/sandbox/auth/TokenStore.h"
#include "app/sandbox/http/FormParameters.h"
#include "app/sandbox/http/HttpMessage.h"
#include "core/base/Result.h"

#include <chrono>
#include <functional>

namespace credenza::sandbox
{

/// How the token endpoint behaves.
struct AuthorizationSettings {
    QByteArray tokenEndpoint; ///< its own URL: the only audience it takes
    std::chrono::seconds tokenLifetime{3600};
    bool explain = false;       ///< tell the reason of a refusal, where Epic tells none
    bool scopeRequired = false; ///< as SMART 2.2 asks for; Epic does without
};

/// The token endpoint: SMART Backend Services and nothing else. Safe from several threads.
class AuthorizationServer
{
public:
    /// The keys of a client, fresh enough to hold the `kid`; they may come over the network.
    using KeySource = std::function<Result<QList<QJsonObject>>(const RegisteredClient &, const QString &kid)>;

    /// The registry and the token store outlive the server.
    AuthorizationServer(AuthorizationSettings settings, const ClientRegistry &clients, KeySource keys,
                        TokenStore &tokens)
        : m_settings(std::move(settings)), m_clients(clients), m_keys(std::move(keys)), m_tokens(tokens)
    {
    }

    /// Answers one token request: 200 with a token, or 400 as Epic does, `{"error":…,"error_description":null}`.
    [[nodiscard]] Response token(const Request &request, std::chrono::system_clock::time_point now);

private:
    struct Refusal {
        QString error; ///< RFC 6749, section 5.2
        QString reason;
    };
    [[nodiscard]] static std::expected<QList<Parameter>, Refusal> readForm(const Request &request);
    [[nodiscard]] std::expected<RegisteredClient, Refusal> authenticate(const QString &assertion, qint64 nowMs);
    [[nodiscard]] std::expected<ScopeSet, Refusal> decideScope(const QList<Parameter> &form,
                                                               const RegisteredClient &client) const;
    [[nodiscard]] std::expected<Response, Refusal> decide(const Request &request, qint64 nowMs);

    AuthorizationSettings m_settings;
    const ClientRegistry &m_clients;
    KeySource m_keys;
    TokenStore &m_tokens;
    JtiCache m_usedIds;
};

} // namespace credenza::sandbox
