// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QSet>

namespace credenza
{

/// Shows notifications by the desktop's own service (freedesktop.org, Desktop Notifications Specification 1.2). They need
/// no tray icon. Nothing waits for the service; where there is none, whoever asked hears of it and may say it elsewhere.
class DesktopNotifications final : public QObject
{
    Q_OBJECT

public:
    explicit DesktopNotifications(QObject *parent = nullptr);

    /// Plain text: what a service would take for markup is escaped where it has markup at all.
    void show(const QString &title, const QString &text);

Q_SIGNALS:
    /// The person chose a notification of ours: they want to see the window.
    void chosen();
    /// There is no service that shows it.
    void refused(const QString &title, const QString &text);

private Q_SLOTS:
    void onAction(uint id, const QString &action);
    void onClosed(uint id, uint reason);

private:
    enum class Markup { Unknown, None, Body };

    void askForMarkup(const QString &title, const QString &text);
    void send(const QString &title, const QString &text);

    Markup m_markup = Markup::Unknown;
    QSet<uint> m_shown; ///< those still on the screen: the service tells all who listen of everybody's
};

} // namespace credenza
