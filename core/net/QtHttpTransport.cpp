// SPDX-License-Identifier: Apache-2.0
#include "core/net/QtHttpTransport.h"

#include "core/net/NetworkFailure.h"
#include "core/net/OneShotBody.h"
#include "core/net/ServerName.h"

#include <QAuthenticator> // needed to connect to the signal that names it
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct NetText {
    Q_DECLARE_TR_FUNCTIONS(NetText)
};

constexpr int maxRedirects = 5;
/// How much Qt may hold before we take it: a server that sends without end meets a full window, not our memory.
constexpr qint64 readAhead = 256 * 1024;

/// The proxy a person set, else the system's; none on the way to this machine itself.
class ProxyChoice final : public QNetworkProxyFactory
{
public:
    explicit ProxyChoice(std::optional<QNetworkProxy> chosen) : m_chosen(std::move(chosen)) {}

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return m_chosen ? QList<QNetworkProxy>{*m_chosen} : systemProxyForQuery(query);
    }

private:
    std::optional<QNetworkProxy> m_chosen;
};

Result<std::optional<QNetworkProxy>> proxyFrom(const QUrl &url)
{
    if (url.isEmpty())
        return std::nullopt;
    const QString scheme = url.scheme();
    const bool isSocks = scheme == u"socks5" || scheme == u"socks5h";
    if (!url.isValid() || url.host().isEmpty() || (!isSocks && scheme != u"http"))
        return unusableProxy(url);
    return QNetworkProxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                         static_cast<quint16>(url.port(isSocks ? 1080 : 8080)), url.userName(QUrl::FullyDecoded),
                         url.password(QUrl::FullyDecoded));
}

bool isHeaderName(const QByteArray &name)
{
    // RFC 9110 §5.6.2, token
    return !name.isEmpty() && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
    });
}

bool isHeaderValue(const QByteArray &value)
{
    return std::ranges::none_of(value, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

Result<void> checkRequest(const HttpRequest &request)
{
    const QString scheme = request.url.scheme();
    if (!request.url.isValid() || request.url.host().isEmpty() || (scheme != u"https" && scheme != u"http") ||
        !request.url.userInfo().isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"net.url-refused"_s,
                    NetText::tr("“%1” is not a web address that can be used.")
                        .arg(request.url.toDisplayString(QUrl::RemoveUserInfo)),
                    NetText::tr("Give a full https: address without a user name in it."));
    }
    for (const HttpHeader &header : request.headers) {
        if (!isHeaderName(header.name) || !isHeaderValue(header.value)) {
            return fail(ErrorKind::InvalidInput, u"net.header-refused"_s,
                        NetText::tr("“%1” is not a header that can be sent.").arg(QString::fromLatin1(header.name)),
                        NetText::tr("A header's name has letters, digits and dashes; its value is one line."));
        }
    }
    return {};
}

/// Where an answer sends us, or an empty URL where it does not.
QUrl redirectTarget(const HttpReply &reply)
{
    static constexpr std::array redirectStatuses{301, 302, 303, 307, 308};
    const QByteArray location = headerValue(reply.headers, "Location");
    if (location.isEmpty() || std::ranges::find(redirectStatuses, reply.status) == redirectStatuses.end())
        return {};
    return reply.url.resolved(QUrl::fromEncoded(location));
}

QNetworkRequest qtRequest(const HttpRequest &request)
{
    QNetworkRequest qt(request.url);
    qt.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    qt.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    qt.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    qt.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    qt.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    // One request at a time gains nothing from HTTP/2, and what we prove about re-sending holds for HTTP/1.1.
    qt.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    qt.setHeader(QNetworkRequest::UserAgentHeader, u"Credenza/" CREDENZA_VERSION ""_s);
    for (const HttpHeader &header : request.headers)
        qt.setRawHeader(header.name, header.value);
    if (!request.body.isEmpty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH")
        qt.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    if (request.url.scheme() != u"https")
        return qt;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    tls.addCaCertificates(request.network.extraAuthorities); // beside the system's, not instead of them
    qt.setSslConfiguration(tls);
    return qt;
}

/// Why the wait for an answer ended.
enum class End { Waiting, Finished, Cancelled, Deadline, Idle, TooLarge, WrongName, ProxyRefused };

/// One request on the wire: waits for its answer on this thread while time, size and a stop are watched.
class Exchange
{
public:
    Exchange(QNetworkAccessManager &manager, const HttpRequest &request);

    Result<HttpReply> wait(QDeadlineTimer deadline, const std::stop_token &stop);
    [[nodiscard]] const QList<QSslCertificate> &chain() const { return m_chain; }

private:
    void watchReply();
    void onEncrypted();
    void takeBody();
    void end(End how);
    [[nodiscard]] Result<HttpReply> outcome();
    [[nodiscard]] bool isAnswer() const;

    const HttpRequest &m_request;
    OneShotBody m_upload; // before the reply, which reads from it
    QEventLoop m_loop;
    QTimer m_idle;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    End m_end = End::Waiting;
    QByteArray m_body;
    QList<QSslError> m_tlsErrors;
    QList<QSslCertificate> m_chain;
    std::unique_ptr<QNetworkReply> m_reply;
};

Exchange::Exchange(QNetworkAccessManager &manager, const HttpRequest &request)
    : m_request(request), m_upload(request.body)
{
    m_clock.start();
    const QNetworkRequest qt = qtRequest(request);
    if (request.method == "GET" && request.body.isEmpty())
        m_reply.reset(manager.get(qt));
    else if (request.method == "POST")
        m_reply.reset(manager.post(qt, &m_upload));
    else
        m_reply.reset(manager.sendCustomRequest(qt, request.method, request.body.isEmpty() ? nullptr : &m_upload));
    m_reply->setReadBufferSize(readAhead);
    // Asked only where user and password of the proxy's address were missing or refused. Qt sends them for https: only;
    // to answer here for http: would crash it where the proxy closes the connection (seen with 6.4.2).
    QObject::connect(&manager, &QNetworkAccessManager::proxyAuthenticationRequired, &m_loop,
                     [this] { end(End::ProxyRefused); });
    watchReply();
}

void Exchange::watchReply()
{
    QNetworkReply *reply = m_reply.get();
    const auto stirred = [this] { m_idle.start(); };
    QObject::connect(reply, &QNetworkReply::socketStartedConnecting, &m_loop, stirred);
    QObject::connect(reply, &QNetworkReply::requestSent, &m_loop, stirred);
    QObject::connect(reply, &QNetworkReply::uploadProgress, &m_loop, stirred);
    QObject::connect(reply, &QNetworkReply::metaDataChanged, &m_loop, stirred);
    QObject::connect(reply, &QNetworkReply::encrypted, &m_loop, [this] { onEncrypted(); });
    QObject::connect(reply, &QNetworkReply::sslErrors, &m_loop, [this](const QList<QSslError> &errors) {
        m_tlsErrors = errors;
        m_chain = m_reply->sslConfiguration().peerCertificateChain();
    });
    QObject::connect(reply, &QNetworkReply::readyRead, &m_loop, [this] {
        m_idle.start();
        takeBody();
    });
    QObject::connect(reply, &QNetworkReply::finished, &m_loop, [this] { end(End::Finished); });
}

void Exchange::onEncrypted()
{
    // Qt holds the request back until this returns, so nothing has been sent to a server with the wrong name.
    m_idle.start();
    m_chain = m_reply->sslConfiguration().peerCertificateChain();
    if (m_chain.isEmpty() || !certificateNames(m_chain.first(), m_request.url.host())) {
        end(End::WrongName);
        m_reply->abort();
    }
}

void Exchange::takeBody()
{
    if (m_end != End::Waiting && m_end != End::Finished)
        return;
    m_body += m_reply->read(m_request.maxResponseBytes + 1 - m_body.size());
    if (m_body.size() > m_request.maxResponseBytes)
        end(End::TooLarge);
}

void Exchange::end(End how)
{
    if (m_end == End::Waiting || (m_end == End::Finished && how == End::TooLarge))
        m_end = how;
    m_loop.quit();
}

Result<HttpReply> Exchange::wait(QDeadlineTimer deadline, const std::stop_token &stop)
{
    QObject::connect(&m_idle, &QTimer::timeout, &m_loop, [this] { end(End::Idle); });
    QObject::connect(&m_deadline, &QTimer::timeout, &m_loop, [this] { end(End::Deadline); });
    m_idle.setSingleShot(true);
    m_idle.setTimerType(Qt::PreciseTimer);
    m_idle.start(m_request.network.idle);
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_deadline.start(std::chrono::milliseconds(deadline.remainingTime()));
    {
        // Called on whichever thread asks to stop; the queued call runs here, in the loop below.
        const std::stop_callback onStop(stop, [this] {
            QMetaObject::invokeMethod(
                &m_loop, [this] { end(End::Cancelled); }, Qt::QueuedConnection);
        });
        if (m_end == End::Waiting)
            m_loop.exec();
    }
    if (m_end == End::Finished)
        takeBody(); // what came with the last signal
    QObject::disconnect(m_reply.get(), nullptr, &m_loop, nullptr);
    return outcome();
}

bool Exchange::isAnswer() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return false;
    const QNetworkReply::NetworkError error = m_reply->error();
    if (error == QNetworkReply::NoError)
        return true;
    // Manual redirects or not, Qt wants to rewind the body on 307 and 308; it can't, and says so instead.
    if ((status == 307 || status == 308) && error == QNetworkReply::ContentReSendError)
        return true;
    // A 401 with a challenge that Qt does not know, such as Bearer, it reports itself and in other words.
    if (status == 401 && error == QNetworkReply::AuthenticationRequiredError)
        return true;
    // Every status from 400 on is an error to Qt and an answer to us; its text then names the address. The same code
    // with another text is a body that could not be decompressed, which must not be shown (qt.md §4).
    const bool isStatusError = status >= 400 && error > QNetworkReply::UnknownProxyError;
    return isStatusError && m_reply->errorString().contains(m_reply->url().toString());
}

Result<HttpReply> Exchange::outcome()
{
    const QUrl &url = m_request.url;
    const NetworkSettings &limits = m_request.network;
    switch (m_end) {
    case End::Cancelled:
        return cancelled();
    case End::Deadline:
        return deadlinePassed(url, limits.deadline);
    case End::Idle:
        return silentTooLong(url, limits.idle);
    case End::TooLarge:
        return responseTooLarge(url, m_request.maxResponseBytes);
    case End::WrongName:
        return wrongServerName(url, m_chain);
    case End::ProxyRefused:
        return networkFailure({QNetworkReply::ProxyAuthenticationRequiredError, {}, {}, {}, url, true});
    case End::Waiting:
    case End::Finished:
        break;
    }
    const bool isProxied = !limits.proxy.isEmpty() && !isLoopback(url);
    if (!isAnswer())
        return networkFailure({m_reply->error(), m_reply->errorString(), m_tlsErrors, m_chain, url, isProxied});

    HttpReply reply;
    reply.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    reply.reason = m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    for (const auto &[name, value] : m_reply->rawHeaderPairs())
        reply.headers.append({name, value});
    reply.body = std::move(m_body);
    reply.url = url;
    reply.elapsed = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    if (url.scheme() == u"https") {
        m_chain = m_reply->sslConfiguration().peerCertificateChain();
        reply.certificateChain = m_chain;
        // A connection kept open was checked when it was made; this costs nothing and holds if that ever changes.
        if (reply.certificateChain.isEmpty() || !certificateNames(reply.certificateChain.first(), url.host()))
            return wrongServerName(url, reply.certificateChain);
    }
    return reply;
}

} // namespace

class QtHttpTransport::Private
{
public:
    Result<QNetworkAccessManager *> managerFor(const NetworkSettings &settings);
    /// After anything but a whole answer: what is left on the connections must not meet the next request.
    void forgetConnections() { m_manager.reset(); }

    Result<HttpReply> exchange(QNetworkAccessManager &manager, const HttpRequest &hop, QDeadlineTimer deadline,
                               const std::stop_token &stop);

    QList<QSslCertificate> lastChain;

private:
    std::unique_ptr<QNetworkAccessManager> m_manager;
    QList<QSslCertificate> m_authorities;
    QUrl m_proxy;
};

Result<QNetworkAccessManager *> QtHttpTransport::Private::managerFor(const NetworkSettings &settings)
{
    // Qt keeps connections by host and port only: one that was trusted by another credential's CA must not serve this
    // one.
    if (m_manager && m_authorities == settings.extraAuthorities && m_proxy == settings.proxy)
        return m_manager.get();
    std::optional<QNetworkProxy> proxy = TRY(proxyFrom(settings.proxy));
    m_manager = std::make_unique<QNetworkAccessManager>();
    m_manager->setProxyFactory(new ProxyChoice(std::move(proxy))); // the manager takes it
    m_authorities = settings.extraAuthorities;
    m_proxy = settings.proxy;
    return m_manager.get();
}

Result<HttpReply> QtHttpTransport::Private::exchange(QNetworkAccessManager &manager, const HttpRequest &hop,
                                                     QDeadlineTimer deadline, const std::stop_token &stop)
{
    Exchange running(manager, hop);
    Result<HttpReply> reply = running.wait(deadline, stop);
    lastChain = running.chain();
    return reply;
}

QtHttpTransport::QtHttpTransport() : d(std::make_unique<Private>()) {}

QtHttpTransport::~QtHttpTransport() = default;

QList<QSslCertificate> QtHttpTransport::receivedChain() const
{
    return d->lastChain;
}

Result<HttpReply> QtHttpTransport::send(const HttpRequest &request, std::stop_token stop)
{
    d->lastChain.clear();
    TRY(checkRequest(request));
    const QDeadlineTimer deadline(request.network.deadline, Qt::PreciseTimer);
    HttpRequest hop = request;
    for (int redirects = 0; redirects <= maxRedirects; ++redirects) {
        if (stop.stop_requested())
            return cancelled();
        QNetworkAccessManager *manager = TRY(d->managerFor(hop.network));
        Result<HttpReply> reply = d->exchange(*manager, hop, deadline, stop);
        if (!reply) {
            d->forgetConnections();
            return reply;
        }
        const QUrl target = redirectTarget(*reply);
        const bool mayFollow =
            hop.redirects == RedirectPolicy::SameOrigin && (hop.method == "GET" || hop.method == "HEAD");
        if (target.isEmpty() || !mayFollow)
            return reply;
        if (hop.url.scheme() == u"https" && target.scheme() == u"http")
            return insecureRedirect(hop.url, target);
        if (!sameOrigin(hop.url, target))
            return reply;
        hop.url = target;
    }
    return redirectLoop(request.url, maxRedirects);
}

} // namespace credenza
