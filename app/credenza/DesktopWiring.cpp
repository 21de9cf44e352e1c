// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/DesktopWiring.h"

#include "core/base/File.h"
#include "core/smart/NetworkSettingsFor.h"
#include "ui/shell/StatusBar.h"
#include "ui/widgets/Toast.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFileDialog>

namespace credenza
{

DesktopWiring::DesktopWiring(Theme &theme, VaultSession &session, MainWindow &window, QSettings &settings)
    : m_theme(theme), m_session(session), m_window(window), m_settings(settings),
      m_preferences(loadPreferences(settings)), m_tray(theme, window)
{
    connect(&session, &VaultSession::stateChanged, this, [this] {
        const bool unlocked = m_session.state() == VaultSession::State::Unlocked;
        m_idle.setActive(unlocked);
        if (!unlocked) {
            m_clipboard.clear();
            if (m_palette != nullptr)
                m_palette->closeAtOnce();
            if (m_guide != nullptr)
                m_guide->closeAtOnce();
        }
    });
    connect(&session, &VaultSession::problemFound, this, [this](const Error &error) {
        m_window.toast().showMessage((error.message + u' ' + error.hint).trimmed());
    });
    connect(&m_idle, &IdleLock::expired, &session, &VaultSession::lock);
    connect(&m_idle, &IdleLock::warned, this, [this](int secondsLeft) {
        const QString text = tr("Locks in %n second(s)", nullptr, secondsLeft);
        m_window.statusBar().setNotice(text);
        if (secondsLeft == static_cast<int>(IdleLock::warningTime.count()))
            m_window.toast().offer(text, tr("Stay unlocked"), [this] { m_idle.touch(); });
    });
    connect(&m_idle, &IdleLock::minutesLeftChanged, this, [this] {
        const std::optional<int> minutes = m_idle.minutesLeft();
        m_window.statusBar().setLockTime(minutes ? tr("Locks in %1 min").arg(*minutes) : QString());
    });
    connect(&m_idle, &IdleLock::resumed, this, [this] { m_window.statusBar().setNotice({}); });
    connect(&window, &MainWindow::minimized, this, [this] {
        if (m_preferences.lockOnMinimize)
            m_session.lock();
    });
    connect(&m_notifications, &DesktopNotifications::chosen, this, &DesktopWiring::showWindow);
    connect(&m_notifications, &DesktopNotifications::refused, &m_tray, &TrayIcon::showMessage);
    connect(&m_tray, &TrayIcon::windowWanted, this, &DesktopWiring::showWindow);
    connect(&window, &MainWindow::quitRequested, qApp, &QApplication::quit);
    connect(&window, &MainWindow::closing, this, [this](bool *ignore) {
        Preferences changed = m_preferences;
        changed.windowGeometry = m_window.saveGeometry();
        keep(changed);
        *ignore = m_tray.isShown();
        if (*ignore)
            m_window.hide();
    });
    connect(&window, &MainWindow::findRequested, this, &DesktopWiring::openPalette);
    connect(&window, &MainWindow::helpRequested, this, &DesktopWiring::openGuide);
    connect(qApp, &QCoreApplication::aboutToQuit, &m_clipboard, &ClipboardGuard::clear);
    applyPreferences();
}

void DesktopWiring::connectShell(AuthenticatePage &page, SettingsPage &settingsPage)
{
    m_page = &page;
    page.setView(m_preferences.credentialsAsTable ? CredentialsView::Table : CredentialsView::Tiles);
    connect(&page, &AuthenticatePage::viewChanged, this, [this](CredentialsView view) {
        Preferences changed = m_preferences;
        changed.credentialsAsTable = view == CredentialsView::Table;
        keep(changed);
    });
    page.setOrder(m_preferences.credentialOrder);
    connect(&page, &AuthenticatePage::orderChanged, this, [this](const QString &order) {
        Preferences changed = m_preferences;
        changed.credentialOrder = order;
        keep(changed);
    });
    connect(&settingsPage, &SettingsPage::preferencesChanged, this, [this](Preferences changed) {
        changed.windowGeometry = m_preferences.windowGeometry;
        changed.credentialsAsTable = m_preferences.credentialsAsTable;
        changed.credentialOrder = m_preferences.credentialOrder;
        keep(changed);
    });
    settingsPage.setTrayAvailable(TrayIcon::isAvailable());
    connect(&settingsPage, &SettingsPage::lockRequested, &m_session, &VaultSession::lock);
    connect(&settingsPage, &SettingsPage::openVaultRequested, this, &DesktopWiring::openVaultRequested);

    m_keys = new KeysPage(m_theme);
    m_window.setPage(RailEntry::Keys, m_keys);
    m_window.addTopBarWidget(RailEntry::Keys, m_keys->makeJwkSetButton());
    connect(m_keys, &KeysPage::copyRequested, &page, &AuthenticatePage::copyRequested);
    connect(m_keys, &KeysPage::saveRequested, this, &DesktopWiring::saveFile);
    connect(m_keys, &KeysPage::showCredentialRequested, this, [this](const QUuid &id) {
        m_window.showPage(RailEntry::Authenticate);
        m_page->select(id);
        m_page->start();
    });
    m_activity.emplace(m_theme, m_window, m_session);
    m_systemLock.emplace();
    connect(&*m_systemLock, &SystemLock::locked, &m_session, &VaultSession::lock);
    connect(&m_session, &VaultSession::credentialsChanged, this, &DesktopWiring::showKeys);
    connect(&m_window, &MainWindow::pageShown, this, [this, &settingsPage](RailEntry entry) {
        if (entry == RailEntry::Authenticate) {
            m_page->start();
        } else if (entry == RailEntry::Keys) {
            showKeys();
            m_keys->start();
        } else if (entry == RailEntry::Activity) {
            m_activity->show();
        } else if (entry == RailEntry::Settings) {
            settingsPage.start();
        }
    });
    m_content.emplace(m_window, page, settingsPage, m_session, [this] { Q_EMIT inspectorRequested(); });
}

void DesktopWiring::restoreGeometry()
{
    if (!m_window.restoreGeometry(m_preferences.windowGeometry))
        m_window.resize(1280, 820);
}

void DesktopWiring::showWindow()
{
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void DesktopWiring::notify(const QString &title, const QString &text)
{
    if (!m_window.isActiveWindow())
        m_notifications.show(title, text);
}

void DesktopWiring::keep(const Preferences &changed)
{
    m_preferences = changed;
    savePreferences(m_settings, m_preferences);
    applyPreferences();
    Q_EMIT preferencesChanged();
}

void DesktopWiring::applyPreferences()
{
    m_idle.setTimeout(m_preferences.lockAfter);
    m_clipboard.setClearAfter(m_preferences.clearClipboardAfter);
    m_session.setCorrectsClock(m_preferences.correctsClock);
    CredentialDraft network;
    network.proxy = m_preferences.network.proxy;
    network.authorityPem = m_preferences.network.authorityPem;
    NetworkSettings defaults = networkSettingsFor(network);
    defaults.deadline = m_preferences.network.timeout;
    defaults.idle = std::min(defaults.idle, defaults.deadline);
    m_session.setNetworkDefaults(defaults);
    m_tray.setShown(m_preferences.keepInTray && TrayIcon::isAvailable());
}

void DesktopWiring::openPalette()
{
    if (!m_content || !m_window.isShellShown())
        return;
    if (m_palette == nullptr)
        m_palette = new CommandPalette(m_theme, m_window);
    m_palette->openWith(
        m_content->sections(), [this](const QUuid &id) { return m_content->actionsOf(id); }, m_page->selectedId());
}

void DesktopWiring::openGuide()
{
    if (m_guide == nullptr) {
        m_guide = new GuidePanel(m_theme, m_window);
        connect(m_guide, &GuidePanel::pageRequested, this, [](const QUrl &url) { QDesktopServices::openUrl(url); });
    }
    m_guide->openGuide();
}

void DesktopWiring::showKeys()
{
    const QDateTime now = toDateTime(m_session.clock().now()).toLocalTime();
    m_keys->setPairs(keyPairsOf(m_session.credentials(), now), now);
}

void DesktopWiring::saveFile(const QString &suggestedName, const QByteArray &contents)
{
    auto *dialog = new QFileDialog(&m_window, tr("Save the public key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, contents](const QString &path) {
        const auto written = writeFileAtomically(path, contents);
        m_window.toast().showMessage(written ? tr("Saved as %1.").arg(path) : written.error().message);
    });
    dialog->open();
}

} // namespace credenza
