// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/ActivityWiring.h"
#include "app/credenza/PaletteContent.h"
#include "app/credenza/TrayIcon.h"
#include "ui/guide/GuidePanel.h"
#include "ui/keypairs/KeysPage.h"
#include "ui/palette/CommandPalette.h"
#include "ui/shell/ClipboardGuard.h"
#include "ui/shell/DesktopNotifications.h"
#include "ui/shell/IdleLock.h"
#include "ui/shell/SystemLock.h"

#include <QSettings>

#include <optional>

namespace credenza
{

/// Wires what the whole desktop application shares: preferences, locking when idle, the clipboard, the palette, the
/// Keys screen, and the window's size and place.
class DesktopWiring final : public QObject
{
    Q_OBJECT

public:
    /// All arguments must outlive the wiring. `settings` holds the preferences.
    DesktopWiring(Theme &theme, VaultSession &session, MainWindow &window, QSettings &settings);

    /// Once the screens of the shell are there.
    void connectShell(AuthenticatePage &page, SettingsPage &settingsPage);
    /// Gives the window the size and place it had.
    void restoreGeometry();
    /// To the front, from behind, minimized or the tray.
    void showWindow();

    [[nodiscard]] const Preferences &preferences() const { return m_preferences; }
    /// A notification of the desktop, unless the window is in front.
    void notify(const QString &title, const QString &text);

Q_SIGNALS:
    void preferencesChanged();
    void openVaultRequested();
    void inspectorRequested();

private:
    void keep(const Preferences &changed);
    void applyPreferences();
    void openPalette();
    void openGuide();
    void showKeys();
    void saveFile(const QString &suggestedName, const QByteArray &contents);

    Theme &m_theme;
    VaultSession &m_session;
    MainWindow &m_window;
    QSettings &m_settings;
    Preferences m_preferences;
    IdleLock m_idle;
    ClipboardGuard m_clipboard;
    std::optional<SystemLock> m_systemLock; // made with the shell: D-Bus is not for the first window to wait for
    TrayIcon m_tray;
    DesktopNotifications m_notifications;
    AuthenticatePage *m_page = nullptr;
    KeysPage *m_keys = nullptr;
    CommandPalette *m_palette = nullptr;
    GuidePanel *m_guide = nullptr;
    std::optional<PaletteContent> m_content;
    std::optional<ActivityWiring> m_activity;
};

} // namespace credenza
