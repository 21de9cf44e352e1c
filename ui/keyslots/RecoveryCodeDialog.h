// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "ui/keyslots/RecoverySheet.h"
#include "ui/widgets/Scrim.h"

class QGridLayout;

namespace credenza
{

class Button;
class CheckBox;
class Note;
class TextLabel;

/// Shows a fresh recovery code, once: to print (as a PDF page), copy, or write down. Closing it is possible as soon as
/// the person says that they keep it, or that they do not want one. Deletes itself once closed.
class RecoveryCodeDialog final : public Scrim
{
    Q_OBJECT

public:
    /// `text` stands on the page that is saved.
    RecoveryCodeDialog(const Theme &theme, QWidget &host, RecoverySheetText text);

    /// Opens, with the code still being made.
    void ask();
    void showCode(SecretBytes code);
    void showFailure(const QString &message);

Q_SIGNALS:
    /// The person keeps the code.
    void kept();
    /// They do not want one: the code is to open nothing.
    void declined();
    /// The page was saved there.
    void saved(const QString &path);
    /// The code is on the clipboard.
    void copied();

protected:
    [[nodiscard]] QRect panelGeometry() const override;

private:
    void save();
    void writeTo(const QString &path);
    void finish(bool keeps);

    RecoverySheetText m_text;
    SecretBytes m_code;
    QGridLayout *m_groups;
    Note *m_failure;
    Button *m_save;
    Button *m_copy;
    CheckBox *m_keeps;
    Button *m_decline;
    Button *m_done;
    bool m_isFinished = false;
};

} // namespace credenza
