// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/FormatChoice.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

FormatChoice::FormatChoice(const Theme &theme, FormatChoiceText text, QWidget *parent)
    : QRadioButton(parent), m_theme(theme), m_shown(std::move(text)),
      m_summary(m_shown.summary, theme.font(TextStyle::Small), theme.lineHeight(TextStyle::Small))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum); // as high as its words need it at its width
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(m_shown.title);
    setAccessibleDescription(m_shown.summary);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

QSize FormatChoice::sizeHint() const
{
    return {m_theme.scaled(280), m_theme.scaled(54)};
}

QSize FormatChoice::minimumSizeHint() const
{
    return {m_summary.widestWord() + 2 * m_theme.scaled(40), sizeHint().height()};
}

int FormatChoice::heightForWidth(int width) const
{
    return m_theme.scaled(16) + m_theme.lineHeight(TextStyle::Heading) + m_summary.heightFor(textWidth(width));
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
    const int title = m_theme.lineHeight(TextStyle::Heading);
    const int summary = m_summary.heightFor(textWidth(width()));
    const int top = (height() - title - summary) / 2;
    painter.setFont(m_theme.font(TextStyle::Heading));
    painter.setPen(m_theme.color(Role::Text));
    painter.drawText(QRect(left, top, textWidth(width()), title), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_shown.title, Qt::ElideRight, textWidth(width())));
    painter.setPen(m_theme.color(Role::Text2));
    m_summary.paint(painter, QRect(left, top + title, textWidth(width()), summary), Qt::AlignLeft | Qt::AlignTop);

    const int size = px(16);
    const QRect dot(width() - px(12) - size, (height() - size) / 2, size, size);
    const QColor ring = m_theme.color(isChecked() ? Role::Accent : Role::LineStrong);
    drawBox(painter, dot, size / 2.0, isChecked() ? ring : m_theme.color(Role::Surface), ring);
    if (isChecked())
        drawBox(painter, dot.adjusted(px(5), px(5), -px(5), -px(5)), size / 2.0, m_theme.color(Role::OnAccent), none);
}

} // namespace credenza
