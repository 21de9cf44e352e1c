// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/base/SecretBytes.h"
#include "ui/theme/Theme.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

namespace credenza
{

class BrandPanel;
class Button;
class FormField;
class SecretEdit;
class TextLabel;

/// What the unlock screen says about the vault it opens.
struct VaultToUnlock {
    QString name;
    QString path;
    /// Why it is locked, in a sentence ("Locked at 12:47 after 10 minutes without input."); empty on the first start.
    QString reason;
};

/// The unlock screen: one passphrase, and plain words when it is wrong. After the second failure in a row each further
/// try waits twice as long as the one before, up to 30 s.
///
/// The page never sees a vault: unlockRequested() asks its owner to takePassphrase(), try it, and call succeed() or
/// showFailure().
class UnlockPage final : public QWidget
{
    Q_OBJECT

public:
    explicit UnlockPage(const Theme &theme, QWidget *parent = nullptr);

    void setVault(const VaultToUnlock &vault);
    /// Which ways this vault has beside the passphrase.
    void setWays(bool hasKeyring, bool hasRecoveryCode);
    /// Whether what takePassphrase() gives is a recovery code.
    [[nodiscard]] bool takesRecoveryCode() const { return m_isRecovery; }
    /// The passphrase as typed; empties the input.
    [[nodiscard]] SecretBytes takePassphrase();
    /// Shows that the passphrase is being tried; the input waits.
    void setBusy(bool busy);
    /// The vault opened: forgets failures and empties the input.
    void succeed();
    /// The vault did not open. A wrong passphrase (vault.wrong-passphrase) counts towards the wait; anything else is
    /// shown.
    void showFailure(const Error &error);
    /// Puts the focus into the passphrase.
    void start();
    /// How long the next try has to wait, in whole seconds from now.
    [[nodiscard]] int secondsToWait() const { return m_wait; }

Q_SIGNALS:
    void unlockRequested();
    /// The system's keyring is to open the vault; answer as to unlockRequested().
    void keyringRequested();
    void openAnotherRequested();
    void createNewRequested();
    void quitRequested();

private:
    void submit();
    void tick();
    void refreshButton();
    void setRecovery(bool isRecovery);

    const Theme &m_theme;
    BrandPanel *m_brand;
    TextLabel *m_title;
    TextLabel *m_subtitle;
    SecretEdit *m_passphrase;
    FormField *m_field;
    QWidget *m_capsLock;
    Button *m_unlock;
    QWidget *m_or;
    Button *m_keyring;
    Button *m_recovery = nullptr;
    QTimer m_second;
    QString m_path; ///< of the vault shown
    QHash<QString, int> m_failures; ///< in a row, of each vault: looking at another one forgives nothing
    int m_wait = 0;
    bool m_busy = false;
    bool m_isRecovery = false;
};

} // namespace credenza
