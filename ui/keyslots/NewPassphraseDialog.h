// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "ui/widgets/Scrim.h"

namespace credenza
{

class Button;
class FormField;
class SecretEdit;
class StrengthBar;
class TextLabel;

/// Asks for a new passphrase, twice, with an estimate of its strength. chosen() asks its owner to takePassphrase(), to
/// use it, and to call succeed() or showFailure(). Deletes itself once closed.
class NewPassphraseDialog final : public Scrim
{
    Q_OBJECT

public:
    /// `why`: a sentence below the title. `known`: words that make a passphrase easy to guess here (the vault's name).
    NewPassphraseDialog(const Theme &theme, QWidget &host, const QString &why, QStringList known);
    ~NewPassphraseDialog() override;

    void ask();
    /// The passphrase as typed; empties both inputs.
    [[nodiscard]] SecretBytes takePassphrase();
    void succeed() { close(); }
    void showFailure(const QString &text);

Q_SIGNALS:
    void chosen();

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    void refresh();
    void submit();
    [[nodiscard]] QString objection() const;

    QStringList m_known;
    SecretEdit *m_passphrase;
    SecretEdit *m_again;
    FormField *m_passphraseField;
    FormField *m_againField;
    StrengthBar *m_strength;
    TextLabel *m_verdict;
    Button *m_use;
    bool m_acceptable = false;
};

} // namespace credenza
