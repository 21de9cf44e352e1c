// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/SystemLock.h"

#include <QDBusAbstractInterface>
#include <QDBusConnection>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

// The signals bear the names they have on D-Bus: QDBusAbstractInterface subscribes to a signal by its name.

/// org.freedesktop.ScreenSaver and the like.
class ScreenSaver final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    ScreenSaver(const QString &service, const QString &path, const char *interface, QObject *parent)
        : QDBusAbstractInterface(service, path, interface, QDBusConnection::sessionBus(), parent)
    {
    }

Q_SIGNALS:
    void ActiveChanged(bool active);
};

/// The login session of logind.
class LoginSession final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit LoginSession(QObject *parent)
        : QDBusAbstractInterface(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1/session/auto"_s,
                                 "org.freedesktop.login1.Session", QDBusConnection::systemBus(), parent)
    {
    }

Q_SIGNALS:
    void Lock();
};

/// The manager of logind.
class LoginManager final : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit LoginManager(QObject *parent)
        : QDBusAbstractInterface(u"org.freedesktop.login1"_s, u"/org/freedesktop/login1"_s,
                                 "org.freedesktop.login1.Manager", QDBusConnection::systemBus(), parent)
    {
    }

Q_SIGNALS:
    void PrepareForSleep(bool starts);
};

} // namespace

SystemLock::SystemLock(QObject *parent) : QObject(parent)
{
    const auto whenTrue = [this](bool isSo) {
        if (isSo)
            Q_EMIT locked();
    };
    if (QDBusConnection::sessionBus().isConnected()) {
        const auto watch = [&](const QString &service, const QString &path, const char *interface) {
            auto *saver = new ScreenSaver(service, path, interface, this);
            connect(saver, &ScreenSaver::ActiveChanged, this, whenTrue);
        };
        watch(u"org.freedesktop.ScreenSaver"_s, u"/org/freedesktop/ScreenSaver"_s, "org.freedesktop.ScreenSaver");
        watch(u"org.gnome.ScreenSaver"_s, u"/org/gnome/ScreenSaver"_s, "org.gnome.ScreenSaver");
    }
    if (QDBusConnection::systemBus().isConnected()) {
        connect(new LoginSession(this), &LoginSession::Lock, this, &SystemLock::locked);
        connect(new LoginManager(this), &LoginManager::PrepareForSleep, this, whenTrue);
    }
}

} // namespace credenza

#include "SystemLock.moc"
