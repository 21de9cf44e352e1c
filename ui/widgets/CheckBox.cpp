// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/CheckBox.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

CheckBox::CheckBox(const Theme &theme, const QString &text, QWidget *parent) : QCheckBox(text, parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize CheckBox::sizeHint() const
{
    const int label = text().isEmpty() ? 0 : 8 + fontMetrics().horizontalAdvance(text()) + 1;
    return {std::max(24, m_theme.scaled(16) + label), std::max(24, m_theme.lineHeight(TextStyle::Body))};
}

void CheckBox::drawIndicator(QPainter &painter, const Theme &theme, const QRect &box, bool checked, bool enabled)
{
    if (!enabled)
        drawBox(painter, box, 3, theme.color(Role::Disabled), theme.color(Role::OnDisabled));
    else if (checked)
        drawBox(painter, box, 3, theme.color(Role::Accent), theme.color(Role::Accent));
    else
        drawBox(painter, box, 3, theme.color(Role::Surface), theme.color(Role::LineStrong));
    if (checked)
        drawIcon(painter, theme, Icon::Check, enabled ? Role::OnAccent : Role::OnDisabled, box, box.width() - 4);
}

void CheckBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int side = m_theme.scaled(16);
    drawIndicator(painter, m_theme, QRect(0, (height() - side) / 2, side, side), isChecked(), isEnabled());
    painter.setPen(m_theme.color(isEnabled() ? Role::Text : Role::OnDisabled));
    painter.drawText(rect().adjusted(side + 8, 0, 0, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic, text());
}

} // namespace credenza
