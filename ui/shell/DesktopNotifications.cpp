// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/DesktopNotifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto service = "org.freedesktop.Notifications"_L1;
constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr auto defaultAction = "default"_L1; // a click on the notification itself
constexpr int byTheDesktop = -1;             // how long it stays

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

DesktopNotifications::DesktopNotifications(QObject *parent) : QObject(parent) {}

void DesktopNotifications::show(const QString &title, const QString &text)
{
    if (!QDBusConnection::sessionBus().isConnected())
        Q_EMIT refused(title, text);
    else if (m_markup == Markup::Unknown)
        askForMarkup(title, text);
    else
        send(title, text);
}

void DesktopNotifications::askForMarkup(const QString &title, const QString &text)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(callOf(u"GetCapabilities"_s)), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, title, text] {
        answer->deleteLater();
        const QDBusPendingReply<QStringList> capabilities = *answer;
        if (capabilities.isError()) {
            Q_EMIT refused(title, text);
            return;
        }
        if (m_markup == Markup::Unknown) { // the first answer of several
            QDBusConnection session = QDBusConnection::sessionBus();
            session.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(onAction(uint, QString)));
            session.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(onClosed(uint, uint)));
        }
        m_markup = capabilities.value().contains(u"body-markup"_s) ? Markup::Body : Markup::None;
        send(title, text);
    });
}

void DesktopNotifications::send(const QString &title, const QString &text)
{
    QDBusMessage notify = callOf(u"Notify"_s);
    const QString body = m_markup == Markup::Body ? text.toHtmlEscaped() : text;
    const QVariantMap hints{{u"desktop-entry"_s, QGuiApplication::desktopFileName()}};
    notify << QGuiApplication::applicationDisplayName() << uint(0) << QGuiApplication::desktopFileName() << title << body
           << QStringList{defaultAction, tr("Show")} << hints << byTheDesktop;
    auto *answer = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(notify), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, title, text] {
        answer->deleteLater();
        const QDBusPendingReply<uint> id = *answer;
        if (id.isError())
            Q_EMIT refused(title, text);
        else
            m_shown.insert(id.value());
    });
}

void DesktopNotifications::onAction(uint id, const QString &action)
{
    if (m_shown.contains(id) && action == defaultAction)
        Q_EMIT chosen();
}

void DesktopNotifications::onClosed(uint id, uint)
{
    m_shown.remove(id);
}

} // namespace credenza
