// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>

namespace credenza
{

/// A header field as it is sent or was received; names compare without case.
struct HttpHeader {
    QByteArray name;
    QByteArray value;
};
using HttpHeaders = QList<HttpHeader>;

/// The first header of that name, ignoring case; empty if there is none.
[[nodiscard]] QByteArray headerValue(const HttpHeaders &headers, QByteArrayView name);

/// Whether and how far a request follows redirects (architecture.md, "Network rules").
enum class RedirectPolicy {
    None,      ///< the 3xx answer is the answer: token requests
    SameOrigin ///< within scheme, host and port, at most five
};

/// How to reach servers: what a person may set for one credential or for a whole command.
struct NetworkSettings {
    QList<QSslCertificate> extraAuthorities;    ///< trusted besides the system's
    QUrl proxy;                                 ///< http://, socks5:// or empty: the system's setting
    std::chrono::milliseconds deadline{30'000}; ///< total, from the first byte sent to the last received
    std::chrono::milliseconds idle{15'000};     ///< longest silence
};

/// One request. Header values and body may be secret: redact before showing (Redaction.h).
struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;
    HttpHeaders headers;
    QByteArray body;
    RedirectPolicy redirects = RedirectPolicy::None;
    qint64 maxResponseBytes = 8 * 1024 * 1024;
    NetworkSettings network;
};

struct RedactedResponse;

/// One answer, whatever its status: 400 is an answer, not an Error.
struct HttpReply {
    int status = 0;
    QByteArray reason;
    HttpHeaders headers;
    QByteArray body;
    QUrl url; ///< where it came from, after redirects
    std::chrono::microseconds elapsed{0};
    QList<QSslCertificate> certificateChain; ///< as received; empty for http
    /// How long ago it came, where another flow had asked the same before (SharedAnswers.h).
    std::optional<std::chrono::milliseconds> sharedAge;
    /// What may be shown of it, where that was made already; null otherwise (Redaction.h).
    std::shared_ptr<const RedactedResponse> shown = nullptr;
};

/// The one seam to the network. Synchronous: call it on a worker. One instance serves one thread and may keep
/// connections open between requests.
///
/// Errors (kind Failed unless said): net.host-not-found, net.connection-refused, net.connection-closed,
/// net.tls-untrusted, net.tls-hostname, net.tls-expired, net.tls-failed, net.timeout, net.proxy,
/// net.response-too-large, net.bad-response, net.insecure-redirect, net.url-refused and net.header-refused
/// (InvalidInput), cancelled (Cancelled).
class HttpTransport
{
public:
    virtual ~HttpTransport() = default;
    [[nodiscard]] virtual Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) = 0;
    /// The certificates that came with the last request, leaf first, also where it was refused because of them; empty
    /// where none came.
    [[nodiscard]] virtual QList<QSslCertificate> receivedChain() const { return {}; }
};

/// Whether two URLs have the same scheme, host and port.
[[nodiscard]] bool sameOrigin(const QUrl &one, const QUrl &other);

/// Whether the host is this machine itself: localhost, *.localhost, 127.0.0.0/8, ::1.
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace credenza
