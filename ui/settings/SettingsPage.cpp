// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/SettingsPage.h"

#include "ui/settings/NetworkCard.h"
#include "ui/settings/Shortcuts.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int listWidth = 208;
constexpr int columnWidth = 768;
constexpr int rowHeight = 36;
constexpr qreal largeText = 1.5; // from here on controls stand below their words

/// A choice among durations, kept as a number; one that is not offered is added in its place.
void fill(ComboBox &box, const QList<std::pair<int, QString>> &choices, int current, const QString &other)
{
    for (const auto &[value, text] : choices)
        box.addItem(text, value);
    if (box.findData(current) < 0)
        box.addItem(other, current);
    box.setCurrentIndex(box.findData(current));
}

} // namespace

SettingsPage::SettingsPage(Theme &theme, Preferences preferences, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_preferences(std::move(preferences)), m_sections(new QListWidget),
      m_pages(new QStackedWidget)
{
    auto *side = new Pane(theme, Role::Surface, Qt::RightEdge);
    side->setFixedWidth(theme.scaled(theme.textScale() < largeText ? listWidth : listWidth * 3 / 4));
    auto *sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(0, 8, 1, 8);
    sideLayout->addWidget(m_sections);
    m_sections->setObjectName(u"settingsSections"_s);
    m_sections->setAccessibleName(tr("Sections"));
    m_sections->setProperty("ownFocus", true);
    m_sections->setFrameShape(QFrame::NoFrame);
    auto *delegate = new RowDelegate(
        theme, rowHeight,
        [this](const QModelIndex &index) {
            const bool current = index.row() == m_sections->currentRow();
            return CellLook{.text = index.data().toString(),
                            .style = current ? TextStyle::Heading : TextStyle::Body,
                            .role = current ? Role::Accent : Role::Text,
                            .icon = static_cast<Icon>(index.data(Qt::UserRole).toInt())};
        },
        m_sections);
    delegate->setLines(false);
    m_sections->setItemDelegate(delegate);
    connect(&theme, &Theme::changed, m_sections->viewport(), qOverload<>(&QWidget::update));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(side);
    layout->addWidget(m_pages, 1);

    addSection(Icon::ShieldCheck, tr("Security"));
    addSection(Icon::Database, tr("Vault and backups"));
    addSection(Icon::Globe, tr("Network"));
    addSection(Icon::Sun, tr("Appearance"));
    addSection(Icon::Terminal, tr("Keyboard"));
    addSection(Icon::Info, tr("About"));
    makeSecurity();
    makeVault();
    makeNetwork();
    makeAppearance();
    makeKeyboard();
    makeAbout();
    connect(m_sections, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_sections->setCurrentRow(0);
}

void SettingsPage::addSection(Icon icon, const QString &title)
{
    auto *item = new QListWidgetItem(title, m_sections);
    item->setData(Qt::UserRole, static_cast<int>(icon));
    auto *column = new QWidget;
    column->setMaximumWidth(m_theme.scaled(columnWidth));
    auto *outer = new QVBoxLayout(column);
    outer->setContentsMargins(24, 20, 24, 24);
    outer->setSpacing(16);
    outer->addWidget(new TextLabel(m_theme, title, TextStyle::Section));
    auto *cards = new QVBoxLayout;
    cards->setSpacing(16);
    outer->addLayout(cards);
    outer->addStretch(1);
    m_cards.push_back(cards);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(column);
    m_pages->addWidget(scroll);
}

QVBoxLayout *SettingsPage::addCardWith(SettingsSection section, const QString &title)
{
    auto *card = new Card(m_theme);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(17, 13, 17, 17);
    layout->setSpacing(12);
    if (!title.isEmpty())
        layout->addWidget(new TextLabel(m_theme, title, TextStyle::Heading));
    addCard(section, card);
    return layout;
}

void SettingsPage::addCard(SettingsSection section, QWidget *card)
{
    m_cards.at(static_cast<std::size_t>(section))->addWidget(card);
}

void SettingsPage::addRow(QVBoxLayout &card, const QString &label, const QString &help, QWidget *control)
{
    const bool isLarge = m_theme.textScale() >= largeText;
    auto *row = new QBoxLayout(isLarge ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(isLarge ? 8 : 16);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(m_theme, label, TextStyle::Label));
    if (!help.isEmpty()) {
        auto *small = new TextLabel(m_theme, help, TextStyle::Small, Role::Text3);
        small->setWrapping(true);
        words->addWidget(small);
        control->setAccessibleDescription(help);
    }
    row->addLayout(words, 1);
    row->addWidget(control, 0, isLarge ? Qt::AlignLeft : Qt::AlignVCenter);
    card.addLayout(row);
}

void SettingsPage::makeSecurity()
{
    QVBoxLayout *lock = addCardWith(SettingsSection::Security, tr("Locking"));
    auto *after = new ComboBox(m_theme, tr("Lock when idle"));
    after->setObjectName(u"lockAfter"_s);
    after->setFixedWidth(m_theme.scaled(176));
    const int minutes = static_cast<int>(m_preferences.lockAfter.count());
    fill(*after,
         {{1, tr("After 1 minute")},
          {5, tr("After 5 minutes")},
          {10, tr("After 10 minutes")},
          {15, tr("After 15 minutes")},
          {30, tr("After 30 minutes")},
          {60, tr("After 1 hour")},
          {0, tr("Never")}},
         minutes, tr("After %n minute(s)", nullptr, minutes));
    connect(after, &QComboBox::currentIndexChanged, this, [this, after] {
        Preferences changed = m_preferences;
        changed.lockAfter = std::chrono::minutes(after->currentData().toInt());
        change(changed);
    });
    addRow(*lock, tr("Lock when idle"),
           tr("Without a key or a move of the pointer in this window. A warning comes 30 seconds before."), after);
    lock->addWidget(new Divider(m_theme));
    auto *minimize = new CheckBox(m_theme, tr("Lock when the window is minimized"));
    minimize->setObjectName(u"lockOnMinimize"_s);
    minimize->setChecked(m_preferences.lockOnMinimize);
    connect(minimize, &QAbstractButton::toggled, this, [this](bool on) {
        Preferences changed = m_preferences;
        changed.lockOnMinimize = on;
        change(changed);
    });
    lock->addWidget(minimize);

    QVBoxLayout *tests = addCardWith(SettingsSection::Security, tr("Signing"));
    m_correctsClock =
        new CheckBox(m_theme, tr("Sign by the server’s clock where this computer’s is off by more than 5 s"));
    m_correctsClock->setObjectName(u"correctClock"_s);
    m_correctsClock->setChecked(m_preferences.correctsClock);
    connect(m_correctsClock, &QAbstractButton::toggled, this, [this](bool on) {
        Preferences changed = m_preferences;
        changed.correctsClock = on;
        change(changed);
    });
    tests->addWidget(m_correctsClock);

    QVBoxLayout *reminders = addCardWith(SettingsSection::Security, tr("Keys that expire"));
    auto *remind = new ComboBox(m_theme, tr("Remind of them"));
    remind->setObjectName(u"keyReminder"_s);
    remind->setFixedWidth(m_theme.scaled(176));
    const int days = m_preferences.keyReminderDays;
    fill(*remind,
         {{7, tr("A week before")},
          {14, tr("Two weeks before")},
          {30, tr("30 days before")},
          {60, tr("60 days before")},
          {0, tr("Never")}},
         days, tr("%n day(s) before", nullptr, days));
    connect(remind, &QComboBox::currentIndexChanged, this, [this, remind] {
        Preferences changed = m_preferences;
        changed.keyReminderDays = remind->currentData().toInt();
        change(changed);
    });
    addRow(*reminders, tr("Remind of them"), tr("On the tile and with a notification, where the day is known."),
           remind);

    QVBoxLayout *clipboard = addCardWith(SettingsSection::Security, tr("Clipboard"));
    auto *clear = new ComboBox(m_theme, tr("Clear what was copied"));
    clear->setObjectName(u"clearClipboard"_s);
    clear->setFixedWidth(m_theme.scaled(176));
    const int seconds = static_cast<int>(m_preferences.clearClipboardAfter.count());
    fill(*clear,
         {{10, tr("After 10 seconds")},
          {30, tr("After 30 seconds")},
          {60, tr("After 1 minute")},
          {300, tr("After 5 minutes")},
          {0, tr("Never")}},
         seconds, tr("After %n second(s)", nullptr, seconds));
    connect(clear, &QComboBox::currentIndexChanged, this, [this, clear] {
        Preferences changed = m_preferences;
        changed.clearClipboardAfter = std::chrono::seconds(clear->currentData().toInt());
        change(changed);
    });
    addRow(*clipboard, tr("Clear what was copied"),
           tr("Only if the clipboard still holds it. Also when Credenza locks or quits."), clear);
}

void SettingsPage::makeVault()
{
    QVBoxLayout *card = addCardWith(SettingsSection::Vault, tr("This vault"));
    m_vaultName = new ElidingLabel(m_theme, {});
    m_vaultPath = new ElidingLabel(m_theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2);
    auto *facts = new QGridLayout;
    facts->setHorizontalSpacing(16);
    facts->setVerticalSpacing(8);
    facts->setColumnMinimumWidth(0, m_theme.scaled(112));
    facts->setColumnStretch(1, 1);
    facts->addWidget(new TextLabel(m_theme, tr("Name"), TextStyle::Body, Role::Text3), 0, 0);
    facts->addWidget(m_vaultName, 0, 1);
    facts->addWidget(new TextLabel(m_theme, tr("Location"), TextStyle::Body, Role::Text3), 1, 0);
    facts->addWidget(m_vaultPath, 1, 1);
    card->addLayout(facts);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto *open = new Button(m_theme, tr("Open another vault…"));
    open->setObjectName(u"openAnotherVault"_s);
    open->setLeadingIcon(Icon::FolderOpen);
    auto *lock = new Button(m_theme, tr("Lock now"));
    lock->setLeadingIcon(Icon::Lock);
    buttons->addWidget(open);
    buttons->addWidget(lock);
    buttons->addStretch(1);
    card->addLayout(buttons);
    connect(open, &Button::clicked, this, &SettingsPage::openVaultRequested);
    connect(lock, &Button::clicked, this, &SettingsPage::lockRequested);
}

void SettingsPage::makeNetwork()
{
    auto *card = new NetworkCard(m_theme, m_preferences.network);
    addCard(SettingsSection::Network, card);
    connect(card, &NetworkCard::changed, this, [this](const NetworkChoices &choices) {
        Preferences changed = m_preferences;
        changed.network = choices;
        change(changed);
    });
}

void SettingsPage::makeAppearance()
{
    QVBoxLayout *look = addCardWith(SettingsSection::Appearance, {});
    auto *mode = new SegmentedControl(m_theme, tr("Theme"));
    mode->setObjectName(u"themeMode"_s);
    mode->addSegment(tr("System"), Icon::Monitor);
    mode->addSegment(tr("Light"), Icon::Sun);
    mode->addSegment(tr("Dark"), Icon::Moon);
    mode->setCurrentIndex(static_cast<int>(m_preferences.theme));
    connect(mode, &SegmentedControl::currentChanged, this, [this](int index) {
        Preferences changed = m_preferences;
        changed.theme = static_cast<ThemeMode>(index);
        change(changed);
    });
    addRow(*look, tr("Theme"), tr("System follows the desktop’s setting."), mode);
    look->addWidget(new Divider(m_theme));

    auto *size = new ComboBox(m_theme, tr("Text size"));
    size->setObjectName(u"textSize"_s);
    size->setFixedWidth(m_theme.scaled(176));
    const int percent = m_preferences.textPercent;
    fill(*size,
         {{0, tr("As the desktop")},
          {100, u"100 %"_s},
          {125, u"125 %"_s},
          {150, u"150 %"_s},
          {175, u"175 %"_s},
          {200, u"200 %"_s}},
         percent, tr("%1 %").arg(percent));
    connect(size, &QComboBox::currentIndexChanged, this, [this, size] {
        Preferences changed = m_preferences;
        changed.textPercent = size->currentData().toInt();
        change(changed);
    });
    addRow(*look, tr("Text size"), tr("Takes effect the next time Credenza starts."), size);
    look->addWidget(new Divider(m_theme));

    const auto addCheck = [&](const QString &text, const QString &name, bool Preferences::*member) {
        auto *check = new CheckBox(m_theme, text);
        check->setObjectName(name);
        check->setChecked(m_preferences.*member);
        connect(check, &QAbstractButton::toggled, this, [this, member](bool on) {
            Preferences changed = m_preferences;
            changed.*member = on;
            change(changed);
        });
        look->addWidget(check);
        return check;
    };
    addCheck(tr("High contrast: stronger text, lines and focus"), u"highContrast"_s, &Preferences::highContrast);
    addCheck(tr("Reduce motion: nothing slides or spins"), u"reduceMotion"_s, &Preferences::reducedMotion);
    m_tray = addCheck(tr("Keep running in the system tray when the window is closed"), u"keepInTray"_s,
                      &Preferences::keepInTray);
    m_tray->hide();
}

void SettingsPage::makeKeyboard()
{
    for (const ShortcutGroup &group : shortcutGroups()) {
        QVBoxLayout *card = addCardWith(SettingsSection::Keyboard, group.title);
        auto *grid = new QGridLayout;
        grid->setHorizontalSpacing(16);
        grid->setVerticalSpacing(8);
        grid->setColumnMinimumWidth(0, m_theme.scaled(176));
        grid->setColumnStretch(1, 1);
        int line = 0;
        for (const Shortcut &shortcut : group.shortcuts) {
            grid->addWidget(new KeyCap(m_theme, shortcut.keys), line, 0, Qt::AlignLeft | Qt::AlignVCenter);
            auto *deed = new TextLabel(m_theme, shortcut.deed, TextStyle::Body, Role::Text2);
            deed->setWrapping(true);
            grid->addWidget(deed, line, 1);
            ++line;
        }
        card->addLayout(grid);
    }
}

void SettingsPage::makeAbout()
{
    QVBoxLayout *card = addCardWith(SettingsSection::About, {});
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new IconLabel(m_theme, Icon::Mark, Role::Accent, 32));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new TextLabel(m_theme, u"Credenza"_s, TextStyle::Section));
    auto *purpose =
        new TextLabel(m_theme, tr("Credentials for SMART Backend Services: added, tested, kept, handed over."),
                      TextStyle::Small, Role::Text2);
    purpose->setWrapping(true);
    words->addWidget(purpose);
    head->addLayout(words, 1);
    card->addLayout(head);
    card->addWidget(new Divider(m_theme));
    m_versions = new QGridLayout;
    m_versions->setHorizontalSpacing(16);
    m_versions->setVerticalSpacing(6);
    m_versions->setColumnMinimumWidth(0, m_theme.scaled(144));
    m_versions->setColumnStretch(1, 1);
    card->addLayout(m_versions);
    card->addWidget(new Divider(m_theme));
    auto *licence = new TextLabel(m_theme, tr("Free software under the Apache License 2.0, without warranty."),
                                  TextStyle::Small, Role::Text3);
    licence->setWrapping(true);
    card->addWidget(licence);
}

void SettingsPage::setVersions(const QList<std::pair<QString, QString>> &versions)
{
    int line = 0;
    for (const auto &[name, version] : versions) {
        m_versions->addWidget(new TextLabel(m_theme, name, TextStyle::Body, Role::Text3), line, 0);
        auto *value = new TextLabel(m_theme, version, TextStyle::Mono, Role::Text2);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_versions->addWidget(value, line, 1);
        ++line;
    }
}

void SettingsPage::setTrayAvailable(bool available)
{
    m_tray->setVisible(available);
}

void SettingsPage::setVault(const QString &name, const QString &path)
{
    m_vaultName->setText(name);
    m_vaultPath->setText(path);
}

void SettingsPage::showSection(SettingsSection section)
{
    m_sections->setCurrentRow(static_cast<int>(section));
}

void SettingsPage::setCorrectsClock(bool corrects)
{
    m_correctsClock->setChecked(corrects);
}

SettingsSection SettingsPage::section() const
{
    return static_cast<SettingsSection>(m_sections->currentRow());
}

void SettingsPage::start()
{
    m_sections->setFocus(Qt::OtherFocusReason);
}

void SettingsPage::change(const Preferences &changed)
{
    if (changed == m_preferences)
        return;
    m_preferences = changed;
    applyAppearance(m_preferences, m_theme);
    Q_EMIT preferencesChanged(m_preferences);
}

} // namespace credenza
