// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screens/ScreenCatalogue.h"

#include "core/vault/KeySlot.h"
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/Gallery.h"
#include "tests/ui/screens/SampleScreens.h"
#include "tests/ui/screens/SampleTiles.h"
#include "ui/activity/ActivityPage.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/backups/BackupsCard.h"
#include "ui/browse/BrowsePage.h"
#include "ui/guide/GuidePanel.h"
#include "ui/keypairs/KeysPage.h"
#include "ui/keyslots/KeySlotsCard.h"
#include "ui/keyslots/NewPassphraseDialog.h"
#include "ui/keyslots/RecoveryCodeDialog.h"
#include "ui/palette/CommandPalette.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/StatusBar.h"
#include "ui/theme/Theme.h"
#include "ui/unlock/UnlockPage.h"
#include "ui/unlock/WelcomePage.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/Sheet.h"
#include "ui/widgets/Toast.h"

#include <QAbstractItemView>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace credenza::test
{

namespace
{

const Clock &sampleClock()
{
    static const FixedClock clock(sampleTime());
    return clock;
}

QList<KeySlotInfo> sampleSlots()
{
    return {{QUuid::createUuid(), passphraseSlotKind(), KdfParameters{512, 3}},
            {QUuid::createUuid(), keyringSlotKind(), {}}};
}

std::unique_ptr<MainWindow> makeWindow(Theme &theme, RailEntry entry, const QList<CredentialTile> &tiles)
{
    auto window = std::make_unique<MainWindow>(theme);
    auto *page = new AuthenticatePage(theme, sampleClock());
    page->setConnectors({{u"epic-ehr"_s, u"EPIC EHR"_s, u"SMART Backend Services, signed JWT"_s}});
    page->setTiles(tiles);
    if (!tiles.isEmpty())
        page->select(tiles.constFirst().id);
    window->setPage(RailEntry::Authenticate, page);
    window->setPage(RailEntry::Browse, new BrowsePage(theme));
    auto *settings = new SettingsPage(theme, Preferences{});
    settings->setVault(u"northlake"_s, u"~/.local/share/credenza/northlake.vault"_s);
    auto *ways = new KeySlotsCard(theme);
    ways->setSlots(sampleSlots());
    settings->addCard(SettingsSection::Vault, ways);
    auto *backups = new BackupsCard(theme);
    backups->setBackups(sampleBackups());
    settings->addCard(SettingsSection::Vault, backups);
    window->setPage(RailEntry::Settings, settings);
    auto *keys = new KeysPage(theme);
    keys->setPairs(sampleKeyPairs(), toDateTime(sampleTime()));
    window->setPage(RailEntry::Keys, keys);
    window->addTopBarWidget(RailEntry::Keys, keys->makeJwkSetButton());
    auto *activity = new ActivityPage(theme);
    activity->setEntries(sampleActivity(), toDateTime(sampleTime()));
    activity->setVerified({});
    window->setPage(RailEntry::Activity, activity);
    window->addTopBarWidget(RailEntry::Activity, activity->makeExportButton());
    window->statusBar().setVault(u"northlake.vault"_s, u"7 credentials"_s);
    window->statusBar().setClockOffset(0.2);
    window->showShell();
    window->showPage(entry);
    return window;
}

std::unique_ptr<QWidget> makeUnlock(Theme &theme)
{
    auto window = std::make_unique<MainWindow>(theme);
    auto *page = new UnlockPage(theme);
    page->setVault({u"northlake"_s, u"~/.local/share/credenza/northlake.vault"_s,
                    u"Locked at 12:47. Keys are out of memory and the clipboard is cleared."_s});
    const Error wrong{ErrorKind::Locked, u"vault.wrong-passphrase"_s, {}, {}};
    page->showFailure(wrong);
    page->showFailure(wrong);
    window->setUnlock(page);
    window->showUnlock();
    return window;
}

std::unique_ptr<QWidget> makeWelcome(Theme &theme)
{
    auto window = std::make_unique<MainWindow>(theme);
    auto *page = new WelcomePage(theme, QDir::homePath() + u"/.local/share/credenza/default.credenza"_s);
    window->setWelcome(page);
    window->showWelcome();
    const auto type = [&](const QString &name, const QString &text) {
        auto *edit = page->findChild<QLineEdit *>(name);
        edit->setText(text);
        Q_EMIT edit->textEdited(text);
    };
    type(u"newPassphrase"_s, u"otter gravel ninth lantern quay"_s);
    type(u"repeatPassphrase"_s, u"otter gravel ninth lantern quay"_s);
    return window;
}

std::unique_ptr<QWidget> makeUnlockWithWays(Theme &theme)
{
    auto window = std::make_unique<MainWindow>(theme);
    auto *page = new UnlockPage(theme);
    page->setVault({u"northlake"_s, u"~/.local/share/credenza/northlake.vault"_s, {}});
    page->setWays(true, true);
    window->setUnlock(page);
    window->showUnlock();
    page->start();
    return window;
}

QList<CredentialTile> tilesToWatch()
{
    QList<CredentialTile> tiles = sampleTiles();
    const QDateTime now = toDateTime(sampleTime());
    tiles[1].isFavorite = true;
    tiles[1].keyExpiresAt = now.addDays(12);
    tiles[3].keyExpiresAt = now.addDays(-2);
    tiles[6].isFavorite = true;
    return tiles;
}

void openRecoveryCode(const Theme &theme, QWidget &window)
{
    auto *dialog = new RecoveryCodeDialog(theme, window, {u"northlake"_s, {}, {}});
    dialog->ask();
    dialog->showCode(SecretBytes::copyOf(QByteArrayView("7KQF-M2XD-9WPA-TR6C-H4VN-8J1E-3BZY-P5GS-K0QT")));
}

void openNewPassphrase(const Theme &theme, QWidget &window)
{
    auto *dialog = new NewPassphraseDialog(
        theme, window, u"It replaces the present one. Copies of the vault made before still open with that."_s,
        {});
    dialog->ask();
    dialog->findChild<QLineEdit *>(u"changedPassphrase"_s)->setText(u"otter gravel ninth lantern quay"_s);
}

void focus(QWidget &window, const QString &name)
{
    if (auto *widget = window.findChild<QWidget *>(name))
        widget->setFocus(Qt::TabFocusReason);
}

void openSheet(const Theme &theme, QWidget &window)
{
    auto *sheet = new Sheet(theme, window, u"Add New Credential"_s);
    sheet->addHeaderWidget(new Badge(theme, {BadgeKind::Plain, u"EPIC EHR"_s, Icon::HeartPulse}));
    sheet->setMain(makeFormColumn(theme), u"Settings"_s);
    sheet->setSide(new Pane(theme, Role::Sunken, Qt::LeftEdge), u"Help"_s);
    sheet->footer()->addWidget(new Button(theme, u"Test connection"_s));
    sheet->footer()->addStretch(1);
    sheet->footer()->addWidget(new Button(theme, u"Cancel"_s));
    sheet->footer()->addWidget(new Button(theme, u"Save"_s, ButtonKind::Primary));
    sheet->open(sheet->findChild<QWidget *>(u"focusHere"_s));
}

void openConfirm(const Theme &theme, QWidget &window)
{
    auto *confirm = new ConfirmPanel(theme, window,
                                     {u"Discard what you typed?"_s,
                                      u"Riverbend, bulk export has changes that are not saved. Its private key stays "
                                      "as it was."_s,
                                      u"Keep editing"_s, u"Discard changes"_s});
    confirm->ask();
}

void openPalette(const Theme &theme, QWidget &window)
{
    auto *palette = new CommandPalette(theme, window);
    palette->openWith(
        samplePalette(), [](const QUuid &) { return samplePaletteActions(); },
        sampleTiles().at(1).id);
    palette->findChild<QLineEdit *>()->setText(u"north"_s);
}

void chooseSeveral(QWidget &window)
{
    window.findChild<AuthenticatePage *>()->setView(CredentialsView::Table);
    auto *table = window.findChild<QAbstractItemView *>(u"table"_s);
    table->setFocus();
    for (const int row : {1, 2, 4})
        table->selectionModel()->select(table->model()->index(row, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void showSettings(QWidget &window, SettingsSection section)
{
    auto *settings = window.findChild<SettingsPage *>();
    settings->setVersions({{u"Credenza"_s, u"0.1.0"_s}, {u"Qt"_s, u"6.4.2"_s}, {u"OpenSSL"_s, u"3.0.22"_s}});
    settings->showSection(section);
    settings->start();
}

} // namespace

std::vector<Screen> screens()
{
    const auto authenticate = [](Theme &theme) {
        return makeWindow(theme, RailEntry::Authenticate, sampleTiles());
    };
    const auto settings = [](Theme &theme) { return makeWindow(theme, RailEntry::Settings, sampleTiles()); };
    const auto activity = [](Theme &theme) { return makeWindow(theme, RailEntry::Activity, sampleTiles()); };
    return {
        {u"gallery"_s, [](Theme &theme) { return makeGallery(theme); },
         [](const Theme &, QWidget &window) { focus(window, u"focusHere"_s); }},
        {u"01-welcome"_s, makeWelcome, [](const Theme &, QWidget &window) { focus(window, u"newPassphrase"_s); }},
        {u"02-unlock"_s, makeUnlock, [](const Theme &, QWidget &window) { focus(window, u"passphrase"_s); }},
        {u"02-unlock-ways"_s, makeUnlockWithWays, [](const Theme &, QWidget &window) { focus(window, u"unlockWithKeyring"_s); }},
        {u"02-recovery-code"_s, authenticate, openRecoveryCode},
        {u"02-new-passphrase"_s, authenticate, openNewPassphrase},
        {u"03-authenticate-watched"_s,
         [](Theme &theme) { return makeWindow(theme, RailEntry::Authenticate, tilesToWatch()); }},
        {u"03-authenticate"_s, authenticate, [](const Theme &, QWidget &window) { focus(window, u"tiles"_s); }},
        {u"03-authenticate-empty"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Authenticate, {}); }},
        {u"03-authenticate-no-match"_s, authenticate,
         [](const Theme &, QWidget &window) { window.findChild<QLineEdit *>(u"filter"_s)->setText(u"nothing like it"_s); }},
        {u"03-authenticate-small"_s, authenticate,
         [](const Theme &, QWidget &window) {
             window.resize(1024, 680);
             static_cast<MainWindow &>(window).toast().showMessage(u"Deleted Riverbend, bulk export"_s, u"Undo"_s);
         }},
        {u"04-sheet"_s, authenticate, openSheet},
        {u"confirm"_s, authenticate, openConfirm},
        {u"browse"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Browse, sampleTiles()); }},
        {u"03-authenticate-table"_s, authenticate, [](const Theme &, QWidget &window) { chooseSeveral(window); }},
        {u"14-activity"_s, activity, [](const Theme &, QWidget &window) { window.findChild<ActivityPage *>()->start(); }},
        {u"14-activity-small"_s, activity, [](const Theme &, QWidget &window) { window.resize(1024, 680); }},
        {u"11-keys"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Keys, sampleTiles()); },
         [](const Theme &, QWidget &window) { focus(window, u"keyTable"_s); }},
        {u"12-command-palette"_s, authenticate, openPalette},
        {u"guide"_s, authenticate,
         [](const Theme &theme, QWidget &window) {
             auto *guide = new GuidePanel(theme, window);
             guide->openGuide();
             guide->findChild<QListWidget *>()->setCurrentRow(1);
         }},
        {u"settings-security"_s, settings, [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::Security); }},
        {u"settings-vault"_s, settings, [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::Vault); }},
        {u"settings-backups"_s, settings,
         [](const Theme &, QWidget &window) {
             showSettings(window, SettingsSection::Vault);
             focus(window, u"backUpNow"_s);
             for (auto *scroll : window.findChildren<QScrollArea *>())
                 if (auto *card = scroll->findChild<BackupsCard *>())
                     scroll->verticalScrollBar()->setValue(card->y() - 8);
         }},
        {u"settings-network"_s, settings, [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::Network); }},
        {u"settings-appearance"_s, settings,
         [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::Appearance); }},
        {u"settings-keyboard"_s, settings, [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::Keyboard); }},
        {u"settings-about"_s, settings, [](const Theme &, QWidget &window) { showSettings(window, SettingsSection::About); }},
    };
}

} // namespace credenza::test
