// SPDX-License-Identifier: Apache-2.0
#include "ui/backups/BackupsCard.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qreal largeText = 1.5; // from here on controls stand below their words
constexpr qsizetype mostRows = 12;

TextLabel *smallText(const Theme &theme, const QString &text)
{
    auto *label = new TextLabel(theme, text, TextStyle::Small, Role::Text3);
    label->setWrapping(true);
    return label;
}

/// Words at the left, a control at the right; below each other where the text is large.
QBoxLayout *rowOf(const Theme &theme, QLayout *words, QWidget *control)
{
    const bool isLarge = theme.textScale() >= largeText;
    auto *row = new QBoxLayout(isLarge ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(isLarge ? 8 : 16);
    row->addLayout(words, 1);
    row->addWidget(control, 0, isLarge ? Qt::AlignLeft : Qt::AlignVCenter);
    return row;
}

} // namespace

QString momentOf(const RollingBackup &backup)
{
    return QLocale().toString(backup.madeAt.toLocalTime(), QLocale::ShortFormat);
}

BackupsCard::BackupsCard(const Theme &theme, QWidget *parent)
    : Card(theme, Role::Surface, parent), m_theme(theme),
      m_isOn(new CheckBox(theme, tr("Make a &backup once a day the vault is used"))),
      m_keep(new ComboBox(theme, tr("How many are kept"))),
      m_folder(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2)),
      m_choose(new Button(theme, tr("Choose…"), ButtonKind::Secondary, ButtonSize::Compact)),
      m_beside(new Button(theme, tr("Beside the vault"), ButtonKind::Secondary, ButtonSize::Compact)),
      m_now(new Button(theme, tr("Back up &now"))), m_failure(new Note(theme, NoteKind::Error, {})),
      m_summary(smallText(theme, {})), m_rows(new QVBoxLayout)
{
    setObjectName(u"backups"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(17, 13, 17, 17);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, tr("Backups"), TextStyle::Heading));
    m_failure->setObjectName(u"backupFailure"_s);
    m_failure->hide();
    layout->addWidget(m_failure);

    m_isOn->setObjectName(u"makeBackups"_s);
    const QString help = tr("A sealed copy of the whole file. It opens with the passphrase of its day.");
    m_isOn->setAccessibleDescription(help);
    auto *on = new QVBoxLayout;
    on->setSpacing(2);
    on->addWidget(m_isOn);
    on->addWidget(smallText(theme, help));
    layout->addLayout(on);
    connect(m_isOn, &QAbstractButton::toggled, this, [this](bool isOn) {
        BackupPlan plan = m_shown ? m_shown->plan : BackupPlan();
        plan.isOn = isOn;
        change(plan);
    });
    layout->addWidget(new Divider(theme));

    m_keep->setObjectName(u"keepBackups"_s);
    m_keep->setFixedWidth(theme.scaled(176));
    auto *keepWords = new QVBoxLayout;
    keepWords->setSpacing(0);
    keepWords->addWidget(new TextLabel(theme, tr("How many are kept"), TextStyle::Label));
    keepWords->addWidget(smallText(theme, tr("The oldest goes when one more is made.")));
    layout->addLayout(rowOf(theme, keepWords, m_keep));
    connect(m_keep, &QComboBox::currentIndexChanged, this, [this] {
        BackupPlan plan = m_shown ? m_shown->plan : BackupPlan();
        plan.keep = m_keep->currentData().toInt();
        change(plan);
    });
    layout->addWidget(new Divider(theme));

    m_folder->setObjectName(u"backupFolder"_s);
    m_choose->setObjectName(u"chooseBackupFolder"_s);
    m_choose->setAccessibleName(tr("Choose the folder for backups"));
    m_beside->setObjectName(u"backupsBesideVault"_s);
    m_beside->setAccessibleName(tr("Keep backups beside the vault"));
    auto *folderWords = new QVBoxLayout;
    folderWords->setSpacing(2);
    folderWords->addWidget(new TextLabel(theme, tr("Folder"), TextStyle::Label));
    folderWords->addWidget(m_folder);
    folderWords->addWidget(
        smallText(theme, tr("On another disk they outlive this one. Those made before stay where they are.")));
    auto *folderButtons = new QWidget;
    auto *buttons = new QHBoxLayout(folderButtons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(8);
    buttons->addWidget(m_choose);
    buttons->addWidget(m_beside);
    layout->addLayout(rowOf(theme, folderWords, folderButtons));
    connect(m_choose, &Button::clicked, this, &BackupsCard::folderRequested);
    connect(m_beside, &Button::clicked, this, [this] {
        BackupPlan plan = m_shown ? m_shown->plan : BackupPlan();
        plan.folder.clear();
        change(plan);
    });
    layout->addWidget(new Divider(theme));

    m_now->setObjectName(u"backUpNow"_s);
    m_now->setLeadingIcon(Icon::Database);
    auto *listWords = new QVBoxLayout;
    listWords->setSpacing(0);
    listWords->addWidget(new TextLabel(theme, tr("What there is"), TextStyle::Label));
    m_summary->setObjectName(u"backupSummary"_s);
    listWords->addWidget(m_summary);
    layout->addLayout(rowOf(theme, listWords, m_now));
    connect(m_now, &Button::clicked, this, &BackupsCard::backupRequested);
    m_rows->setSpacing(8);
    layout->addLayout(m_rows);
    setBackups(std::nullopt);
}

void BackupsCard::setBackups(const std::optional<ShownBackups> &shown)
{
    m_shown = shown;
    showPlan();
    showList();
    updateButtons();
}

void BackupsCard::setBusy(bool busy)
{
    m_busy = busy;
    updateButtons();
}

void BackupsCard::setFailure(const QString &text)
{
    m_failure->setNote(NoteKind::Error, text);
    m_failure->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        m_failure->announce();
}

void BackupsCard::change(const BackupPlan &plan)
{
    if (m_isShowing || !m_shown)
        return;
    m_shown->plan = plan;
    Q_EMIT planChanged(plan);
}

void BackupsCard::showPlan()
{
    m_isShowing = true;
    const BackupPlan plan = m_shown ? m_shown->plan : BackupPlan();
    m_isOn->setChecked(plan.isOn);
    m_keep->clear();
    QList<int> numbers{3, 5, 10, 30, 100};
    if (!numbers.contains(plan.keep))
        numbers.append(plan.keep);
    for (const int number : std::as_const(numbers))
        m_keep->addItem(tr("The last %n", nullptr, number), number);
    m_keep->setCurrentIndex(m_keep->findData(plan.keep));
    m_folder->setText(m_shown ? QDir::toNativeSeparators(m_shown->folder) : QString());
    m_isShowing = false;
}

void BackupsCard::showList()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // a button in it may be what led here
        delete item;
    }
    const auto backups = m_shown ? m_shown->backups : QList<RollingBackup>();
    qint64 size = 0;
    for (const RollingBackup &backup : backups)
        size += backup.size;
    const QString sum = QLocale().formattedDataSize(size, 1);
    m_summary->setContent(!m_shown ? tr("Unlock the vault to see them.")
                          : backups.isEmpty()
                              ? tr("None yet.")
                              : tr("%n backup(s), %1", nullptr, static_cast<int>(backups.size())).arg(sum));
    for (const RollingBackup &backup : backups.first(std::min(backups.size(), mostRows)))
        addRow(backup);
    if (backups.size() > mostRows)
        m_rows->addWidget(smallText(
            m_theme, tr("%n older one(s) in the folder.", nullptr, static_cast<int>(backups.size() - mostRows))));
}

void BackupsCard::addRow(const RollingBackup &backup)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    const QString moment = momentOf(backup);
    const QString size = QLocale().formattedDataSize(backup.size, 1);
    auto *when = new TextLabel(m_theme, moment);
    when->setMinimumWidth(m_theme.scaled(144)); // so that the sizes stand below each other
    row->addWidget(when);
    row->addWidget(new TextLabel(m_theme, size, TextStyle::Small, Role::Text3));
    row->addStretch(1);
    auto *restore = new Button(m_theme, tr("Restore…"), ButtonKind::Secondary, ButtonSize::Compact);
    restore->setObjectName(u"restoreBackup"_s);
    restore->setAccessibleName(tr("Restore the backup of %1").arg(moment));
    restore->setAccessibleDescription(size);
    connect(restore, &Button::clicked, this, [this, backup] { Q_EMIT restoreRequested(backup); });
    row->addWidget(restore);
    m_rows->addWidget(widget);
}

void BackupsCard::updateButtons()
{
    const QString reason = !m_shown ? tr("Unlock the vault first.") : m_busy ? tr("One moment") : QString();
    const bool isBeside = m_shown && m_shown->plan.folder.isEmpty();
    m_isOn->setEnabled(reason.isEmpty());
    m_keep->setEnabled(reason.isEmpty());
    m_choose->setDisabledReason(reason);
    m_beside->setDisabledReason(!reason.isEmpty() ? reason : isBeside ? tr("That is where they go.") : QString());
    m_now->setDisabledReason(!m_shown ? reason : QString());
    m_now->setBusy(m_busy);
    for (int i = 0; i < m_rows->count(); ++i)
        if (auto *restore = m_rows->itemAt(i)->widget()->findChild<Button *>(u"restoreBackup"_s))
            restore->setDisabledReason(reason);
}

} // namespace credenza
