// SPDX-License-Identifier: Apache-2.0
#include "ui/keyslots/KeySlotsCard.h"

#include "core/vault/KeySlot.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qreal largeText = 1.5;

bool isLasting(const KeySlotInfo &slot)
{
    return slot.kind == passphraseSlotKind() || slot.kind == recoverySlotKind();
}

} // namespace

KeySlotsCard::KeySlotsCard(const Theme &theme, QWidget *parent)
    : Card(theme, Role::Surface), m_theme(theme), m_rows(new QVBoxLayout),
      m_failure(new Note(theme, NoteKind::Error, {}))
{
    setParent(parent);
    setObjectName(u"keySlots"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(17, 13, 17, 17);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(theme, tr("Ways to unlock"), TextStyle::Heading));
    m_failure->setObjectName(u"keySlotsFailure"_s);
    m_failure->hide();
    layout->addWidget(m_failure);
    m_rows->setSpacing(12);
    layout->addLayout(m_rows);
    rebuild();
}

void KeySlotsCard::setSlots(const QList<KeySlotInfo> &slotList)
{
    m_slots = slotList;
    rebuild();
}

void KeySlotsCard::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    rebuild();
}

void KeySlotsCard::setFailure(const QString &text)
{
    m_failure->setNote(NoteKind::Error, text);
    m_failure->setVisible(!text.isEmpty());
    if (!text.isEmpty())
        m_failure->announce();
}

const KeySlotInfo *KeySlotsCard::slotOf(const QString &kind) const
{
    const auto found = std::ranges::find(m_slots, kind, &KeySlotInfo::kind);
    return found == m_slots.end() ? nullptr : &*found;
}

KeySlotsCard::Deed KeySlotsCard::removal(const KeySlotInfo &slot, const QString &objectName, const QString &spoken)
{
    const auto lasting = std::ranges::count_if(m_slots, isLasting);
    const bool isLast = isLasting(slot) && lasting < 2;
    return {tr("Remove"), objectName, spoken,
            [this, id = slot.id, kind = slot.kind] { Q_EMIT removeRequested(id, kind); },
            isLast ? tr("A vault must keep a passphrase or a recovery code") : QString()};
}

void KeySlotsCard::rebuild()
{
    // The control that has the focus is made anew: it keeps it.
    const QWidget *focused = QApplication::focusWidget();
    const QString focusName = focused && isAncestorOf(focused) ? focused->objectName() : QString();
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }

    QList<Deed> deeds;
    const KeySlotInfo *passphrase = slotOf(passphraseSlotKind());
    if (passphrase) {
        deeds = {{tr("Change…"),
                  u"changePassphrase"_s,
                  tr("Change the passphrase"),
                  [this] { Q_EMIT passphraseRequested(); },
                  {}},
                 {tr("Strengthen…"),
                  u"strengthenPassphrase"_s,
                  tr("Make each try of the passphrase cost more"),
                  [this] { Q_EMIT strengthenRequested(); },
                  {}},
                 removal(*passphrase, u"removePassphrase"_s, tr("Remove the passphrase"))};
    } else {
        deeds = {{tr("Choose…"),
                  u"changePassphrase"_s,
                  tr("Choose a passphrase"),
                  [this] { Q_EMIT passphraseRequested(); },
                  {}}};
    }
    addRow(Icon::Key, tr("Passphrase"),
           !passphrase ? tr("None")
           : passphrase->kdf
               ? tr("Argon2id, %1 MiB, %n pass(es)", nullptr, passphrase->kdf->passes).arg(passphrase->kdf->memoryMiB)
               : tr("Set"),
           tr("Copies of the vault made before still open with the passphrase they had."), deeds);

    const KeySlotInfo *recovery = slotOf(recoverySlotKind());
    deeds = {{recovery ? tr("Make a new one…") : tr("Make one…"),
              u"makeRecoveryCode"_s,
              tr("Make a recovery code"),
              [this] { Q_EMIT recoveryCodeRequested(); },
              {}}};
    if (recovery)
        deeds << removal(*recovery, u"removeRecoveryCode"_s, tr("Remove the recovery code"));
    addRow(Icon::FileText, tr("Recovery code"), recovery ? tr("Made") : tr("None"),
           tr("On paper, for the day the passphrase is lost."), deeds);

    const KeySlotInfo *keyring = slotOf(keyringSlotKind());
    deeds = {{keyring ? tr("Turn off") : tr("Turn on"),
              u"switchKeyring"_s,
              keyring ? tr("No longer unlock with the system keyring") : tr("Unlock with the system keyring"),
              [this, on = keyring == nullptr] { Q_EMIT keyringRequested(on); },
              {}}};
    addRow(Icon::Fingerprint, tr("System keyring"), keyring ? tr("On") : tr("Off"),
           tr("Opens without typing while you are logged in; every program of your session could ask it."), deeds);

    for (const KeySlotInfo &slot : std::as_const(m_slots))
        if (!isLasting(slot) && slot.kind != keyringSlotKind())
            addRow(Icon::Lock, slot.kind, tr("Of a newer version"), {},
                   {removal(slot, u"removeOther"_s, tr("Remove this way to unlock"))});

    if (!focusName.isEmpty())
        if (auto *again = findChild<QWidget *>(focusName))
            again->setFocus(Qt::OtherFocusReason);
}

void KeySlotsCard::addRow(Icon icon, const QString &title, const QString &state, const QString &help,
                          const QList<Deed> &deeds)
{
    auto *row = new QWidget;
    auto *whole = new QHBoxLayout(row);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(12);
    whole->addWidget(new IconLabel(m_theme, icon, Role::Text2, 20), 0, Qt::AlignTop);
    // One button has room beside the words; several stand below them.
    const bool isBelow = deeds.size() > 1 || m_theme.textScale() >= largeText;
    auto *across = new QBoxLayout(isBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    across->setSpacing(isBelow ? 8 : 12);
    whole->addLayout(across, 1);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new TextLabel(m_theme, title, TextStyle::Label));
    auto *present = new TextLabel(m_theme, state, TextStyle::Small, Role::Text2);
    present->setWrapping(true);
    head->addWidget(present, 1);
    words->addLayout(head);
    if (!help.isEmpty()) {
        auto *small = new TextLabel(m_theme, help, TextStyle::Small, Role::Text3);
        small->setWrapping(true);
        words->addWidget(small);
    }
    across->addLayout(words, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (const Deed &deed : deeds) {
        auto *button = new Button(m_theme, deed.text, ButtonKind::Secondary, ButtonSize::Compact);
        button->setObjectName(deed.name);
        button->setAccessibleName(deed.spoken);
        button->setAccessibleDescription(u"%1: %2. %3"_s.arg(title, state, help).trimmed());
        button->setDisabledReason(m_busy ? tr("One moment") : deed.reason);
        connect(button, &Button::clicked, this, deed.run, Qt::QueuedConnection); // which may make the row anew
        buttons->addWidget(button);
    }
    if (isBelow)
        buttons->addStretch(1);
    across->addLayout(buttons);
    if (m_rows->count() > 0)
        m_rows->addWidget(new Divider(m_theme));
    m_rows->addWidget(row);
}

} // namespace credenza
