// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/Sandbox.h"

#include "app/sandbox/auth/ClientRegistration.h"
#include "core/net/QtHttpTransport.h"

#include <QCoreApplication>
#include <QUuid>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

struct SandboxText {
    Q_DECLARE_TR_FUNCTIONS(SandboxText)
};

/// The client's JWK as it is registered. Without `alg`: a client may sign with any algorithm its key can.
QJsonObject registeredJwk(const PublicKey &key)
{
    QJsonObject jwk = key.jwk(key.defaultAlgorithm());
    jwk.remove(u"alg"_s);
    return jwk;
}

/// A stable id for a key, in the form of Epic's client IDs.
QString clientIdFor(const PublicKey &key)
{
    const QUuid space(u"{6ba7b812-9dad-11d1-80b4-00c04fd430c8}"_s); // RFC 9562, appendix: the name space for OIDs
    return QUuid::createUuidV5(space, key.thumbprint()).toString(QUuid::WithoutBraces);
}

/// Whether the Host header names this machine. A web page that rebinds its own name to 127.0.0.1 names another.
bool isForThisMachine(const Request &request)
{
    const QByteArray host = request.header("Host");
    return host.isEmpty() || isLoopback(QUrl(u"http://"_s + QString::fromLatin1(host), QUrl::StrictMode));
}

} // namespace

Sandbox::Sandbox(const Options &options, const Clock &clock, RandomSource &random, DataDirectory directory)
    : m_options(options), m_clock(clock), m_random(random), m_directory(std::move(directory)),
      m_data(options.seed, options.patients), m_tokens(random)
{
}

Result<std::unique_ptr<Sandbox>> Sandbox::start(const Options &options, const Clock &clock, RandomSource &random)
{
    DataDirectory directory = TRY(DataDirectory::open(options.dataDirectory));
    std::unique_ptr<Sandbox> sandbox(new Sandbox(options, clock, random, std::move(directory)));
    TRY(sandbox->listen());
    return sandbox;
}

Result<void> Sandbox::listen()
{
    const ClientKey key = TRY(m_directory.clientKey(m_options.clientKey));
    std::optional<TlsMaterial> tls;
    QString caFile;
    NetworkSettings network;
    if (m_options.tls) {
        tls = TRY(m_directory.makeTls(m_clock, m_random, caFile));
        network.extraAuthorities = QSslCertificate::fromPath(caFile);
    }
    m_server = TRY(HttpServer::listen(m_options.port, std::move(tls), {}));
    m_endpoints.origin = u"%1://127.0.0.1:%2"_s.arg(m_options.tls ? u"https"_s : u"http"_s).arg(m_server->port());

    const RegisteredClient client{.id = m_options.clientId.isEmpty() ? clientIdFor(key.publicKey) : m_options.clientId,
                                  .keys = {registeredJwk(key.publicKey)},
                                  .jwksUri = QUrl(m_endpoints.jwks()),
                                  .scopes = defaultScopes()};
    if (!m_clients.add(client))
        return fail(ErrorKind::Conflict, u"sandbox.client-id"_s, SandboxText::tr("The client ID is taken."));
    m_clientJwks = jwkSet({client.keys});
    m_announcement = {{u"fhirBaseUrl"_s, m_endpoints.fhirBase()},
                      {u"tokenEndpoint"_s, m_endpoints.token()},
                      {u"clientId"_s, client.id},
                      {u"privateKeyFile"_s, key.file},
                      {u"jwksUrl"_s, m_endpoints.jwks()}};
    if (!caFile.isEmpty())
        m_announcement.insert(u"caFile"_s, caFile);

    m_fetcher = std::make_unique<JwksFetcher>([] { return std::make_unique<QtHttpTransport>(); }, network, m_clock);
    m_authorization = std::make_unique<AuthorizationServer>(
        AuthorizationSettings{.tokenEndpoint = m_endpoints.token().toLatin1(),
                              .tokenLifetime = m_options.tokenLifetime,
                              .explain = m_options.explain,
                              .scopeRequired = m_options.scopeRequired},
        m_clients, [this](const RegisteredClient &its, const QString &kid) { return keysOf(its, kid); }, m_tokens);
    m_fhir = std::make_unique<FhirServer>(FhirSettings{.baseUrl = m_endpoints.fhirBase(),
                                                       .pagingLifetime = m_options.pagingLifetime,
                                                       .pageTotal = m_options.pageTotal},
                                          m_data, m_tokens, m_random, m_clock);
    m_faults = std::make_unique<FaultInjector>(m_endpoints);
    m_faults->select(findFault(m_options.fault));
    route();
    m_server->serve([this](const Request &request) { return reply(request); });
    return {};
}

Result<QList<QJsonObject>> Sandbox::keysOf(const RegisteredClient &client, const QString &kid)
{
    if (!client.keys.isEmpty()) // given, not fetched: the sandbox's own client has both
        return client.keys;
    return m_fetcher->keys(client.jwksUri, kid);
}

void Sandbox::route()
{
    const QByteArray base = Path::fhirBase;
    m_router.add(base + "/.well-known/smart-configuration", {"GET"},
                 [this](const Request &) { return jsonResponse(200, smartConfiguration(m_endpoints)); });
    m_router.add(base + "/metadata", {"GET"}, [this](const Request &) {
        return jsonResponse(200, capabilityStatement(m_endpoints), "application/fhir+json");
    });
    m_router.addTree(base + '/', [this, size = base.size() + 1](const Request &request) {
        return m_fhir->answer(request, QByteArrayView(request.path).sliced(size));
    });
    // Any method: the endpoint itself answers a wrong one as Epic does, with invalid_request.
    m_router.add(Path::token, {}, [this](const Request &request) {
        return m_authorization->token(request, m_clock.now() + m_faults->clockOffset());
    });
    m_router.add(Path::jwks, {"GET"}, [this](const Request &) {
        Response response = jsonResponse(200, m_clientJwks);
        response.headers.append(HeaderField{"Cache-Control", "max-age=300"});
        return response;
    });
    m_router.add(Path::registration, {"POST"},
                 [this](const Request &request) { return registerClient(request, m_clients, m_random); });
}

Reply Sandbox::reply(const Request &request) const
{
    if (!isForThisMachine(request))
        return Response{.status = 421, .headers = {}, .body = {}};
    if (!m_options.stallPrefix.isEmpty() && request.path.startsWith(m_options.stallPrefix.toUtf8()))
        return Withheld{};
    if (request.path == Path::fault)
        return m_faults->control(request);
    return m_faults->answer(request, [&] { return m_router.route(request); });
}

} // namespace credenza::sandbox
