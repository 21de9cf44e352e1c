// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"
#include "core/base/SecretBytes.h"
#include "ui/theme/Theme.h"

#include <QTimer>
#include <QWidget>

namespace credenza
{

class Button;
class CheckBox;
class FormField;
class LineEdit;
class SecretEdit;
class StrengthBar;
class TextLabel;

/// The first screen: create a vault. Name, location, passphrase twice with an estimate of its strength.
///
/// The page never makes a vault: createRequested() asks its owner to read vaultName(), location() and
/// takePassphrase(), to create it, and to call showFailure() if that fails.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    /// `path`: the file that the next start looks for. It is offered as it is until the name is edited; where there is
    /// a file of that name already, the name makes another one beside it.
    WelcomePage(const Theme &theme, const QString &path, QWidget *parent = nullptr);
    ~WelcomePage() override;

    [[nodiscard]] QString vaultName() const;
    /// The place was said already (on the command line): the name no longer changes it.
    void keepLocation();
    /// Absolute path of the file to create.
    [[nodiscard]] QString location() const;
    /// The passphrase as typed; empties both inputs.
    [[nodiscard]] SecretBytes takePassphrase();
    /// What is to be set up once the vault is there.
    [[nodiscard]] bool wantsKeyring() const;
    [[nodiscard]] bool wantsRecoveryCode() const;
    /// Shows that the vault is being created (the key derivation takes its time).
    void setBusy(bool busy);
    void showFailure(const Error &error);
    /// Says below "Try the local sandbox" how that goes; empty: nothing.
    void setSandboxStatus(const QString &text);
    /// Puts the focus into the first input.
    void start();

Q_SIGNALS:
    void createRequested();
    /// "Open an existing vault…" was chosen: the path of the file.
    void openExistingRequested(const QString &path);
    void sandboxRequested();
    void quitRequested();

private:
    void chooseLocation();
    void chooseExisting();
    void submit();
    void followName();
    void estimate();
    void checkRepeat(bool leaving);
    void refreshButton();
    [[nodiscard]] QString missing() const;
    [[nodiscard]] QWidget *setupPane();

    const Theme &m_theme;
    QString m_folder;
    LineEdit *m_name;
    LineEdit *m_location;
    SecretEdit *m_passphrase;
    SecretEdit *m_repeat;
    FormField *m_nameField;
    FormField *m_locationField;
    FormField *m_passphraseField;
    FormField *m_repeatField;
    StrengthBar *m_strength;
    TextLabel *m_verdict;
    CheckBox *m_keyring;
    CheckBox *m_recovery;
    Button *m_create;
    TextLabel *m_sandboxStatus;
    QTimer m_pause;
    bool m_locationChosen = false;
    bool m_acceptable = false;
    bool m_repeated = false;
};

} // namespace credenza
