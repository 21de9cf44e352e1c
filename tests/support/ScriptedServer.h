// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QMutex>
#include <QSslConfiguration>
#include <QTcpSocket>
#include <QThread>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace credenza::test
{

/// A request as it came over the wire.
struct ReceivedRequest {
    QByteArray method;
    QByteArray target;
    QByteArray head; ///< request line and headers as sent
    QByteArray body;
    int number = 0; ///< 1 for the first this server got

    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

/// What the server does with a whole request; runs on the server's thread. The socket lives until the peer closes it.
using Behaviour = std::function<void(QTcpSocket &, const ReceivedRequest &)>;

/// A server on 127.0.0.1 that misbehaves as told, on a thread of its own: QTcpServer, or QSslServer where `tls` is
/// given.
class ScriptedServer final : private QThread
{
public:
    explicit ScriptedServer(Behaviour behaviour, std::optional<QSslConfiguration> tls = {});
    /// For servers that do something before any request: `onConnect` runs for each new connection.
    ScriptedServer(Behaviour behaviour, std::function<void(QTcpSocket &)> onConnect);
    ~ScriptedServer() override;
    Q_DISABLE_COPY_MOVE(ScriptedServer)

    [[nodiscard]] quint16 port() const { return m_port; }
    /// http:, or https: with TLS, at 127.0.0.1.
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;
    [[nodiscard]] QList<ReceivedRequest> requests() const;
    [[nodiscard]] int connections() const;

private:
    void run() override;
    void serve(QTcpSocket &socket);
    void startAndWait();

    Behaviour m_behaviour;
    std::function<void(QTcpSocket &)> m_onConnect;
    std::optional<QSslConfiguration> m_tls;
    quint16 m_port = 0;
    mutable QMutex m_mutex;
    QList<ReceivedRequest> m_requests;
    int m_connections = 0;
    std::function<void()> m_ready;
};

/// Behaviours.
[[nodiscard]] Behaviour answer(int status, const QByteArray &body = {}, const QByteArray &headers = {});
/// Bytes as they are, then the connection is closed.
[[nodiscard]] Behaviour answerRaw(const QByteArray &bytes);
[[nodiscard]] Behaviour closeWithoutAnswer();
[[nodiscard]] Behaviour staySilent();
/// Sends `start`, then one byte each `milliseconds` for ever.
[[nodiscard]] Behaviour drip(const QByteArray &start, int milliseconds);
/// Sends `start`, then zeros without end.
[[nodiscard]] Behaviour flood(const QByteArray &start);

} // namespace credenza::test
