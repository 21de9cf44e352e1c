// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/session/FakeServer.h"

#include <QUrlQuery>

#include <condition_variable>

namespace credenza::test
{

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

class FakeTransport final : public HttpTransport
{
public:
    explicit FakeTransport(std::shared_ptr<FakeServer> server) : m_server(std::move(server)) {}

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override
    {
        m_server->requests++;
        m_server->deadline = request.network.deadline.count();
        const QString path = request.url.path();
        if (path.endsWith(u"/.well-known/smart-configuration"))
            return json(request, 200,
                        R"({"token_endpoint":"https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token",)"
                        R"("capabilities":["permission-v1","client-confidential-asymmetric"],)"
                        R"("grant_types_supported":["client_credentials"],)"
                        R"("token_endpoint_auth_signing_alg_values_supported":["RS384","ES384"]})");
        if (path.endsWith(u"/oauth2/token"))
            return token(request, std::move(stop));
        if (path.endsWith(u".json") || path.endsWith(u"/Endpoints/R4"))
            return json(request, 200, m_server->publicFile);
        if (path.endsWith(u"/metadata"))
            return json(request, 200,
                        R"({"resourceType":"CapabilityStatement","fhirVersion":"4.0.1","software":{"name":"Epic"},)"
                        R"("rest":[{"mode":"server","resource":[{"type":"Patient","interaction":[)"
                        R"({"code":"read"},{"code":"search-type"}]}]}]})");
        return json(request, 200,
                    R"({"resourceType":"Bundle","type":"searchset","total":1,"entry":[)"
                    R"({"resource":{"resourceType":"Patient","id":"a"},"search":{"mode":"match"}}]})");
    }

private:
    [[nodiscard]] Result<HttpReply> token(const HttpRequest &request, std::stop_token stop)
    {
        m_server->tokenRequests++;
        const QByteArray assertion = QUrlQuery(QString::fromLatin1(request.body)).queryItemValue(u"client_assertion"_s).toLatin1();
        m_server->record(assertion);
        switch (m_server->mode) {
        case FakeServer::Mode::Grants:
            break;
        case FakeServer::Mode::RefusesClient:
            return json(request, 400, R"({"error":"invalid_client","error_description":null})");
        case FakeServer::Mode::Echoes:
            return json(request, 400,
                        R"({"error":"invalid_client","error_description":"client_assertion )" + assertion +
                            R"( was not accepted"})");
        case FakeServer::Mode::Hangs: {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any().wait(lock, std::move(stop), [] { return false; });
            return cancelled();
        }
        case FakeServer::Mode::HangsDeaf: {
            // Stands for a step that can't hear the stop, such as a name look-up: nobody wakes this.
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable().wait_for(lock, 1s, [] { return false; });
            return cancelled();
        }
        }
        return json(request, 200,
                    R"({"access_token":")" + QByteArray(FakeServer::token) +
                        R"(","token_type":"Bearer","expires_in":3600,"scope":"system/Patient.read"})");
    }

    static HttpReply json(const HttpRequest &request, int status, const QByteArray &body)
    {
        HttpReply reply;
        reply.status = status;
        reply.reason = status == 200 ? "OK" : "Bad Request";
        reply.headers = {{"Content-Type", "application/json"}, {"Date", "Sun, 23 Nov 2025 14:10:08 GMT"}};
        reply.body = body;
        reply.url = request.url;
        reply.elapsed = 20ms;
        return reply;
    }

    std::shared_ptr<FakeServer> m_server;
};

} // namespace

QByteArrayList FakeServer::assertions() const
{
    const std::scoped_lock lock(m_mutex);
    return m_assertions;
}

void FakeServer::record(const QByteArray &assertion)
{
    const std::scoped_lock lock(m_mutex);
    m_assertions.append(assertion);
}

QString fakeBaseUrl()
{
    return u"https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4"_s;
}

QString fakeTokenEndpoint()
{
    return u"https://fhir.epic.com/interconnect-fhir-oauth/oauth2/token"_s;
}

TransportFactory transportsTo(std::shared_ptr<FakeServer> server)
{
    return [server = std::move(server)] { return std::make_unique<FakeTransport>(server); };
}

} // namespace credenza::test
