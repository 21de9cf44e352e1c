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

namespace
{

QString stepLabel(TestStepId id)
{
    switch (id) {
    case TestStepId::Validate:
        return Application::tr("check the fields");
    case TestStepId::Discover:
        return Application::tr("discover");
    case TestStepId::Sign:
        return Application::tr("sign the assertion");
    case TestStepId::Token:
        return Application::tr("request the token");
    case TestStepId::Fhir:
        return Application::tr("call the FHIR API");
    }
    return {};
}

} // namespace

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
    m_handover = std::make_unique<HandoverWiring>(m_theme, m_window, m_session, *m_authenticate, m_preferences);
    wireAuthenticate();
    wireSheet();
    wireTests();
    m_desktop.connectShell(*m_authenticate, *m_settings);
}

void Application::wireAuthenticate()
{
    connect(m_authenticate, &AuthenticatePage::addRequested, m_sheet, &CredentialSheet::openNew);
    connect(m_authenticate, &AuthenticatePage::editRequested, this, [this](const QUuid &id) {
        if (const Credential *credential = m_session.credential(id))
            m_sheet->openFor(*credential);
    });
    connect(m_authenticate, &AuthenticatePage::testRequested, &m_session, &VaultSession::testSaved);
    connect(m_authenticate, &AuthenticatePage::stopTestRequested, &m_session, &VaultSession::cancelTest);
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

void Application::wireTests()
{
    connect(&m_session, &VaultSession::testProgressed, this, [this](const QUuid &id, const TestReport &report) {
        const auto running = std::ranges::find(report.steps, TestStepState::Running, &TestStep::state);
        if (running != report.steps.end())
            m_authenticate->setProgress(
                id, TileProgress{static_cast<int>(running - report.steps.begin()) + 1, 5, stepLabel(running->id)});
    });
    connect(&m_session, &VaultSession::testFinished, this, [this](const QUuid &id, const TestReport &report) {
        m_authenticate->setProgress(id, std::nullopt);
        if (report.clockOffsetSeconds)
            m_window.statusBar().setClockOffset(*report.clockOffsetSeconds);
    });
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
        openWaitingFiles();
}

void Application::openWaitingFiles()
{
    QStringList files = std::exchange(m_files, {});
    const auto isBundle = [](const QString &path) { return HandoverWiring::isBundle(path); };
    const auto bundle = std::ranges::find_if(files, isBundle);
    if (bundle != files.end())
        m_handover->openFile(*bundle);
    files.removeIf(isBundle);
    m_browse->openFiles(files);
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
    for (const Credential &credential : m_session.credentials()) {
        if (!m_actions->isHidden(credential.id))
            tiles.append(tileFor(credential));
    }
    m_authenticate->setTiles(tiles);
    m_window.statusBar().setVault(QFileInfo(m_session.vaultPath()).fileName(),
                                  tr("%n credential(s)", nullptr, static_cast<int>(tiles.size())));
}

} // namespace credenza
