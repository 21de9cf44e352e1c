// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/Application.h"

#include "app/credenza/ExpiryReminder.h"
#include "app/credenza/FileKind.h"
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
#include <QUrl>

#include <algorithm>
#include <chrono>
#include <utility>

namespace credenza
{

Application::Application(Theme &theme, VaultSession &session, QSettings &settings,
                         std::unique_ptr<LocalSandbox> sandbox)
    : m_theme(theme), m_session(session), m_window(theme), m_preferences(settings),
      m_desktop(theme, session, m_window, settings), m_sandbox(std::move(sandbox), m_window, session),
      m_usage(settings), m_toMake(piecesOfShell())
{
    connect(&m_session, &VaultSession::stateChanged, this, &Application::showState);
    connect(&m_session, &VaultSession::credentialsChanged, this, &Application::showTiles);
    connect(&m_window, &MainWindow::lockRequested, &m_session, &VaultSession::lock);
    // What is in an open form is sealed in the vault, as by any locking.
    connect(qApp, &QCoreApplication::aboutToQuit, &m_session, &VaultSession::lock);
    connect(&m_window, &MainWindow::openFileRequested, this, [this] {
        // "Open a file" means FHIR files where these are looked at, and a vault everywhere else.
        if (m_browse && m_window.isShellShown() && m_window.currentPage() == RailEntry::Browse)
            m_browse->page().chooseFiles();
        else
            openAnother();
    });
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
    m_sandbox.connectWelcome(*m_welcome);
    connect(m_welcome, &WelcomePage::createRequested, this, [this] {
        m_welcome->setBusy(true);
        m_sandbox.setHeld(true);
        m_session.setVaultPath(m_welcome->location());
        m_session.createVault(this, m_welcome->vaultName(), m_welcome->takePassphrase(),
                              [this](const Result<void> &created) {
                                  m_welcome->setBusy(false);
                                  if (created) {
                                      afterCreating();
                                      return;
                                  }
                                  m_sandbox.setHeld(false);
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
            if (!unlocked) {
                m_unlock->showFailure(unlocked.error());
                return;
            }
            const bool wasRecovered = m_unlock->takesRecoveryCode();
            m_unlock->succeed();
            if (wasRecovered)
                m_slots->changePassphrase(
                    tr("The recovery code opened the vault. Choose a new passphrase in place of the "
                       "one that is lost; the code stays as it is."));
        });
    });
    connect(m_unlock, &UnlockPage::keyringRequested, this, [this] {
        m_unlock->setBusy(true);
        m_session.unlockWithKeyring(this, [this](const Result<void> &unlocked) {
            m_unlock->setBusy(false);
            if (unlocked)
                m_unlock->succeed();
            else
                m_unlock->showFailure(unlocked.error());
        });
    });
    connect(&m_session, &VaultSession::waysToUnlockChanged, this, &Application::showWaysToUnlock);
    connect(m_unlock, &UnlockPage::openAnotherRequested, this, &Application::openAnother);
    connect(m_unlock, &UnlockPage::createNewRequested, this, [this] {
        makeWelcome();
        m_window.showWelcome();
    });
    connect(m_unlock, &UnlockPage::quitRequested, qApp, &QApplication::quit);
}

void Application::showWaysToUnlock()
{
    m_unlock->setWays(m_session.opensByKeyring(), m_session.opensByRecoveryCode());
}

void Application::afterCreating()
{
    if (m_welcome->wantsKeyring())
        m_slots->setKeyring(true);
    // One thing after the other: the code is shown once, the sandbox's form can wait.
    const auto goOn = [this] { m_sandbox.setHeld(false); };
    if (m_welcome->wantsRecoveryCode())
        m_slots->makeRecoveryCode(goOn);
    else
        goOn();
}

void Application::openAnother()
{
    auto *dialog = new QFileDialog(&m_window, tr("Open a vault"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, &m_session, &VaultSession::setVaultPath);
    dialog->open();
}

std::deque<std::function<void()>> Application::piecesOfShell()
{
    return {[this] {
                m_authenticate = new AuthenticatePage(m_theme, m_session.clock());
                m_window.setPage(RailEntry::Authenticate, m_authenticate);
            },
            [this] { m_browse = std::make_unique<BrowseWiring>(m_theme, m_window, m_session); },
            [this] {
                m_settings = new SettingsPage(m_theme, loadPreferences(m_preferences));
                m_settings->setVersions(libraryVersions());
                m_window.setPage(RailEntry::Settings, m_settings);
            },
            [this] { m_sheet = new CredentialSheet(m_theme, m_window, m_session); }, [this] { wireShell(); }};
}

void Application::makePiece()
{
    if (m_toMake.empty())
        return;
    const std::function<void()> piece = std::exchange(m_toMake.front(), {});
    m_toMake.pop_front();
    piece();
}

void Application::makeShell()
{
    while (!m_toMake.empty())
        makePiece();
}

void Application::wireShell()
{
    m_sandbox.connectShell(*m_authenticate, *m_sheet);
    QList<ConnectorChoice> choices;
    for (const Connector &connector : connectors())
        choices.append({connector.id, connector.name, connector.summary});
    m_authenticate->setConnectors(choices);
    m_actions = new CredentialActions(*m_authenticate, m_session, m_window, this);
    connect(m_actions, &CredentialActions::hiddenChanged, this, &Application::showTiles);
    m_handover =
        std::make_unique<HandoverWiring>(m_theme, m_window, m_session, *m_authenticate, *m_settings, m_preferences);
    m_slots = std::make_unique<KeySlotWiring>(m_theme, m_window, m_session, *m_settings);
    m_backups = std::make_unique<BackupWiring>(m_theme, m_window, m_session, *m_settings);
    wireAuthenticate();
    wireSheet();
    m_tests = new TestWiring(m_theme, m_session, m_window, m_desktop, *m_authenticate, *m_sheet, *m_settings, this);
    connect(&m_desktop, &DesktopWiring::inspectorRequested, m_tests, &TestWiring::openInspector);
    m_desktop.connectShell(*m_authenticate, *m_settings);
    connect(&m_desktop, &DesktopWiring::preferencesChanged, this, &Application::showTiles);
    new ExpiryReminder(m_session, m_window, m_desktop, *m_authenticate, this);
}

void Application::wireAuthenticate()
{
    connect(m_authenticate, &AuthenticatePage::addRequested, m_sheet, &CredentialSheet::openNew);
    connect(m_authenticate, &AuthenticatePage::editRequested, this, [this](const QUuid &id) {
        if (const Credential *credential = m_session.credential(id))
            m_sheet->openFor(*credential);
    });
    connect(m_authenticate, &AuthenticatePage::testRequested, this, &Application::use);
    const auto browse = [this](const QUuid &id) {
        use(id);
        m_browse->open(id);
    };
    connect(m_authenticate, &AuthenticatePage::nextRequested, this, browse);
    connect(m_authenticate, &AuthenticatePage::browseRequested, this, browse);
    connect(m_authenticate, &AuthenticatePage::filesDropped, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            openFile(path);
    });
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
    m_later.setSingleShot(true);
    m_later.callOnTimeout(this, [this] {
        makePiece();
        if (!m_toMake.empty())
            m_later.start(std::chrono::milliseconds(0)); // what is typed in the meantime is taken in between
    });
    m_later.start(std::chrono::milliseconds(300));
}

void Application::openFile(const QString &path)
{
    m_desktop.showWindow();
    if (path.isEmpty() || QFileInfo(path) == QFileInfo(m_session.vaultPath()))
        return;
    if (kindOf(path) == FileKind::Vault) {
        m_session.setVaultPath(path);
        return;
    }
    m_files.append(path);
    if (m_session.state() == VaultSession::State::Unlocked)
        openWaitingFiles();
}

void Application::openWaitingFiles()
{
    QStringList toBrowse;
    for (const QString &path : std::exchange(m_files, {})) {
        // One form is open at a time: of several keys, the first is taken.
        if (kindOf(path) == FileKind::Bundle || QFileInfo(path).isDir()) {
            m_handover->openFile(path);
        } else if (kindOf(path) != FileKind::Key) {
            toBrowse.append(path);
        } else if (!m_sheet->isOpen()) {
            CredentialSheet::Prefill prefill;
            prefill.keyFile = path;
            m_sheet->openPrefilled(m_authenticate->connectorId(), prefill);
        }
    }
    m_browse->openFiles(toBrowse);
}

void Application::use(const QUuid &id)
{
    m_usage.touch(id, toDateTime(m_session.clock().now()));
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
        makeUnlock();
        m_unlock->setVault({m_session.vaultName(), m_session.vaultPath(), {}});
        showWaysToUnlock();
        m_window.showUnlock();
        m_unlock->start();
        return;
    case VaultSession::State::Unlocking:
        return;
    case VaultSession::State::Unlocked:
        rememberVault(m_preferences, m_session.vaultPath());
        makeShell();
        m_usage.reload();
        m_settings->setVault(m_session.vaultName(), m_session.vaultPath());
        showTiles();
        m_window.showShell();
        m_window.showPage(RailEntry::Authenticate);
        openWaitingFiles();
        if (!m_session.damage().isEmpty())
            m_window.statusBar().setNotice(m_session.damage().first().message);
        return;
    }
}

void Application::showTiles()
{
    makeShell();
    QList<CredentialTile> tiles;
    QSet<QString> keys;
    for (const Credential &credential : m_session.credentials()) {
        keys.insert(credential.key.thumbprint);
        if (m_actions->isHidden(credential.id))
            continue;
        tiles.append(tileFor(credential));
        tiles.last().reminderDays = m_desktop.preferences().keyReminderDays;
        tiles.last().lastUsedAt = std::max(m_usage.at(credential.id), credential.createdAt);
    }
    m_authenticate->setTiles(tiles);
    m_window.statusBar().setVault(QFileInfo(m_session.vaultPath()).fileName(),
                                  tr("%1, %2", "number of credentials, number of keys")
                                      .arg(tr("%n credential(s)", nullptr, static_cast<int>(tiles.size())),
                                           tr("%n key(s)", nullptr, static_cast<int>(keys.size()))));
}

} // namespace credenza
