// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/BackupWiring.h"
#include "app/credenza/BrowseWiring.h"
#include "app/credenza/CredentialActions.h"
#include "app/credenza/DesktopWiring.h"
#include "app/credenza/HandoverWiring.h"
#include "app/credenza/KeySlotWiring.h"
#include "app/credenza/SandboxWiring.h"
#include "app/credenza/TestWiring.h"
#include "app/credenza/UsageTimes.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/session/VaultSession.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/theme/Theme.h"
#include "ui/unlock/UnlockPage.h"
#include "ui/unlock/WelcomePage.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>

namespace credenza
{

/// The wiring of screens and session, and nothing else: who tells whom.
class Application final : public QObject
{
    Q_OBJECT

public:
    /// All arguments but the sandbox must outlive the application.
    Application(Theme &theme, VaultSession &session, QSettings &settings, std::unique_ptr<LocalSandbox> sandbox);

    void start();
    /// Comes to the front, and opens a vault, or a key or a FHIR file as soon as the vault is unlocked; an empty path
    /// only shows the window.
    void openFile(const QString &path);
    [[nodiscard]] MainWindow &window() { return m_window; }

private:
    // Each screen is made when it is first needed: the first window is there sooner, and the rest is made while the
    // person reads it.
    void makeWelcome();
    void makeUnlock();
    void showWaysToUnlock();
    void afterCreating();
    /// The steps in which the shell is made, in this order; each takes some tens of milliseconds.
    [[nodiscard]] std::deque<std::function<void()>> piecesOfShell();
    void makePiece();
    /// Makes what is still missing of the shell, at once.
    void makeShell();
    void wireShell();
    void wireAuthenticate();
    void wireSheet();
    void openAnother();
    void showState();
    void showTiles();
    void openWaitingFiles();
    void use(const QUuid &id);

    Theme &m_theme;
    VaultSession &m_session;
    QStringList m_files;
    MainWindow m_window;
    QSettings &m_preferences;
    DesktopWiring m_desktop;
    SandboxWiring m_sandbox;
    UsageTimes m_usage;
    std::deque<std::function<void()>> m_toMake;
    QTimer m_later;
    WelcomePage *m_welcome = nullptr;
    UnlockPage *m_unlock = nullptr;
    AuthenticatePage *m_authenticate = nullptr;
    std::unique_ptr<BrowseWiring> m_browse;
    std::unique_ptr<HandoverWiring> m_handover;
    std::unique_ptr<KeySlotWiring> m_slots;
    std::unique_ptr<BackupWiring> m_backups;
    SettingsPage *m_settings = nullptr;
    CredentialSheet *m_sheet = nullptr;
    CredentialActions *m_actions = nullptr;
    TestWiring *m_tests = nullptr;
};

} // namespace credenza
