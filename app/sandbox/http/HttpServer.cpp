// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/http/HttpServer.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

namespace credenza::sandbox
{

namespace
{

struct HttpServerText {
    Q_DECLARE_TR_FUNCTIONS(HttpServerText)
};

/// A request while it comes in.
struct Exchange {
    Request request;
    bool headersTaken = false;
    qsizetype discarded = 0; // bytes beyond the body limit, read only so that the 413 can be sent
};

MHD_Result takeHeader(void *target, MHD_ValueKind, const char *name, std::size_t nameSize, const char *value,
                      std::size_t valueSize)
{
    static_cast<HeaderFields *>(target)->append(
        {QByteArray(name, static_cast<qsizetype>(nameSize)), QByteArray(value, static_cast<qsizetype>(valueSize))});
    return MHD_YES;
}

/// What HTTP/1.1 forbids but libmicrohttpd lets through: the stuff request smuggling is made of (RFC 9112,
/// section 6.3).
bool isAmbiguous(const Request &request)
{
    for (const char *once : {"Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Authorization"}) {
        if (request.headerCount(once) > 1)
            return true;
    }
    return request.headerCount("Content-Length") > 0 && request.headerCount("Transfer-Encoding") > 0;
}

Response plainText(int status, const QByteArray &text)
{
    return {.status = status,
            .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Connection", "close"}},
            .body = text + '\n'};
}

MHD_Result queueAndRelease(MHD_Connection *connection, int status, const HeaderFields &headers, MHD_Response *answer)
{
    MHD_Result result = MHD_YES;
    for (const HeaderField &field : headers) {
        if (result == MHD_YES)
            result = MHD_add_response_header(answer, field.name.constData(), field.value.constData());
    }
    if (result == MHD_YES)
        result = MHD_queue_response(connection, static_cast<unsigned>(status), answer);
    MHD_destroy_response(answer);
    return result;
}

MHD_Result queue(MHD_Connection *connection, const Response &response)
{
    QByteArray body = response.body;
    MHD_Response *answer =
        MHD_create_response_from_buffer(static_cast<std::size_t>(body.size()), body.data(), MHD_RESPMEM_MUST_COPY);
    if (!answer)
        return MHD_NO;
    return queueAndRelease(connection, response.status, response.headers, answer);
}

} // namespace

class HttpServer::Private
{
public:
    explicit Private(const ServerLimits &chosen) : limits(chosen), stopEvent(::eventfd(0, EFD_CLOEXEC)) {}
    ~Private()
    {
        // Wakes the withheld connections first: stopping the daemon joins their threads.
        const std::uint64_t one = 1;
        if (stopEvent >= 0 && ::write(stopEvent, &one, sizeof one) < 0)
            qWarning("cannot wake the withheld connections: %s", std::strerror(errno));
        if (daemon)
            MHD_stop_daemon(daemon);
        if (stopEvent >= 0)
            ::close(stopEvent);
    }
    Q_DISABLE_COPY_MOVE(Private)

    MHD_Result access(MHD_Connection *connection, Exchange &exchange, const char *method, const char *data,
                      std::size_t *dataSize);
    MHD_Result takeHeaders(MHD_Connection *connection, Exchange &exchange, const char *method);
    MHD_Result answer(MHD_Connection *connection, const Exchange &exchange);
    MHD_Result queueStream(MHD_Connection *connection, const Stream &stream) const;
    void withhold(MHD_Connection *connection) const;

    ServerLimits limits;
    int stopEvent = -1;
    MHD_Daemon *daemon = nullptr;
    QByteArray certificatePem;
    SecretBytes privateKeyPem; // NUL-terminated, as libmicrohttpd wants it
    Handler handler;
    std::atomic<bool> serving{false};
};

MHD_Result HttpServer::Private::takeHeaders(MHD_Connection *connection, Exchange &exchange, const char *method)
{
    exchange.headersTaken = true;
    exchange.request.method = method;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &takeHeader, &exchange.request.headers);
    if (isAmbiguous(exchange.request))
        return queue(connection, plainText(400, "Bad Request"));
    bool isNumber = false;
    const QByteArray length = exchange.request.header("Content-Length");
    if (!length.isEmpty() && (length.toLongLong(&isNumber) > limits.bodyBytes || !isNumber))
        return queue(connection, plainText(isNumber ? 413 : 400, isNumber ? "Content Too Large" : "Bad Request"));
    return MHD_YES;
}

MHD_Result HttpServer::Private::access(MHD_Connection *connection, Exchange &exchange, const char *method,
                                       const char *data, std::size_t *dataSize)
{
    if (!exchange.headersTaken)
        return takeHeaders(connection, exchange, method);
    if (*dataSize > 0) {
        const auto size = static_cast<qsizetype>(*dataSize);
        *dataSize = 0;
        if (exchange.request.body.size() + size <= limits.bodyBytes) {
            exchange.request.body.append(data, size);
            return MHD_YES;
        }
        // A chunked body shows its size only now, when libmicrohttpd takes no answer before the end.
        exchange.discarded += size;
        return exchange.discarded > 16 * limits.bodyBytes ? MHD_NO : MHD_YES;
    }
    if (exchange.discarded > 0)
        return queue(connection, plainText(413, "Content Too Large"));
    return answer(connection, exchange);
}

MHD_Result HttpServer::Private::answer(MHD_Connection *connection, const Exchange &exchange)
{
    if (!serving.load(std::memory_order_acquire))
        return queue(connection, plainText(503, "Starting"));
    const Reply reply = handler(exchange.request);
    if (const auto *response = std::get_if<Response>(&reply))
        return queue(connection, *response);
    if (const auto *stream = std::get_if<Stream>(&reply))
        return queueStream(connection, *stream);
    if (std::holds_alternative<Withheld>(reply))
        withhold(connection);
    return MHD_NO;
}

MHD_Result HttpServer::Private::queueStream(MHD_Connection *connection, const Stream &stream) const
{
    struct Source {
        int stopEvent;
        int pause;
    };
    const auto read = [](void *self, std::uint64_t, char *target, std::size_t most) -> ssize_t {
        const auto *source = static_cast<const Source *>(self);
        pollfd stopped{source->stopEvent, POLLIN, 0};
        if (::poll(&stopped, 1, source->pause) > 0)
            return MHD_CONTENT_READER_END_WITH_ERROR;
        const std::size_t size = source->pause > 0 ? 1 : most;
        std::fill_n(target, size, ' ');
        return static_cast<ssize_t>(size);
    };
    const auto release = [](void *self) { delete static_cast<Source *>(self); };
    constexpr std::size_t blockSize = 64 * 1024;
    auto *source = new Source{stopEvent, static_cast<int>(stream.pause.count())}; // libmicrohttpd's until `release`
    MHD_Response *answer =
        MHD_create_response_from_callback(static_cast<std::uint64_t>(stream.bytes), blockSize, read, source, release);
    if (!answer) {
        delete source;
        return MHD_NO;
    }
    return queueAndRelease(connection, 200, stream.headers, answer);
}

void HttpServer::Private::withhold(MHD_Connection *connection) const
{
    const MHD_ConnectionInfo *socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    std::array<pollfd, 2> waited{pollfd{stopEvent, POLLIN, 0}, pollfd{socket ? socket->connect_fd : -1, POLLRDHUP, 0}};
    while (::poll(waited.data(), waited.size(), -1) < 0 && errno == EINTR) {
    }
}

HttpServer::HttpServer(std::unique_ptr<Private> state) : d(std::move(state)) {}

HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(quint16 port, std::optional<TlsMaterial> tls,
                                                       const ServerLimits &limits)
{
    auto state = std::make_unique<Private>(limits);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC;
    // The address goes in as a pointer, which the array's integer member can't take.
    std::vector<MHD_OptionItem> options{
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr},
        {MHD_OPTION_CONNECTION_LIMIT, static_cast<intptr_t>(limits.connections), nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<intptr_t>(limits.headerBytes), nullptr},
        {MHD_OPTION_CONNECTION_TIMEOUT, static_cast<intptr_t>(limits.idle.count()), nullptr},
        {MHD_OPTION_LISTEN_BACKLOG_SIZE, 512, nullptr},
    };
    if (tls) {
        flags |= MHD_USE_TLS;
        state->certificatePem = tls->certificatePem;
        state->privateKeyPem = SecretBytes(tls->privateKeyPem.size() + 1);
        std::ranges::copy(tls->privateKeyPem.view(), state->privateKeyPem.bytes().begin());
        options.push_back({MHD_OPTION_HTTPS_MEM_CERT, 0, state->certificatePem.data()});
        options.push_back({MHD_OPTION_HTTPS_MEM_KEY, 0, state->privateKeyPem.bytes().data()});
        static char priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
        options.push_back({MHD_OPTION_HTTPS_PRIORITIES, 0, priorities});
    }
    options.push_back({MHD_OPTION_END, 0, nullptr});

    const auto begin = [](void *, const char *target, MHD_Connection *) -> void * {
        auto *exchange = new Exchange; // owned by libmicrohttpd until `completed`
        const QByteArray raw(target);
        const qsizetype mark = raw.indexOf('?');
        exchange->request.path = mark < 0 ? raw : raw.left(mark);
        exchange->request.hasQuery = mark >= 0;
        if (mark >= 0)
            exchange->request.query = raw.mid(mark + 1);
        return exchange;
    };
    const auto access = [](void *self, MHD_Connection *connection, const char *, const char *method, const char *,
                           const char *data, std::size_t *size, void **exchange) -> MHD_Result {
        return static_cast<Private *>(self)->access(connection, *static_cast<Exchange *>(*exchange), method, data,
                                                    size);
    };
    const auto completed = [](void *, MHD_Connection *, void **exchange, MHD_RequestTerminationCode) {
        delete static_cast<Exchange *>(*exchange);
        *exchange = nullptr;
    };
    using Begin = void *(*)(void *, const char *, MHD_Connection *);
    using Completed = void (*)(void *, MHD_Connection *, void **, MHD_RequestTerminationCode);
    errno = 0;
    state->daemon =
        MHD_start_daemon(flags, port, nullptr, nullptr, access, state.get(), //
                         MHD_OPTION_SOCK_ADDR, &address,                     //
                         MHD_OPTION_URI_LOG_CALLBACK, static_cast<Begin>(begin), nullptr, MHD_OPTION_NOTIFY_COMPLETED,
                         static_cast<Completed>(completed), nullptr, MHD_OPTION_ARRAY, options.data(), MHD_OPTION_END);
    if (!state->daemon) {
        return fail(ErrorKind::Failed, QStringLiteral("sandbox.listen-failed"),
                    HttpServerText::tr("Cannot listen on 127.0.0.1 port %1: %2.")
                        .arg(port)
                        .arg(QString::fromLocal8Bit(std::strerror(errno))),
                    HttpServerText::tr("Choose another port, or 0 for any free one."));
    }
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

quint16 HttpServer::port() const
{
    const MHD_DaemonInfo *info = MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : quint16(0);
}

void HttpServer::serve(Handler handler)
{
    d->handler = std::move(handler);
    d->serving.store(true, std::memory_order_release);
}

} // namespace credenza::sandbox
