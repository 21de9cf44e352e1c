// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Divider.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

Divider::Divider(const Theme &theme, Qt::Orientation orientation, Role role, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_role(role)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Divider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(m_role));
}

Pane::Pane(const Theme &theme, Role fill, Qt::Edges lines, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_fill(fill), m_lines(lines)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Pane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(m_fill));
    const QColor line = m_theme.color(Role::Line);
    if (m_lines.testFlag(Qt::TopEdge))
        painter.fillRect(QRect(0, 0, width(), 1), line);
    if (m_lines.testFlag(Qt::BottomEdge))
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    if (m_lines.testFlag(Qt::LeftEdge))
        painter.fillRect(QRect(0, 0, 1, height()), line);
    if (m_lines.testFlag(Qt::RightEdge))
        painter.fillRect(QRect(width() - 1, 0, 1, height()), line);
}

Card::Card(const Theme &theme, Role fill, QWidget *parent) : QWidget(parent), m_theme(theme), m_fill(fill)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 6, m_theme.color(m_fill), m_theme.color(Role::Line));
}

} // namespace credenza
