// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/DataDirectory.h"
#include "app/sandbox/Options.h"
#include "app/sandbox/auth/AuthorizationServer.h"
#include "app/sandbox/auth/JwksFetcher.h"
#include "app/sandbox/fault/FaultInjector.h"
#include "app/sandbox/fhir/Conformance.h"
#include "app/sandbox/fhir/FhirServer.h"
#include "app/sandbox/http/HttpServer.h"
#include "app/sandbox/http/Router.h"

#include <QJsonObject>

#include <memory>

namespace credenza::sandbox
{

/// The whole sandbox: it serves from start() until it is destroyed.
class Sandbox
{
public:
    /// Makes keys and certificates, listens, and serves. `clock` and `random` outlive the sandbox.
    [[nodiscard]] static Result<std::unique_ptr<Sandbox>> start(const Options &options, const Clock &clock,
                                                                RandomSource &random);
    Q_DISABLE_COPY_MOVE(Sandbox)

    /// What a client needs to know: `fhirBaseUrl`, `tokenEndpoint`, `clientId`, `privateKeyFile`, `jwksUrl`, and with
    /// TLS `caFile`.
    [[nodiscard]] const QJsonObject &announcement() const { return m_announcement; }

private:
    Sandbox(const Options &options, const Clock &clock, RandomSource &random, DataDirectory directory);
    [[nodiscard]] Result<void> listen();
    void route();
    [[nodiscard]] Reply reply(const Request &request) const;
    [[nodiscard]] Result<QList<QJsonObject>> keysOf(const RegisteredClient &client, const QString &kid);

    Options m_options;
    const Clock &m_clock;
    RandomSource &m_random;
    DataDirectory m_directory;
    SampleData m_data;
    TokenStore m_tokens;
    ClientRegistry m_clients;
    Endpoints m_endpoints;
    QJsonObject m_clientJwks;
    QJsonObject m_announcement;
    std::unique_ptr<JwksFetcher> m_fetcher;
    std::unique_ptr<AuthorizationServer> m_authorization;
    std::unique_ptr<FhirServer> m_fhir;
    std::unique_ptr<FaultInjector> m_faults;
    Router m_router;
    std::unique_ptr<HttpServer> m_server; // last: its threads use all of the above
};

} // namespace credenza::sandbox
