// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/FormatChoice.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

FormatChoice::FormatChoice(const Theme &theme, FormatChoiceText text, QWidget *parent)
    : QRadioButton(parent), m_theme(theme), m_shown(std::move(text))
{
    setAccessibleName(m_shown.title);
    setAccessibleDescription(m_shown.summary);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

QSize FormatChoice::sizeHint() const
{
    return {m_theme.scaled(280), m_theme.scaled(54)};
}

void FormatChoice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto px = [this](int value) { return m_theme.scaled(value); };
    const QRect box = rect().adjusted(1, 1, -1, -1);
    const QColor none;
    if (isChecked())
        drawBox(painter, box, 4, m_theme.color(Role::Selected), m_theme.color(Role::AccentLine));
    else if (underMouse())
        drawBox(painter, box, 4, m_theme.color(Role::Hover), none);
    if (hasFocus())
        drawBox(painter, rect(), 5, none, m_theme.color(Role::Focus), 2);

    drawIcon(painter, m_theme, m_shown.icon, isChecked() ? Role::Accent : Role::Text2, {px(8), 0, px(20), height()},
             20);
    const int left = px(40);
    const int textWidth = width() - left - px(40);
    const int lines = m_theme.lineHeight(TextStyle::Heading) + m_theme.lineHeight(TextStyle::Small);
    int top = (height() - lines) / 2;
    const auto line = [&](const QString &text, TextStyle style, Role role) {
        painter.setFont(m_theme.font(style));
        painter.setPen(m_theme.color(role));
        const QString shown = painter.fontMetrics().elidedText(text, Qt::ElideRight, textWidth);
        painter.drawText(QRect(left, top, textWidth, m_theme.lineHeight(style)), Qt::AlignLeft | Qt::AlignVCenter,
                         shown);
        top += m_theme.lineHeight(style);
    };
    line(m_shown.title, TextStyle::Heading, Role::Text);
    line(m_shown.summary, TextStyle::Small, Role::Text2);

    const int size = px(16);
    const QRect dot(width() - px(12) - size, (height() - size) / 2, size, size);
    const QColor ring = m_theme.color(isChecked() ? Role::Accent : Role::LineStrong);
    drawBox(painter, dot, size / 2.0, isChecked() ? ring : m_theme.color(Role::Surface), ring);
    if (isChecked())
        drawBox(painter, dot.adjusted(px(5), px(5), -px(5), -px(5)), size / 2.0, m_theme.color(Role::OnAccent), none);
}

} // namespace credenza
