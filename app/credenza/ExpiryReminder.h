// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/DesktopWiring.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/session/VaultSession.h"
#include "ui/shell/MainWindow.h"

#include <QDate>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace credenza
{

/// Reminds of keys that expire soon, after unlocking and at midnight: a toast, and a notification of the desktop while
/// the window is not in front. Of each key once a day.
class ExpiryReminder final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the reminder.
    ExpiryReminder(VaultSession &session, MainWindow &window, DesktopWiring &desktop, AuthenticatePage &page,
                   QObject *parent = nullptr);

private:
    void remind();

    VaultSession &m_session;
    MainWindow &m_window;
    DesktopWiring &m_desktop;
    AuthenticatePage &m_page;
    QHash<QUuid, QDate> m_told;
    QTimer m_hour;
};

} // namespace credenza
