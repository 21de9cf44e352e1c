// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/Application.h"

#include "app/credenza/LastVault.h"
#include "core/credentials/Connector.h"
#include "core/smart/TestReport.h"
#include "core/vault/LibraryVersions.h"
#include "core/vault/Vault.h"
#include "ui/authenticate/CredentialTile.h"
#include "ui/shell/StatusBar.h"
#include "ui/widgets/Toast.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QTimer>
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <utility>

namespace credenza
{

Application::Application(Theme &theme, VaultSession &session, QSettings &settings, const QString &localSandbox)
    : m_theme(theme), m_session(session), m_localSandbox(localSandbox), m_window(theme), m_preferences(settings),
      m_desktop(theme, session, m_window, settings)
{
    connect(&m_session, &VaultSession::stateChanged, this, &Application::showState);
    connect(&m_session, &VaultSession::credentialsChanged, this, &Application::showTiles);
    connect(&m_window, &MainWindow::lockRequested, &m_session, &VaultSession::lock);
    connect(&m_window, &MainWindow::openFileRequested, this, &Application::openAnother);
    connect(&m_desktop, &DesktopWiring::openVaultRequested, this, &Application::openAnother);
}

void Application::makeWelcome()
{
    if (m_welcome != nullptr)
        return;
    m_welcome = new WelcomePage(m_theme, m_session.vaultPath());
    if (m_session.vaultPath() != defaultVaultPath() && m_session.state() == VaultSession::State::NoVault)
        m_welcome->keepLocation();
    m_window.setWelcome(m_welcome);
    connect(m_welcome, &WelcomePage::createRequested, this, [this] {
        m_welcome->setBusy(true);
        m_session.setVaultPath(m_welcome->location());
        m_session.createVault(this, m_welcome->vaultName(), m_welcome->takePassphrase(),
                              [this](const Result<void> &created) {
                                  m_welcome->setBusy(false);
                                  if (!created)
                                      m_welcome->showFailure(created.error());
                              });
    });
    connect(m_welcome, &WelcomePage::openExistingRequested, &m_session, &VaultSession::setVaultPath);
    connect(m_welcome, &WelcomePage::quitRequested, qApp, &QApplication::quit);
}

void Application::makeUnlock()
{
    if (m_unlock != nullptr)
        return;
    m_unlock = new UnlockPage(m_theme);
    m_window.setUnlock(m_unlock);
    connect(m_unlock, &UnlockPage::unlockRequested, this, [this] {
        m_unlock->setBusy(true);
        m_session.unlock(this, m_unlock->takePassphrase(), [this](const Result<void> &unlocked) {
            m_unlock->setBusy(false);
            if (unlocked)
                m_unlock->succeed();
            else
                m_unlock->showFailure(unlocked.error());
        });
    });
    connect(m_unlock, &UnlockPage::openAnotherRequested, this, &Application::openAnother);
    connect(m_unlock, &UnlockPage::createNewRequested, this, [this] {
        makeWelcome();
        m_window.showWelcome();
    });
    connect(m_unlock, &UnlockPage::quitRequested, qApp, &QApplication::quit);
}

void Application::openAnother()
{
    auto *dialog = new QFileDialog(&m_window, tr("Open a vault"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_session, &VaultSession::setVaultPath);
    dialog->open();
}

void Application::makeShell()
{
    if (m_authenticate != nullptr)
        return;
    m_authenticate = new AuthenticatePage(m_theme, m_session.clock());
    m_browse = std::make_unique<BrowseWiring>(m_theme, m_window, m_session);
    m_settings = new SettingsPage(m_theme, loadPreferences(m_preferences));
    m_settings->setVersions(libraryVersions());
    m_sheet = new CredentialSheet(m_theme, m_window, m_session);
    m_window.setPage(RailEntry::Authenticate, m_authenticate);
    m_window.setPage(RailEntry::Settings, m_settings);
    m_sheet->setLocalSandbox(m_localSandbox);
    QList<ConnectorChoice> choices;
    for (const Connector &connector : connectors())
        choices.append({connector.id, connector.name, connector.summary});
    m_authenticate->setConnectors(choices);
    m_actions = new CredentialActions(*m_authenticate, m_session, m_window, this);
    connect(m_actions, &CredentialActions::hiddenChanged, this, &Application::showTiles);
    wireAuthenticate();
    wireSheet();
    m_tests = new TestWiring(m_theme, m_session, m_window, m_desktop, *m_authenticate, *m_sheet, *m_settings, this);
    connect(&m_desktop, &DesktopWiring::inspectorRequested, m_tests, &TestWiring::openInspector);
    m_desktop.connectShell(*m_authenticate, *m_settings);
}

void Application::wireAuthenticate()
{
    connect(m_authenticate, &AuthenticatePage::addRequested, m_sheet, &CredentialSheet::openNew);
    connect(m_authenticate, &AuthenticatePage::editRequested, this, [this](const QUuid &id) {
        if (const Credential *credential = m_session.credential(id))
            m_sheet->openFor(*credential);
    });
    const auto browse = [this](const QUuid &id) { m_browse->open(id); };
    connect(m_authenticate, &AuthenticatePage::nextRequested, this, browse);
    connect(m_authenticate, &AuthenticatePage::browseRequested, this, browse);
}

void Application::wireSheet()
{
    connect(m_sheet, &CredentialSheet::saved, m_authenticate, &AuthenticatePage::select);
    connect(m_sheet, &CredentialSheet::portalRequested, this,
            [](const QString &url) { QDesktopServices::openUrl(QUrl(url)); });
    connect(m_sheet, &CredentialSheet::copied, this,
            [this](const QString &what) { m_window.toast().showMessage(what); });
}

void Application::start()
{
    showState();
    m_desktop.restoreGeometry();
    m_window.show();
    // Long enough for the first window to be painted, far shorter than a passphrase takes to type.
    QTimer::singleShot(std::chrono::milliseconds(300), this, &Application::makeShell);
}

void Application::openFile(const QString &path)
{
    m_desktop.showWindow();
    if (path.isEmpty() || QFileInfo(path) == QFileInfo(m_session.vaultPath()))
        return;
    if (path.endsWith(u".credenza")) {
        m_session.setVaultPath(path);
        return;
    }
    m_files.append(path);
    if (m_session.state() == VaultSession::State::Unlocked)
        m_browse->openFiles(std::exchange(m_files, {}));
}

void Application::showState()
{
    switch (m_session.state()) {
    case VaultSession::State::NoVault:
        makeWelcome();
        m_window.showWelcome();
        m_welcome->start();
        return;
    case VaultSession::State::Locked:
        if (m_sheet != nullptr)
            m_sheet->close();
        makeUnlock();
        m_unlock->setVault({m_session.vaultName(), m_session.vaultPath(), {}});
        m_window.showUnlock();
        m_unlock->start();
        return;
    case VaultSession::State::Unlocking:
        return;
    case VaultSession::State::Unlocked:
        rememberVault(m_preferences, m_session.vaultPath());
        makeShell();
        m_settings->setVault(m_session.vaultName(), m_session.vaultPath());
        showTiles();
        m_window.showShell();
        m_window.showPage(RailEntry::Authenticate);
        m_browse->openFiles(std::exchange(m_files, {}));
        if (!m_session.damage().isEmpty())
            m_window.statusBar().setNotice(m_session.damage().first().message);
        return;
    }
}

void Application::showTiles()
{
    makeShell();
    QList<CredentialTile> tiles;
    for (const Credential &credential : m_session.credentials()) {
        if (!m_actions->isHidden(credential.id))
            tiles.append(tileFor(credential));
    }
    m_authenticate->setTiles(tiles);
    m_window.statusBar().setVault(QFileInfo(m_session.vaultPath()).fileName(),
                                  tr("%n credential(s)", nullptr, static_cast<int>(tiles.size())));
}

} // namespace credenza
