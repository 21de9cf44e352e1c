// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/TrayIcon.h"

namespace credenza
{

using namespace Qt::StringLiterals;

TrayIcon::TrayIcon(const Theme &theme, MainWindow &window, QObject *parent) : QObject(parent)
{
    m_icon.setIcon(theme.icon(Icon::Mark, Role::Accent));
    m_icon.setToolTip(u"Credenza"_s);
    connect(m_menu.addAction(tr("Show Credenza")), &QAction::triggered, this, &TrayIcon::windowWanted);
    connect(m_menu.addAction(tr("Lock")), &QAction::triggered, &window, &MainWindow::lockRequested);
    m_menu.addSeparator();
    connect(m_menu.addAction(tr("Quit")), &QAction::triggered, &window, &MainWindow::quitRequested);
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT windowWanted();
    });
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &TrayIcon::windowWanted);
}

void TrayIcon::setShown(bool shown)
{
    m_icon.setVisible(shown);
}

void TrayIcon::showMessage(const QString &title, const QString &text)
{
    if (isShown())
        m_icon.showMessage(title, text, m_icon.icon());
}

} // namespace credenza
