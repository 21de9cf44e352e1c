// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/http/HttpMessage.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace credenza::sandbox
{

/// What one connection and one request may take. Beyond it the answer is 413, 414 or 431, or the connection ends.
struct ServerLimits {
    unsigned connections = 512;
    std::size_t headerBytes = 32 * 1024; ///< request line and headers together
    qsizetype bodyBytes = 1024 * 1024;
    std::chrono::seconds idle{30};
};

/// What the server shows in a TLS handshake.
struct TlsMaterial {
    QByteArray certificatePem;
    SecretBytes privateKeyPem;
};

/// An HTTP/1.1 server on 127.0.0.1 (libmicrohttpd). A thread for each connection, so that a request which is never
/// answered keeps no other waiting. Destroying it ends all connections, also withheld ones, and joins.
class HttpServer
{
public:
    /// Called on connection threads, several at once.
    using Handler = std::function<Reply(const Request &)>;

    /// Starts to listen; port 0 takes a free one. Errors: sandbox.listen-failed.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> listen(quint16 port, std::optional<TlsMaterial> tls,
                                                                    const ServerLimits &limits);
    ~HttpServer();
    Q_DISABLE_COPY_MOVE(HttpServer)

    [[nodiscard]] quint16 port() const;
    /// From now on requests go to `handler`; those that came earlier were answered 503. Call it once: the handler
    /// usually needs the port, which is known only after listen().
    void serve(Handler handler);

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> state);

    std::unique_ptr<Private> d;
};

} // namespace credenza::sandbox
