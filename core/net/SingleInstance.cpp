// SPDX-License-Identifier: Apache-2.0
#include "core/net/SingleInstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int patienceMs = 1000;
constexpr qint64 longestMessage = 8192;
constexpr auto greeting = "credenza 1\n";

/// A socket's path must fit 108 bytes: a short digest of the vault's path, in the folder only this person may enter.
QString socketName(const QString &vaultPath)
{
    const QFileInfo info(vaultPath);
    const QString path = info.exists() ? info.canonicalFilePath() : info.absoluteFilePath();
    const QString digest =
        QString::fromLatin1(QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().first(16));
    return QDir(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)).filePath(u"credenza-"_s + digest);
}

} // namespace

SingleInstance::SingleInstance(const QString &vaultPath, QObject *parent)
    : QObject(parent), m_name(socketName(vaultPath))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::receive);
}

bool SingleInstance::handOver(const QString &file)
{
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patienceMs))
        return false;
    const QString path = file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath();
    socket.write(greeting + path.toUtf8() + '\n');
    if (!socket.waitForBytesWritten(patienceMs))
        return false;
    // Whoever answers is alive; one that hangs must not keep a second window from opening.
    return socket.waitForReadyRead(patienceMs) && socket.read(2) == "ok";
}

Result<void> SingleInstance::listen()
{
    bool isListening = m_server.listen(m_name);
    if (!isListening && m_server.serverError() == QAbstractSocket::AddressInUseError) {
        QLocalServer::removeServer(m_name); // nobody answered there
        isListening = m_server.listen(m_name);
    }
    if (isListening)
        return {};
    return fail(ErrorKind::Failed, u"instance.unavailable"_s,
                tr("Other starts of Credenza can't be heard: %1").arg(m_server.errorString()),
                tr("Check the folder XDG_RUNTIME_DIR names."));
}

void SingleInstance::receive()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        const auto read = [this, socket] {
            if (socket->bytesAvailable() > longestMessage) {
                socket->abort();
                return;
            }
            const QByteArray message = socket->peek(longestMessage);
            if (!message.startsWith(greeting) || message.count('\n') < 2)
                return;
            socket->readAll();
            socket->write("ok");
            socket->disconnectFromServer();
            Q_EMIT activated(QString::fromUtf8(message.mid(qstrlen(greeting)).trimmed()));
        };
        connect(socket, &QLocalSocket::readyRead, socket, read);
        read();
    }
}

} // namespace credenza
