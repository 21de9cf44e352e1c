// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/IdentitiesCard.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qreal largeText = 1.5; // from here on the button stands below its field

} // namespace

IdentitiesCard::IdentitiesCard(const Theme &theme, QWidget &host, VaultSession &session, QWidget *parent)
    : Card(theme, Role::Surface, parent), m_theme(theme), m_host(host), m_session(session), m_rows(new QVBoxLayout),
      m_none(new TextLabel(theme, tr("None yet."), TextStyle::Body, Role::Text3)),
      m_failure(new Note(theme, NoteKind::Error, {})), m_label(new LineEdit(theme)),
      m_make(new Button(theme, tr("&Make an identity")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(17, 13, 17, 17);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, tr("Identities for encrypted bundles"), TextStyle::Heading));
    auto *help = new TextLabel(theme,
                               tr("Give the recipient (age1…) to whoever shall send you bundles: this vault then opens "
                                  "them by itself, without a passphrase. The secret half stays in the vault."),
                               TextStyle::Small, Role::Text3);
    help->setWrapping(true);
    layout->addWidget(help);
    m_failure->setObjectName(u"identityFailure"_s);
    m_failure->hide();
    layout->addWidget(m_failure);
    layout->addWidget(m_none);
    m_rows->setSpacing(8);
    layout->addLayout(m_rows);
    layout->addWidget(new Divider(theme));
    const bool isLarge = theme.textScale() >= largeText;
    auto *row = new QBoxLayout(isLarge ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    row->setSpacing(8);
    m_label->setPlaceholder(tr("What it is for, if you like"));
    m_label->edit()->setObjectName(u"identityLabel"_s);
    m_label->edit()->setAccessibleName(tr("What the identity is for"));
    m_label->edit()->setMaxLength(200);
    m_make->setObjectName(u"makeIdentity"_s);
    m_make->setLeadingIcon(Icon::Plus);
    row->addWidget(m_label, 1);
    row->addWidget(m_make, 0, isLarge ? Qt::AlignLeft : Qt::AlignVCenter);
    layout->addLayout(row);

    connect(m_make, &Button::clicked, this, &IdentitiesCard::make);
    connect(m_label->edit(), &QLineEdit::returnPressed, this, &IdentitiesCard::make);
    connect(&session, &VaultSession::stateChanged, this, &IdentitiesCard::reload);
    reload();
}

void IdentitiesCard::showEvent(QShowEvent *event)
{
    Card::showEvent(event);
    reload(); // the command line may have made one meanwhile
}

void IdentitiesCard::reload()
{
    m_make->setDisabledReason(m_session.state() == VaultSession::State::Unlocked ? QString()
                                                                                 : tr("Unlock the vault first."));
    if (m_session.state() != VaultSession::State::Unlocked) {
        m_failure->hide();
        showIdentities({});
        return;
    }
    const auto work = [](Vault &vault) { return keptIdentities(vault); };
    m_session.withVault<QList<KeptIdentity>>(
        this, work, [this](Result<QList<KeptIdentity>> answer) { takeAnswer(std::move(answer)); });
}

void IdentitiesCard::takeAnswer(Result<QList<KeptIdentity>> answer)
{
    m_make->setBusy(false);
    m_failure->setVisible(!answer);
    if (answer) {
        showIdentities(*answer);
        return;
    }
    const Error &error = answer.error();
    m_failure->setNote(NoteKind::Error, error.hint.isEmpty() ? error.message : error.message + u' ' + error.hint);
    m_failure->announce();
}

void IdentitiesCard::showIdentities(const QList<KeptIdentity> &identities)
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_none->setVisible(identities.isEmpty());
    for (const KeptIdentity &kept : identities)
        addRow(kept);
}

void IdentitiesCard::addRow(const KeptIdentity &kept)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    const QString made = QLocale().toString(kept.createdAt.toLocalTime().date(), QLocale::ShortFormat);
    words->addWidget(new ElidingLabel(
        m_theme, kept.label.isEmpty() ? tr("Made %1").arg(made) : tr("%1, made %2").arg(kept.label, made),
        Qt::ElideRight, TextStyle::Label));
    auto *recipient = new ElidingLabel(m_theme, kept.recipient, Qt::ElideMiddle, TextStyle::Mono, Role::Text2);
    recipient->setObjectName(u"identityRecipient"_s);
    words->addWidget(recipient);
    row->addLayout(words, 1);
    auto *copy = new IconButton(m_theme, Icon::Copy, tr("Copy the recipient"));
    copy->setObjectName(u"copyRecipient"_s);
    auto *remove = new IconButton(m_theme, Icon::Trash, tr("Remove the identity"));
    remove->setObjectName(u"removeIdentity"_s);
    row->addWidget(copy);
    row->addWidget(remove);
    m_rows->addWidget(widget);
    connect(copy, &QAbstractButton::clicked, this,
            [this, text = kept.recipient] { Q_EMIT copyRequested(tr("Recipient"), text); });
    connect(remove, &QAbstractButton::clicked, this, [this, kept] { askToRemove(kept); });
}

void IdentitiesCard::make()
{
    if (m_session.state() != VaultSession::State::Unlocked || m_make->isBusy())
        return;
    m_make->setBusy(true);
    const auto work = [label = m_label->text(), &session = m_session](Vault &vault) -> Result<QList<KeptIdentity>> {
        SystemRandom random;
        TRY(makeIdentity(vault, label, session.clock(), random));
        return keptIdentities(vault);
    };
    m_label->edit()->clear();
    m_session.withVault<QList<KeptIdentity>>(
        this, work, [this](Result<QList<KeptIdentity>> answer) { takeAnswer(std::move(answer)); });
}

void IdentitiesCard::askToRemove(const KeptIdentity &kept)
{
    auto *question = new ConfirmPanel(
        m_theme, m_host,
        {.title = tr("Remove this identity?"),
         .text = tr("Bundles that were encrypted for %1 can't be opened any more, also those that are under way.")
                     .arg(kept.label.isEmpty() ? kept.recipient.left(16) + u"…"_s : kept.label),
         .keep = tr("Keep it"),
         .deed = tr("Remove the identity")});
    question->setObjectName(u"removeIdentityQuestion"_s);
    connect(question, &ConfirmPanel::confirmed, this, [this, recipient = kept.recipient] { remove(recipient); });
    question->ask();
}

void IdentitiesCard::remove(const QString &recipient)
{
    const auto work = [recipient](Vault &vault) -> Result<QList<KeptIdentity>> {
        TRY(removeIdentity(vault, recipient));
        return keptIdentities(vault);
    };
    m_session.withVault<QList<KeptIdentity>>(
        this, work, [this](Result<QList<KeptIdentity>> answer) { takeAnswer(std::move(answer)); });
}

} // namespace credenza
