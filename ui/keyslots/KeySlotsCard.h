// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"
#include "ui/widgets/Divider.h"

#include <QUuid>

class QVBoxLayout;

namespace credenza
{

class Button;
class Note;

/// The card "Ways to unlock" of the Settings screen: passphrase, recovery code and system keyring, each with what can
/// be done about it. Shows what it is given and says what is wanted; the last lasting way in can't be removed.
class KeySlotsCard final : public Card
{
    Q_OBJECT

public:
    explicit KeySlotsCard(const Theme &theme, QWidget *parent = nullptr);

    /// What opens the vault now. Slots of kinds that this version does not know are shown, and left alone.
    void setSlots(const QList<KeySlotInfo> &slotList);
    /// Something is being done about a slot: no second request until it is.
    void setBusy(bool busy);
    /// Why the last wish could not be done; empty: nothing.
    void setFailure(const QString &text);

Q_SIGNALS:
    void passphraseRequested();
    /// The passphrase slot is to cost what takes about a second on this machine.
    void strengthenRequested();
    void recoveryCodeRequested();
    void keyringRequested(bool on);
    void removeRequested(const QUuid &id, const QString &kind);

private:
    void rebuild();
    struct Deed {
        QString text;
        QString name; ///< object name
        QString spoken;
        std::function<void()> run;
        QString reason; ///< why it can't be done now; empty: it can
    };
    void addRow(Icon icon, const QString &title, const QString &state, const QString &help, const QList<Deed> &deeds);
    [[nodiscard]] const KeySlotInfo *slotOf(const QString &kind) const;
    [[nodiscard]] Deed removal(const KeySlotInfo &slot, const QString &objectName, const QString &spoken);

    const Theme &m_theme;
    QList<KeySlotInfo> m_slots;
    QVBoxLayout *m_rows;
    Note *m_failure;
    bool m_busy = false;
};

} // namespace credenza
