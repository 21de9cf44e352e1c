// SPDX-License-Identifier: Apache-2.0
#include "core/net/NetworkFailure.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct NetText {
    Q_DECLARE_TR_FUNCTIONS(NetText)
};

/// "fhir.example.org" or "localhost:8443": what a person recognises, without path and user information.
QString placeOf(const QUrl &url)
{
    return url.port() < 0 ? url.host() : u"%1:%2"_s.arg(url.host()).arg(url.port());
}

QString seconds(std::chrono::milliseconds time)
{
    return QLocale().toString(double(time.count()) / 1000.0, 'f', time.count() % 1000 == 0 ? 0 : 1);
}

/// The name of whoever signed the topmost certificate that the server sent.
QString issuerOf(const QList<QSslCertificate> &chain)
{
    if (chain.isEmpty())
        return NetText::tr("nobody");
    const QSslCertificate &top = chain.last();
    QStringList parts = top.issuerInfo(QSslCertificate::CommonName) + top.issuerInfo(QSslCertificate::Organization);
    parts.removeDuplicates();
    return parts.isEmpty() ? NetText::tr("an unnamed issuer") : parts.join(u", "_s);
}

QString namesOf(const QList<QSslCertificate> &chain)
{
    if (chain.isEmpty())
        return {};
    QStringList names = chain.first().subjectAlternativeNames().values();
    names.removeDuplicates();
    std::ranges::sort(names);
    if (names.size() > 4)
        names = names.first(4) << u"…"_s;
    return names.join(u", "_s);
}

bool hasAny(const QList<QSslError> &errors, std::initializer_list<QSslError::SslError> kinds)
{
    return std::ranges::any_of(
        errors, [kinds](const QSslError &error) { return std::ranges::find(kinds, error.error()) != kinds.end(); });
}

Failure tlsFailure(const NetworkFacts &facts)
{
    const QString place = placeOf(facts.url);
    if (hasAny(facts.tlsErrors, {QSslError::CertificateExpired, QSslError::CertificateNotYetValid})) {
        const QString until = facts.chain.isEmpty()
                                  ? QString()
                                  : QLocale().toString(facts.chain.first().expiryDate().date(), QLocale::ShortFormat);
        return fail(ErrorKind::Failed, u"net.tls-expired"_s,
                    NetText::tr("The certificate of %1 is not valid today (it ends %2).").arg(place, until),
                    NetText::tr("Check this computer's date; if it is right, the server's administrator must renew the "
                                "certificate."));
    }
    if (hasAny(facts.tlsErrors, {QSslError::UnableToGetIssuerCertificate, QSslError::UnableToGetLocalIssuerCertificate,
                                 QSslError::UnableToVerifyFirstCertificate, QSslError::SelfSignedCertificate,
                                 QSslError::SelfSignedCertificateInChain, QSslError::CertificateUntrusted,
                                 QSslError::InvalidCaCertificate, QSslError::NoPeerCertificate})) {
        return fail(
            ErrorKind::Failed, u"net.tls-untrusted"_s,
            NetText::tr("The certificate of %1 is issued by “%2”, which this computer does not trust.")
                .arg(place, issuerOf(facts.chain)),
            NetText::tr("If that name is your own network's (TLS inspection) or the hospital's authority, add its "
                        "CA certificate under Advanced. Otherwise somebody may be listening in."));
    }
    if (hasAny(facts.tlsErrors, {QSslError::HostNameMismatch}))
        return wrongServerName(facts.url, facts.chain);
    if (!facts.tlsErrors.isEmpty()) {
        return fail(
            ErrorKind::Failed, u"net.tls-failed"_s,
            NetText::tr("The certificate of %1 was refused: %2.").arg(place, facts.tlsErrors.first().errorString()),
            NetText::tr("The server's administrator must replace the certificate."));
    }
    return fail(
        ErrorKind::Failed, u"net.tls-failed"_s,
        NetText::tr("No secure connection to %1 could be made: %2.").arg(place, facts.errorText),
        NetText::tr("The port may not speak TLS, the server may be older than TLS 1.2, or it may ask for a client "
                    "certificate."));
}

Failure proxyFailure(const NetworkFacts &facts)
{
    const QString place = placeOf(facts.url);
    if (facts.error == QNetworkReply::ProxyAuthenticationRequiredError) {
        return fail(ErrorKind::Failed, u"net.proxy"_s,
                    NetText::tr("The proxy on the way to %1 asks for a user name and password.").arg(place),
                    NetText::tr("Give them in the proxy address: http://user:password@proxy:port."));
    }
    return fail(ErrorKind::Failed, u"net.proxy"_s,
                NetText::tr("The proxy on the way to %1 could not be used: %2.").arg(place, facts.errorText),
                NetText::tr("Check the proxy under Advanced, or the system's proxy settings."));
}

} // namespace

Failure networkFailure(const NetworkFacts &facts)
{
    const QString place = placeOf(facts.url);
    switch (facts.error) {
    case QNetworkReply::HostNotFoundError:
        return fail(ErrorKind::Failed, u"net.host-not-found"_s,
                    NetText::tr("No computer named %1 was found.").arg(facts.url.host()),
                    NetText::tr("Check the spelling. Some hospital hosts can only be found from inside their VPN."));
    case QNetworkReply::ConnectionRefusedError:
        return fail(ErrorKind::Failed, u"net.connection-refused"_s,
                    NetText::tr("%1 refused the connection.").arg(place),
                    NetText::tr("Check host and port. The server may be down, or may admit only addresses it knows."));
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // see OneShotBody: closed before any answer came
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return fail(ErrorKind::Failed, u"net.connection-closed"_s,
                    NetText::tr("%1 closed the connection without a whole answer.").arg(place),
                    NetText::tr("Try again. If it stays so, a firewall may drop the connection."));
    case QNetworkReply::TimeoutError:
        return fail(ErrorKind::Failed, u"net.timeout"_s, NetText::tr("%1 could not be reached in time.").arg(place),
                    NetText::tr("A firewall may drop packets without a word. Check host and port, VPN and proxy."));
    case QNetworkReply::SslHandshakeFailedError:
        return tlsFailure(facts);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return proxyFailure(facts);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError:
        return damagedResponse(facts.url);
    default:
        if (facts.isProxied) // Qt has no name for a proxy that does not keep to its protocol
            return proxyFailure(facts);
        return fail(ErrorKind::Failed, u"net.connection-closed"_s,
                    NetText::tr("The connection to %1 failed: %2.").arg(place, facts.errorText),
                    NetText::tr("Check the network connection and try again."));
    }
}

Failure deadlinePassed(const QUrl &url, std::chrono::milliseconds limit)
{
    return fail(ErrorKind::Failed, u"net.timeout"_s,
                NetText::tr("%1 did not finish its answer within %2 s.").arg(placeOf(url), seconds(limit)),
                NetText::tr("Try again, or allow more time."));
}

Failure silentTooLong(const QUrl &url, std::chrono::milliseconds limit)
{
    return fail(ErrorKind::Failed, u"net.timeout"_s,
                NetText::tr("Nothing came from %1 for %2 s.").arg(placeOf(url), seconds(limit)),
                NetText::tr("A firewall may drop packets without a word. Check host and port, VPN and proxy."));
}

Failure responseTooLarge(const QUrl &url, qint64 limit)
{
    return fail(ErrorKind::Failed, u"net.response-too-large"_s,
                NetText::tr("The answer of %1 is larger than the %2 allowed.")
                    .arg(placeOf(url), QLocale().formattedDataSize(limit)),
                NetText::tr("Check that the address is a FHIR server's and not a download."));
}

Failure damagedResponse(const QUrl &url)
{
    return fail(ErrorKind::Failed, u"net.bad-response"_s,
                NetText::tr("The answer of %1 is damaged or is not HTTP.").arg(placeOf(url)),
                NetText::tr("Check host and port; a proxy on the way may change answers."));
}

Failure wrongServerName(const QUrl &url, const QList<QSslCertificate> &chain)
{
    const QString names = namesOf(chain);
    return fail(ErrorKind::Failed, u"net.tls-hostname"_s,
                names.isEmpty()
                    ? NetText::tr("The certificate that came is not for %1: it has no subjectAltName.").arg(url.host())
                    : NetText::tr("The certificate that came is not for %1 but for %2.").arg(url.host(), names),
                NetText::tr("Check the host name. A common name alone no longer counts (RFC 9525)."));
}

Failure insecureRedirect(const QUrl &from, const QUrl &to)
{
    return fail(
        ErrorKind::Failed, u"net.insecure-redirect"_s,
        NetText::tr("%1 redirects from https: to an unprotected address at %2.").arg(placeOf(from), placeOf(to)),
        NetText::tr("It was not followed. Use the address that the server's documentation gives."));
}

Failure redirectLoop(const QUrl &url, int limit)
{
    return fail(ErrorKind::Failed, u"net.bad-response"_s,
                NetText::tr("%1 redirects more than %2 times.").arg(placeOf(url)).arg(limit),
                NetText::tr("Check the address."));
}

Failure unusableProxy(const QUrl &proxy)
{
    return fail(ErrorKind::InvalidInput, u"net.proxy"_s,
                NetText::tr("“%1” is not a proxy address.").arg(proxy.toDisplayString(QUrl::RemoveUserInfo)),
                NetText::tr("Give it as http://host:port or socks5://host:port."));
}

} // namespace credenza
