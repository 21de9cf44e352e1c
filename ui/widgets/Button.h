// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QPushButton>
#include <QTimer>

#include <optional>

namespace credenza
{

/// What a button is for; see visual.md, Buttons. At most one Primary in a view.
enum class ButtonKind : std::uint8_t {
    Primary,   ///< filled accent
    Secondary, ///< bordered
    Quiet,     ///< text in accent, no border; also the link in a line of text
    Danger,    ///< `err` border and text: destroys, or reveals a key. Never the default button.
    OnRail,    ///< a Quiet one on the dark rail or brand panel
};

/// Heights 24, 28, 32 and 40 at a text scale of 1.
enum class ButtonSize : std::uint8_t { Small, Compact, Normal, Large };

/// A push button of the design. The label is text(); setLeadingIcon() and setTrailingIcon() go beside it.
///
/// While busy, a spinner (after 300 ms) takes the leading place, the label and the width stay, and clicks and Enter do
/// nothing. A disabled button should say why: setDisabledReason().
class Button : public QPushButton
{
    Q_OBJECT

public:
    Button(const Theme &theme, const QString &text, ButtonKind kind = ButtonKind::Secondary,
           ButtonSize size = ButtonSize::Normal, QWidget *parent = nullptr);

    void setLeadingIcon(Icon icon);
    void setTrailingIcon(Icon icon);
    void setBusy(bool busy);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    void setKind(ButtonKind kind);
    /// A narrow Quiet button without side padding, to stand in a line of text or at its end.
    void setFlush(bool flush);
    /// Disables the button with `reason` as tool tip and accessible description; an empty reason enables it again.
    void setDisabledReason(const QString &reason);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int iconSize() const;
    [[nodiscard]] int gap() const;
    [[nodiscard]] int padding() const;
    [[nodiscard]] Role foreground() const;

    const Theme &m_theme;
    std::optional<Icon> m_leading;
    std::optional<Icon> m_trailing;
    QTimer m_spinDelay;
    QTimer m_spin;
    QString m_toolTipWhenEnabled;
    int m_angle = 0;
    ButtonKind m_kind;
    ButtonSize m_size;
    bool m_busy = false;
    bool m_spinning = false;
    bool m_flush = false;
    bool m_disabledByReason = false;
};

/// A 28-px square button that shows only an icon. `deed` ("Copy client ID") is its accessible name and tool tip.
class IconButton : public QAbstractButton
{
    Q_OBJECT

public:
    IconButton(const Theme &theme, Icon icon, const QString &deed, QWidget *parent = nullptr);

    void setIconShown(Icon icon);
    void setDeed(const QString &deed);
    void setRole(Role role);
    /// Side of the square, in px at a text scale of 1; at least 24.
    void setExtent(int px);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    const Theme &m_theme;
    Icon m_icon;
    Role m_role = Role::Text2;
    int m_extent = 28;
};

} // namespace credenza
