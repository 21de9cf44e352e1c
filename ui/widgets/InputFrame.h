// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace credenza
{

/// What the border, the icon inside and the line below of a field say.
enum class FieldState : std::uint8_t { Neutral, Ok, Warning, Error };

/// The bordered box around an editor: 1 px at rest, 2 px when the editor has the focus; the border's colour is the
/// state's. Holds leading and trailing widgets, and shows the state's icon at the right.
class InputFrame : public QWidget
{
    Q_OBJECT

public:
    /// Takes `editor`, which draws no frame of its own. `minimumHeight` in px at a text scale of 1.
    InputFrame(const Theme &theme, QWidget *editor, int minimumHeight = 32, QWidget *parent = nullptr);

    [[nodiscard]] QWidget *editor() const { return m_editor; }
    void setState(FieldState state);
    [[nodiscard]] FieldState state() const { return m_state; }
    /// Adds a widget before the editor, or after it (before the state icon). Takes it.
    void addLeading(QWidget *widget);
    void addTrailing(QWidget *widget);
    /// Shows `icon` before the editor, as the filter box does.
    void setLeadingIcon(Icon icon);
    /// Draws a dashed border on `Role::Sunken`, as the drop zone of a key has.
    void setDashed(bool dashed);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    void refresh();

    const Theme &m_theme;
    QWidget *m_editor;
    QHBoxLayout *m_layout;
    QLabel *m_stateIcon;
    QLabel *m_leadingIcon = nullptr;
    Icon m_leading{};
    FieldState m_state = FieldState::Neutral;
    bool m_dashed = false;
};

} // namespace credenza
