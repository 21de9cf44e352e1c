// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ScriptedServer.h"

#include <QSemaphore>
#include <QSslServer>
#include <QTcpServer>
#include <QTimer>

#include <utility>

namespace credenza::test
{

namespace
{

constexpr int chunk = 256 * 1024;

/// The first whole request of `buffer`, taken out of it.
std::optional<ReceivedRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return std::nullopt;
    ReceivedRequest request;
    request.head = buffer.first(headEnd);
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return std::nullopt;
    request.body = buffer.sliced(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    const QList<QByteArray> line = request.head.split('\r').first().split(' ');
    request.method = line.value(0);
    request.target = line.value(1);
    return request;
}

void writeMore(QTcpSocket &socket)
{
    if (socket.bytesToWrite() < chunk)
        socket.write(QByteArray(chunk, '\0'));
}

} // namespace

QByteArray ReceivedRequest::header(QByteArrayView name) const
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && QByteArrayView(line).first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

ScriptedServer::ScriptedServer(Behaviour behaviour, std::optional<QSslConfiguration> tls)
    : m_behaviour(std::move(behaviour)), m_tls(std::move(tls))
{
    startAndWait();
}

ScriptedServer::ScriptedServer(Behaviour behaviour, std::function<void(QTcpSocket &)> onConnect)
    : m_behaviour(std::move(behaviour)), m_onConnect(std::move(onConnect))
{
    startAndWait();
}

ScriptedServer::~ScriptedServer()
{
    quit();
    wait();
}

void ScriptedServer::startAndWait()
{
    QSemaphore ready;
    m_ready = [&ready] { ready.release(); };
    start();
    ready.acquire();
    m_ready = nullptr;
}

void ScriptedServer::run()
{
    std::unique_ptr<QTcpServer> server;
    if (m_tls) {
        auto secure = std::make_unique<QSslServer>();
        secure->setSslConfiguration(*m_tls);
        server = std::move(secure);
    } else {
        server = std::make_unique<QTcpServer>();
    }
    QObject::connect(server.get(), &QTcpServer::pendingConnectionAvailable, server.get(), [this, &server] {
        while (QTcpSocket *socket = server->nextPendingConnection())
            serve(*socket);
    });
    server->listen(QHostAddress::LocalHost);
    m_port = server->serverPort();
    m_ready();
    exec();
}

void ScriptedServer::serve(QTcpSocket &socket)
{
    {
        const QMutexLocker lock(&m_mutex);
        ++m_connections;
    }
    QObject::connect(&socket, &QTcpSocket::disconnected, &socket, &QObject::deleteLater);
    if (m_onConnect)
        m_onConnect(socket);
    const auto buffer = std::make_shared<QByteArray>();
    const auto read = [this, &socket, buffer] {
        *buffer += socket.readAll();
        while (auto request = takeRequest(*buffer)) {
            {
                const QMutexLocker lock(&m_mutex);
                request->number = int(m_requests.size()) + 1;
                m_requests.append(*request);
            }
            m_behaviour(socket, *request);
        }
    };
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, read);
    read(); // with TLS, data may have come with the end of the handshake
}

QUrl ScriptedServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(m_tls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(m_port)
                    .arg(path));
}

QList<ReceivedRequest> ScriptedServer::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

int ScriptedServer::connections() const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections;
}

Behaviour answer(int status, const QByteArray &body, const QByteArray &headers)
{
    return [=](QTcpSocket &socket, const ReceivedRequest &) {
        socket.write("HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n" + headers +
                     "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    };
}

Behaviour answerRaw(const QByteArray &bytes)
{
    return [=](QTcpSocket &socket, const ReceivedRequest &) {
        socket.write(bytes);
        socket.disconnectFromHost();
    };
}

Behaviour closeWithoutAnswer()
{
    return [](QTcpSocket &socket, const ReceivedRequest &) { socket.disconnectFromHost(); };
}

Behaviour staySilent()
{
    return [](QTcpSocket &, const ReceivedRequest &) {};
}

Behaviour drip(const QByteArray &start, int milliseconds)
{
    return [=](QTcpSocket &socket, const ReceivedRequest &) {
        socket.write(start);
        auto *timer = new QTimer(&socket);
        QObject::connect(timer, &QTimer::timeout, &socket, [&socket] {
            socket.write("x");
            socket.flush();
        });
        timer->start(milliseconds);
    };
}

Behaviour flood(const QByteArray &start)
{
    return [=](QTcpSocket &socket, const ReceivedRequest &) {
        socket.write(start);
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket] { writeMore(socket); });
        writeMore(socket);
    };
}

} // namespace credenza::test
