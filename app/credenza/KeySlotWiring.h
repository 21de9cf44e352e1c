// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "ui/keyslots/KeySlotsCard.h"
#include "ui/session/VaultSession.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"

#include <QObject>

namespace credenza
{

/// Wires the ways to unlock: the card in Settings, changing the passphrase, making a recovery code, and the keyring.
class KeySlotWiring final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the wiring. Adds its card to `settings`.
    KeySlotWiring(const Theme &theme, MainWindow &window, VaultSession &session, SettingsPage &settings);

    /// The slots may have changed: reads them anew.
    void reload();
    /// Makes a recovery code and shows it, once. `then` is called when the person has dealt with it.
    void makeRecoveryCode(const std::function<void()> &then = {});
    /// `why` is a sentence for the person.
    void changePassphrase(const QString &why);
    void setKeyring(bool on);

private:
    void strengthen();
    /// What came of a passphrase that had to be proved.
    void takeProof(const Result<void> &proved);
    void remove(const QUuid &id, const QString &kind);
    void dropRecoveryCode();
    /// Runs `work` with the vault, then shows what the slots are, and `done` as a toast.
    void doWithSlots(std::function<Result<void>(Vault &)> work, const QString &done,
                     std::function<void(const Result<void> &)> then = {});

    const Theme &m_theme;
    MainWindow &m_window;
    VaultSession &m_session;
    KeySlotsCard *m_card;
    int m_wrongProofs = 0; ///< passphrases in a row that were not it
};

} // namespace credenza
