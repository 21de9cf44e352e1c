// SPDX-License-Identifier: Apache-2.0
// Renders each screen, light and dark, so that it can be looked at beside the design.
#include "core/vault/KeySlot.h"
#include "tests/support/FixedClock.h"
#include "tests/ui/screens/Gallery.h"
#include "tests/ui/screens/SampleScreens.h"
#include "tests/ui/screens/SampleTiles.h"
#include "ui/activity/ActivityPage.h"
#include "ui/authenticate/AuthenticatePage.h"
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
#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

struct Screen {
    QString name;
    std::function<std::unique_ptr<QWidget>(Theme &)> make;
    std::function<void(QWidget &)> whenShown = nullptr;
};

const Theme *sampleTheme = nullptr;

const Clock &sampleClock()
{
    static const test::FixedClock clock(test::sampleTime());
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
    window->setPage(RailEntry::Settings, settings);
    auto *keys = new KeysPage(theme);
    keys->setPairs(test::sampleKeyPairs(), toDateTime(test::sampleTime()));
    window->setPage(RailEntry::Keys, keys);
    window->addTopBarWidget(RailEntry::Keys, keys->makeJwkSetButton());
    auto *activity = new ActivityPage(theme);
    activity->setEntries(test::sampleActivity(), toDateTime(test::sampleTime()));
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
    QList<CredentialTile> tiles = test::sampleTiles();
    const QDateTime now = toDateTime(test::sampleTime());
    tiles[1].isFavorite = true;
    tiles[1].keyExpiresAt = now.addDays(12);
    tiles[3].keyExpiresAt = now.addDays(-2);
    tiles[6].isFavorite = true;
    return tiles;
}

void openRecoveryCode(QWidget &window)
{
    auto *dialog = new RecoveryCodeDialog(*sampleTheme, window, {u"northlake"_s, {}, {}});
    dialog->ask();
    dialog->showCode(SecretBytes::copyOf(QByteArrayView("7KQF-M2XD-9WPA-TR6C-H4VN-8J1E-3BZY-P5GS-K0QT")));
}

void openNewPassphrase(QWidget &window)
{
    auto *dialog = new NewPassphraseDialog(
        *sampleTheme, window, u"It replaces the present one. Copies of the vault made before still open with that."_s,
        {});
    dialog->ask();
    dialog->findChild<QLineEdit *>(u"changedPassphrase"_s)->setText(u"otter gravel ninth lantern quay"_s);
}

void focus(QWidget &window, const QString &name)
{
    if (auto *widget = window.findChild<QWidget *>(name))
        widget->setFocus(Qt::TabFocusReason);
}

void openSheet(QWidget &window)
{
    const Theme &theme = *sampleTheme;
    auto *sheet = new Sheet(theme, window, u"Add New Credential"_s);
    sheet->addHeaderWidget(new Badge(theme, {BadgeKind::Plain, u"EPIC EHR"_s, Icon::HeartPulse}));
    sheet->setMain(test::makeFormColumn(theme), u"Settings"_s);
    sheet->setSide(new Pane(theme, Role::Sunken, Qt::LeftEdge), u"Help"_s);
    sheet->footer()->addWidget(new Button(theme, u"Test connection"_s));
    sheet->footer()->addStretch(1);
    sheet->footer()->addWidget(new Button(theme, u"Cancel"_s));
    sheet->footer()->addWidget(new Button(theme, u"Save"_s, ButtonKind::Primary));
    sheet->open(sheet->findChild<QWidget *>(u"focusHere"_s));
}

void openConfirm(QWidget &window)
{
    auto *confirm = new ConfirmPanel(*sampleTheme, window,
                                     {u"Discard what you typed?"_s,
                                      u"Riverbend, bulk export has changes that are not saved. Its private key stays "
                                      "as it was."_s,
                                      u"Keep editing"_s, u"Discard changes"_s});
    confirm->ask();
}

void openPalette(QWidget &window)
{
    auto *palette = new CommandPalette(*sampleTheme, window);
    palette->openWith(
        test::samplePalette(), [](const QUuid &) { return test::samplePaletteActions(); },
        test::sampleTiles().at(1).id);
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

std::vector<Screen> screens()
{
    const auto authenticate = [](Theme &theme) {
        return makeWindow(theme, RailEntry::Authenticate, test::sampleTiles());
    };
    const auto settings = [](Theme &theme) { return makeWindow(theme, RailEntry::Settings, test::sampleTiles()); };
    const auto activity = [](Theme &theme) { return makeWindow(theme, RailEntry::Activity, test::sampleTiles()); };
    return {
        {u"gallery"_s, [](Theme &theme) { return test::makeGallery(theme); },
         [](QWidget &window) { focus(window, u"focusHere"_s); }},
        {u"01-welcome"_s, makeWelcome, [](QWidget &window) { focus(window, u"newPassphrase"_s); }},
        {u"02-unlock"_s, makeUnlock, [](QWidget &window) { focus(window, u"passphrase"_s); }},
        {u"02-unlock-ways"_s, makeUnlockWithWays, [](QWidget &window) { focus(window, u"unlockWithKeyring"_s); }},
        {u"02-recovery-code"_s, authenticate, openRecoveryCode},
        {u"02-new-passphrase"_s, authenticate, openNewPassphrase},
        {u"03-authenticate-watched"_s,
         [](Theme &theme) { return makeWindow(theme, RailEntry::Authenticate, tilesToWatch()); }},
        {u"03-authenticate"_s, authenticate, [](QWidget &window) { focus(window, u"tiles"_s); }},
        {u"03-authenticate-empty"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Authenticate, {}); }},
        {u"03-authenticate-no-match"_s, authenticate,
         [](QWidget &window) { window.findChild<QLineEdit *>(u"filter"_s)->setText(u"nothing like it"_s); }},
        {u"03-authenticate-small"_s, authenticate,
         [](QWidget &window) {
             window.resize(1024, 680);
             static_cast<MainWindow &>(window).toast().showMessage(u"Deleted Riverbend, bulk export"_s, u"Undo"_s);
         }},
        {u"04-sheet"_s, authenticate, openSheet},
        {u"confirm"_s, authenticate, openConfirm},
        {u"browse"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Browse, test::sampleTiles()); }},
        {u"03-authenticate-table"_s, authenticate, chooseSeveral},
        {u"14-activity"_s, activity, [](QWidget &window) { window.findChild<ActivityPage *>()->start(); }},
        {u"14-activity-small"_s, activity, [](QWidget &window) { window.resize(1024, 680); }},
        {u"11-keys"_s, [](Theme &theme) { return makeWindow(theme, RailEntry::Keys, test::sampleTiles()); },
         [](QWidget &window) { focus(window, u"keyTable"_s); }},
        {u"12-command-palette"_s, authenticate, openPalette},
        {u"guide"_s, authenticate,
         [](QWidget &window) {
             auto *guide = new GuidePanel(*sampleTheme, window);
             guide->openGuide();
             guide->findChild<QListWidget *>()->setCurrentRow(1);
         }},
        {u"settings-security"_s, settings, [](QWidget &window) { showSettings(window, SettingsSection::Security); }},
        {u"settings-vault"_s, settings, [](QWidget &window) { showSettings(window, SettingsSection::Vault); }},
        {u"settings-network"_s, settings, [](QWidget &window) { showSettings(window, SettingsSection::Network); }},
        {u"settings-appearance"_s, settings,
         [](QWidget &window) { showSettings(window, SettingsSection::Appearance); }},
        {u"settings-keyboard"_s, settings, [](QWidget &window) { showSettings(window, SettingsSection::Keyboard); }},
        {u"settings-about"_s, settings, [](QWidget &window) { showSettings(window, SettingsSection::About); }},
    };
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (application.arguments().size() < 2) {
        qCritical("usage: credenza-screens OUT_FOLDER [SCREEN…]");
        return 2;
    }
    const QDir folder(application.arguments().at(1));
    const QStringList wanted = application.arguments().mid(2);
    bool given = false;
    const int percent = qEnvironmentVariableIntValue("CREDENZA_TEXT_PERCENT", &given);
    Theme theme(ThemeMode::Light, given ? percent / 100.0 : Theme::systemTextScale());
    theme.apply(application);
    sampleTheme = &theme;

    std::vector<Screen> queue;
    for (const Screen &screen : screens()) {
        if (wanted.isEmpty() || wanted.contains(screen.name))
            queue.push_back(screen);
    }
    // One shot a timer tick: shown, laid out and settled (spinners, focus) before it is taken.
    std::size_t index = 0;
    std::unique_ptr<QWidget> window;
    bool failed = false;
    QTimer timer;
    timer.setInterval(450);
    const auto show = [&] {
        theme.setMode(index % 2 == 0 ? ThemeMode::Light : ThemeMode::Dark);
        window = queue.at(index / 2).make(theme);
        window->show();
        window->activateWindow();
        if (const auto &prepare = queue.at(index / 2).whenShown) {
            // What opens here is taken open, however busy the machine is.
            theme.setReducedMotion(true);
            prepare(*window);
            theme.setReducedMotion(false);
        }
    };
    QObject::connect(&timer, &QTimer::timeout, &application, [&] {
        const QString suffix = index % 2 == 0 ? QString() : u"-dark"_s;
        failed |= !window->grab().save(folder.filePath(queue.at(index / 2).name + suffix + u".png"_s));
        window.reset();
        if (++index == queue.size() * 2)
            application.exit(failed ? 1 : 0);
        else
            show();
    });
    show();
    timer.start();
    return application.exec();
}
