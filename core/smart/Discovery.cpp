// SPDX-License-Identifier: Apache-2.0
#include "core/smart/Discovery.h"

#include "core/credentials/Connector.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

bool isEpic(const Credential &credential)
{
    const Connector *connector = connectorById(credential.connector);
    return connector && connector->hasEpicPathRule;
}

/// A page for people where a FHIR answer was expected: a portal, a login, a captive network (facts N6).
bool isWebPage(const HttpReply &reply)
{
    const bool isHtml = headerValue(reply.headers, "Content-Type").toLower().contains("text/html");
    return (reply.status >= 300 && reply.status < 400) || (reply.status == 200 && isHtml);
}

QString statusText(const HttpReply &reply)
{
    const QString type = QString::fromLatin1(headerValue(reply.headers, "Content-Type").split(';').first().trimmed());
    return type.isEmpty() ? QString::number(reply.status) : u"%1, %2"_s.arg(reply.status).arg(type);
}

/// Only what a request may go on from: an answer that could not be read. Everything else ends discovery.
bool isUnreadableAnswer(const Error &error)
{
    return error.code == u"net.bad-response" || error.code == u"net.response-too-large";
}

Result<void> checkEndpoint(const QString &endpoint, const Credential &credential)
{
    const QUrl url(endpoint);
    if (url.scheme() == u"https" || (url.scheme() == u"http" && (isLoopback(url) || credential.allowsPlainHttp)))
        return {};
    return fail(ErrorKind::Failed, u"smart.insecure-token-endpoint"_s,
                SmartText::tr("The token endpoint %1 is not protected by https:.").arg(endpoint),
                SmartText::tr("Nothing was sent there. Ask the server's operator for the https: address."));
}

class DiscoveryRun
{
public:
    DiscoveryRun(const Credential &credential, const NetworkSettings &network, HttpTransport &transport,
                 std::stop_token stop)
        : m_credential(credential), m_network(network), m_transport(transport), m_stop(std::move(stop))
    {
    }

    Result<Discovery> run();

private:
    Result<void> askSmartConfiguration();
    Result<void> askMetadata();
    [[nodiscard]] Failure nothingFound() const;

    const Credential &m_credential;
    const NetworkSettings &m_network;
    HttpTransport &m_transport;
    std::stop_token m_stop;
    Discovery m_found;
    int m_webPages = 0;
};

Result<void> DiscoveryRun::askSmartConfiguration()
{
    const QString what = SmartText::tr("SMART configuration: %1");
    const HttpRequest request =
        fhirRequest(m_credential, u".well-known/smart-configuration"_s, "application/json", m_network);
    Result<HttpReply> reply = m_transport.send(request, m_stop);
    if (!reply) {
        m_found.tried << what.arg(reply.error().message);
        if (isUnreadableAnswer(reply.error()))
            return {};
        return Failure(std::move(reply).error());
    }
    m_webPages += isWebPage(*reply);
    if (reply->status != 200) {
        m_found.tried << what.arg(statusText(*reply));
        return {};
    }
    Result<SmartConfiguration> configuration =
        readSmartConfiguration(reply->body, QUrl(m_credential.fhirBaseUrl + u'/'));
    if (!configuration) {
        m_found.tried << what.arg(configuration.error().message);
        return {};
    }
    m_found.advertised = configuration->tokenEndpoint;
    m_found.source = EndpointSource::SmartConfiguration;
    m_found.configuration = std::move(*configuration);
    return {};
}

Result<void> DiscoveryRun::askMetadata()
{
    const QString what = SmartText::tr("CapabilityStatement: %1");
    Result<HttpReply> reply =
        m_transport.send(fhirRequest(m_credential, u"metadata"_s, "application/fhir+json", m_network), m_stop);
    if (!reply) {
        m_found.tried << what.arg(reply.error().message);
        if (isUnreadableAnswer(reply.error()))
            return {};
        return Failure(std::move(reply).error());
    }
    m_webPages += isWebPage(*reply);
    if (reply->status != 200) {
        m_found.tried << what.arg(statusText(*reply));
        return {};
    }
    Result<CapabilityStatement> statement = readCapabilityStatement(reply->body);
    if (!statement) {
        m_found.tried << what.arg(statement.error().message);
        return {};
    }
    if (statement->tokenEndpoint.isEmpty())
        m_found.tried << what.arg(SmartText::tr("names no token endpoint"));
    m_found.advertised = statement->tokenEndpoint;
    m_found.source = EndpointSource::CapabilityStatement;
    m_found.capabilities = std::move(*statement);
    return {};
}

Failure DiscoveryRun::nothingFound() const
{
    if (m_webPages == 2) {
        return fail(ErrorKind::Failed, u"smart.not-fhir"_s,
                    SmartText::tr("Web pages came back, not FHIR answers (%1).").arg(m_found.tried.join(u"; "_s)),
                    SmartText::tr("This is a portal or a login page. Use the FHIR base URL of the organization's "
                                  "endpoint directory."));
    }
    return fail(ErrorKind::Failed, u"smart.no-token-endpoint"_s,
                SmartText::tr("The server names no token endpoint (%1).").arg(m_found.tried.join(u"; "_s)),
                SmartText::tr("Check the path of the FHIR base URL, or give the token endpoint under Advanced."));
}

Result<Discovery> DiscoveryRun::run()
{
    Result<void> asked = askSmartConfiguration();
    if (!m_credential.tokenEndpoint.isEmpty()) {
        if (!asked && asked.error().kind == ErrorKind::Cancelled)
            return Failure(std::move(asked).error());
        m_found.tokenEndpoint = m_credential.tokenEndpoint;
        m_found.source = EndpointSource::Override;
    } else {
        if (!asked)
            return Failure(std::move(asked).error());
        if (m_found.advertised.isEmpty())
            TRY(askMetadata());
        m_found.tokenEndpoint = m_found.advertised;
        const bool followsRule =
            isEpic(m_credential) || (m_found.capabilities && m_found.capabilities->softwareName == u"Epic");
        if (m_found.tokenEndpoint.isEmpty() && followsRule && m_webPages < 2) {
            m_found.tokenEndpoint = epicTokenEndpoint(m_credential.fhirBaseUrl);
            m_found.source = EndpointSource::EpicPathRule;
        }
        if (m_found.tokenEndpoint.isEmpty())
            return nothingFound();
    }
    TRY(checkEndpoint(m_found.tokenEndpoint, m_credential));
    return std::move(m_found);
}

} // namespace

QString nameOf(EndpointSource source)
{
    switch (source) {
    case EndpointSource::Override:
        return u"override"_s;
    case EndpointSource::SmartConfiguration:
        return u"smart-configuration"_s;
    case EndpointSource::CapabilityStatement:
        return u"capability-statement"_s;
    case EndpointSource::EpicPathRule:
        return u"epic-path-rule"_s;
    }
    Q_UNREACHABLE();
}

Result<Discovery> discover(const Credential &credential, const NetworkSettings &network, HttpTransport &transport,
                           std::stop_token stop)
{
    return DiscoveryRun(credential, network, transport, std::move(stop)).run();
}

HttpRequest fhirRequest(const Credential &credential, const QString &path, const QByteArray &accept,
                        const NetworkSettings &network)
{
    HttpRequest request;
    request.url = QUrl(credential.fhirBaseUrl + u'/' + path);
    request.headers = {{"Accept", accept}};
    // Without it Epic may name endpoints that are another client's (facts §2.1).
    if (isEpic(credential))
        request.headers.append({"Epic-Client-ID", credential.clientId.toUtf8()});
    request.redirects = RedirectPolicy::SameOrigin;
    request.network = network;
    addExtraHeaders(request, credential);
    return request;
}

void addExtraHeaders(HttpRequest &request, const Credential &credential)
{
    for (const auto &[name, value] : credential.extraHeaders) {
        const QByteArray rawName = name.toUtf8();
        if (headerValue(request.headers, rawName).isEmpty() &&
            rawName.compare("Authorization", Qt::CaseInsensitive) != 0)
            request.headers.append({rawName, value.toUtf8()});
    }
}

} // namespace credenza
