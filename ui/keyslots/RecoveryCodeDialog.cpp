// SPDX-License-Identifier: Apache-2.0
#include "ui/keyslots/RecoveryCodeDialog.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int groupsInLine = 5;
constexpr qsizetype groupSize = 4;

} // namespace

RecoveryCodeDialog::RecoveryCodeDialog(const Theme &theme, QWidget &host, RecoverySheetText text)
    : Scrim(theme, host, 8), m_text(std::move(text)), m_groups(new QGridLayout),
      m_failure(new Note(theme, NoteKind::Error, {})), m_save(new Button(theme, tr("Save as PDF to print…"))),
      m_copy(new Button(theme, tr("Copy"))),
      m_keeps(new CheckBox(theme, tr("I keep the recovery code in a safe place, away from this computer"))),
      m_decline(new Button(theme, tr("Do without"))), m_done(new Button(theme, tr("Done"), ButtonKind::Primary))
{
    panel().setObjectName(u"recoveryCodePanel"_s);
    panel().setAccessibleName(tr("Recovery code"));
    m_save->setObjectName(u"saveRecoveryCode"_s);
    m_save->setLeadingIcon(Icon::Printer);
    m_copy->setObjectName(u"copyRecoveryCode"_s);
    m_copy->setLeadingIcon(Icon::Copy);
    m_keeps->setObjectName(u"keepsRecoveryCode"_s);
    m_decline->setObjectName(u"declineRecoveryCode"_s);
    m_done->setObjectName(u"recoveryCodeDone"_s);
    m_failure->setObjectName(u"recoveryCodeFailure"_s);

    auto *layout = new QVBoxLayout(&panel());
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(new TextLabel(theme, tr("Recovery code"), TextStyle::Section));
    auto *why = new TextLabel(
        theme, tr("It opens this vault if the passphrase is lost, which can’t be reset. It is shown once, now."),
        TextStyle::Body, Role::Text2);
    why->setWrapping(true);
    column->addWidget(why);
    auto *card = new Card(theme, Role::Sunken);
    card->setObjectName(u"recoveryCode"_s);
    card->setLayout(m_groups);
    card->setMinimumHeight(theme.scaled(88));
    m_groups->setContentsMargins(16, 16, 16, 16);
    m_groups->setHorizontalSpacing(16);
    m_groups->setVerticalSpacing(8);
    column->addWidget(card);
    m_failure->hide();
    column->addWidget(m_failure);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(8);
    ways->addWidget(m_save);
    ways->addWidget(m_copy);
    ways->addStretch(1);
    column->addLayout(ways);
    column->addWidget(m_keeps);
    layout->addLayout(column);
    layout->addWidget(new Divider(theme));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(24, 16, 24, 16);
    foot->setSpacing(12);
    foot->addStretch(1);
    foot->addWidget(m_decline);
    foot->addWidget(m_done);
    layout->addLayout(foot);

    m_save->setDisabledReason(tr("The code is being made"));
    m_copy->setDisabledReason(tr("The code is being made"));
    m_done->setDisabledReason(tr("Say first that you keep the code"));
    connect(m_save, &Button::clicked, this, &RecoveryCodeDialog::save);
    connect(m_copy, &Button::clicked, this, [this] {
        copyToClipboard(QString::fromLatin1(m_code.charView()));
        Q_EMIT copied();
    });
    connect(m_keeps, &QAbstractButton::toggled, this, [this](bool keeps) {
        m_done->setDisabledReason(!keeps || m_code.isEmpty() ? tr("Say first that you keep the code") : QString());
    });
    connect(m_decline, &Button::clicked, this, [this] { finish(false); });
    connect(m_done, &Button::clicked, this, [this] { finish(true); });
    connect(this, &Scrim::requestClose, this, [this] { finish(m_keeps->isChecked()); });
    connect(this, &Scrim::closed, this, &QObject::deleteLater);
}

QRect RecoveryCodeDialog::panelGeometry() const
{
    const int wide = std::min(theme().scaled(560), width() - 48);
    const int high = panel().layout()->heightForWidth(wide);
    return {(width() - wide) / 2, std::max(24, (height() - high) / 3), wide, high};
}

void RecoveryCodeDialog::ask()
{
    open(m_keeps);
}

void RecoveryCodeDialog::showCode(SecretBytes code)
{
    m_code = std::move(code);
    const QByteArrayView all = m_code.charView();
    int number = 0;
    for (qsizetype at = 0; at < all.size(); at += groupSize + 1, ++number) {
        auto *group = new TextLabel(theme(), QString::fromLatin1(all.sliced(at, std::min(groupSize, all.size() - at))),
                                    TextStyle::Mono);
        group->setAccessibleName(tr("Group %1: %2").arg(number + 1).arg(group->text()));
        m_groups->addWidget(group, number / groupsInLine, number % groupsInLine, Qt::AlignCenter);
    }
    m_save->setDisabledReason({});
    m_copy->setDisabledReason({});
    placePanel();
    m_save->setFocus(Qt::OtherFocusReason);
}

void RecoveryCodeDialog::showFailure(const QString &message)
{
    m_failure->setNote(NoteKind::Error, message);
    m_failure->show();
    m_failure->announce();
    placePanel();
}

void RecoveryCodeDialog::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the recovery code"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"pdf"_s);
    dialog->setNameFilter(tr("PDF (*.pdf)"));
    dialog->selectFile(tr("recovery code of %1").arg(m_text.vaultName) + u".pdf"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &RecoveryCodeDialog::writeTo);
    dialog->open();
}

void RecoveryCodeDialog::writeTo(const QString &path)
{
    if (const auto written = writeRecoverySheet(path, m_code, m_text); !written)
        showFailure((written.error().message + u' ' + written.error().hint).trimmed());
    else
        Q_EMIT saved(path);
}

void RecoveryCodeDialog::finish(bool keeps)
{
    if (m_isFinished || (keeps && m_code.isEmpty()))
        return;
    m_isFinished = true;
    close();
    if (keeps)
        Q_EMIT kept();
    else
        Q_EMIT declined();
}

} // namespace credenza
