// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/SystemLock.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto logind = "org.freedesktop.login1"_L1;
constexpr auto logindPath = "/org/freedesktop/login1"_L1;
constexpr auto logindManager = "org.freedesktop.login1.Manager"_L1;

} // namespace

SystemLock::SystemLock(QObject *parent) : QObject(parent)
{
    QDBusConnection session = QDBusConnection::sessionBus();
    if (session.isConnected()) {
        const auto watch = [&](const QString &service, const QString &path) {
            session.connect(service, path, service, u"ActiveChanged"_s, this, SLOT(heard(bool)));
        };
        watch(u"org.freedesktop.ScreenSaver"_s, u"/org/freedesktop/ScreenSaver"_s);
        watch(u"org.freedesktop.ScreenSaver"_s, u"/ScreenSaver"_s); // where KDE has it
        watch(u"org.gnome.ScreenSaver"_s, u"/org/gnome/ScreenSaver"_s);
    }
    QDBusConnection system = QDBusConnection::systemBus();
    if (!system.isConnected())
        return;
    system.connect(logind, logindPath, logindManager, u"PrepareForSleep"_s, this, SLOT(heard(bool)));
    // The session says "Lock" under its own path, not under that of its alias "auto": its path is asked for first.
    QDBusMessage ask = QDBusMessage::createMethodCall(logind, logindPath, logindManager, u"GetSession"_s);
    ask << u"auto"_s;
    auto *answer = new QDBusPendingCallWatcher(system.asyncCall(ask), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, &SystemLock::watchSession);
}

void SystemLock::watchSession(QDBusPendingCallWatcher *answer)
{
    answer->deleteLater();
    const QDBusPendingReply<QDBusObjectPath> path = *answer;
    if (path.isError()) // no logind, or a session it does not know: the screen savers are left
        return;
    QDBusConnection::systemBus().connect(logind, path.value().path(), u"org.freedesktop.login1.Session"_s, u"Lock"_s,
                                         this, SIGNAL(locked()));
}

void SystemLock::heard(bool begins)
{
    if (begins)
        Q_EMIT locked();
}

} // namespace credenza
