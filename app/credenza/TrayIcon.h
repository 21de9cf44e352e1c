// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/MainWindow.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace credenza
{

/// The icon in the system tray, where the person wants one: shows the window, locks, quits, and says how a test ended
/// while the window is not in front.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    /// `theme` and `window` must outlive the icon.
    TrayIcon(const Theme &theme, MainWindow &window, QObject *parent = nullptr);

    [[nodiscard]] static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void setShown(bool shown);
    [[nodiscard]] bool isShown() const { return m_icon.isVisible(); }
    /// A notification, unless the window is in front already.
    void notify(const QString &title, const QString &text);

private:
    void showWindow();

    MainWindow &m_window;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
};

} // namespace credenza
