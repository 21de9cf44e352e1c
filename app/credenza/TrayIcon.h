// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/MainWindow.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace credenza
{

/// The icon in the system tray, where the person wants one: shows the window, locks, quits.
class TrayIcon final : public QObject
{
    Q_OBJECT

public:
    /// `theme` and `window` must outlive the icon.
    TrayIcon(const Theme &theme, MainWindow &window, QObject *parent = nullptr);

    [[nodiscard]] static bool isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }
    void setShown(bool shown);
    [[nodiscard]] bool isShown() const { return m_icon.isVisible(); }
    /// Says something beside the icon, where it is shown.
    void showMessage(const QString &title, const QString &text);

Q_SIGNALS:
    /// The person chose the icon, or what it said.
    void windowWanted();

private:
    QMenu m_menu;
    QSystemTrayIcon m_icon;
};

} // namespace credenza
