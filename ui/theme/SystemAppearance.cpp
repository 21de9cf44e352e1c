// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/SystemAppearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPalette>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto interface = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearance = "org.freedesktop.appearance"_L1;
constexpr auto colorScheme = "color-scheme"_L1;
constexpr auto contrast = "contrast"_L1;

} // namespace

SystemAppearance::SystemAppearance(const QPalette &platformPalette, QObject *parent)
    : QObject(parent), m_dark(platformPalette.color(QPalette::Window).lightness() <
                              platformPalette.color(QPalette::WindowText).lightness())
{
    // Without a session bus address libdbus would try to start one; then there is no portal to ask either.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // QtDBus has no pointer-to-member form of this connection.
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    for (const QString &key : {QString(colorScheme), QString(contrast)}) {
        QDBusMessage read = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
        read << QString(appearance) << key;
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *call) {
            const QDBusPendingReply<QDBusVariant> reply = *call;
            if (reply.isValid()) {
                QVariant value = reply.value().variant();
                if (value.canConvert<QDBusVariant>()) // Read wraps the value twice
                    value = value.value<QDBusVariant>().variant();
                take(key, value.toUInt());
            }
            call->deleteLater();
        });
    }
}

void SystemAppearance::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance)
        take(key, value.variant().toUInt());
}

void SystemAppearance::take(const QString &key, unsigned value)
{
    bool dark = m_dark;
    bool high = m_contrast;
    if (key == colorScheme && value != 0) // 0, no preference: what the palette said stays
        dark = value == 1;
    else if (key == contrast)
        high = value == 1;
    if (dark == m_dark && high == m_contrast)
        return;
    m_dark = dark;
    m_contrast = high;
    Q_EMIT changed();
}

} // namespace credenza
