// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/InputFrame.h"

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace credenza
{

class Button;
class TextLabel;

/// Whether a form can be saved without the field.
enum class Requirement : std::uint8_t { Optional, Required };

/// One field of a form: label (with `*` if required), an area for hints or quick picks at its right, the control, and
/// one line below that says the error, else the warning, else that it is valid, else the help. The line's place is kept
/// so that nothing jumps.
///
/// The state is Error, Warning or Ok by the most serious text that is set; the input's border and icon follow.
/// Accessible: the control's name is the label (with "required"), its description the help and the line below; a new
/// error or warning is announced once.
class FormField : public QWidget
{
    Q_OBJECT

public:
    /// Takes `control`: an InputFrame (LineEdit, SecretEdit, TextArea), or any widget (a drop zone, a key card).
    FormField(const Theme &theme, const QString &label, Requirement requirement, QWidget *control,
          QWidget *parent = nullptr);

    /// What belongs here; shown while there is nothing more important to say.
    void setHelp(const QString &text);
    /// What is wrong, then what to do. Empty: not wrong.
    void setError(const QString &text);
    /// Does not block. Empty: nothing to warn about.
    void setWarning(const QString &text);
    /// Shows the check. `text` stands in the line below unless it is empty.
    void setOk(bool ok, const QString &text = {});
    /// Takes error, warning and check away.
    void clearState();
    [[nodiscard]] FieldState state() const;
    /// What the line below says now.
    [[nodiscard]] QString message() const;

    /// A word or two at the right of the label, such as "Recommended".
    void setHint(const QString &text);
    /// Puts `widget` at the right of the label (quick picks). Takes it.
    void addHeaderWidget(QWidget *widget);
    /// Puts `widget` below the line (the discovery strip). Takes it.
    void addBelow(QWidget *widget);
    /// A link at the end of the line below, such as "Trim now"; lineActionTriggered() tells when. Empty: none.
    void setLineAction(const QString &text);
    /// Gives the line's place up where there will never be a message (or takes it back).
    void setLineKept(bool kept);
    /// Replaces the control (a key card for the drop zone). The old one is deleted.
    void setControl(QWidget *control);
    [[nodiscard]] QWidget *control() const { return m_control; }
    void setLabel(const QString &text);
    [[nodiscard]] QString label() const { return m_labelText; }
    [[nodiscard]] bool isRequired() const { return m_requirement == Requirement::Required; }

Q_SIGNALS:
    void lineActionTriggered();
    void stateChanged(credenza::FieldState state);
    /// Assistive technology was told `text`, a new error or warning.
    void announced(const QString &text);

private:
    void refresh();
    void announce();
    [[nodiscard]] QWidget *accessibleTarget() const;

    const Theme &m_theme;
    QString m_labelText;
    QString m_help;
    QString m_error;
    QString m_warning;
    QString m_okText;
    QString m_announced;
    QVBoxLayout *m_layout;
    QHBoxLayout *m_header;
    QWidget *m_control = nullptr;
    TextLabel *m_label;
    TextLabel *m_hint = nullptr;
    QWidget *m_line;
    TextLabel *m_lineText;
    class QLabel *m_lineIcon;
    Button *m_lineAction = nullptr;
    Requirement m_requirement;
    FieldState m_lastState = FieldState::Neutral;
    bool m_ok = false;
    bool m_lineKept = true;
};

} // namespace credenza
