// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Chip.h"

#include "ui/widgets/Painting.h"

#include <QKeyEvent>
#include <QPainter>

namespace credenza
{

Chip::Chip(const Theme &theme, const QString &text, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(theme.font(TextStyle::SmallLabel));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    describe();
}

void Chip::setCount(int count)
{
    m_count = count;
    describe();
    updateGeometry();
    update();
}

void Chip::setRemovable(bool removable)
{
    m_removable = removable;
    describe();
    updateGeometry();
    update();
}

void Chip::describe()
{
    setAccessibleName(
        m_count < 0 ? text() : tr("%1, %2 of them", "a filter and how many it would show").arg(text()).arg(m_count));
    setAccessibleDescription(m_removable ? tr("Delete removes it") : QString());
}

QSize Chip::sizeHint() const
{
    int width = 18 + fontMetrics().horizontalAdvance(text());
    if (m_count >= 0)
        width += 6 + QFontMetrics(m_theme.font(TextStyle::Mono)).horizontalAdvance(QString::number(m_count));
    if (m_removable)
        width += 6 + m_theme.scaled(14);
    return {width, m_theme.scaled(24)};
}

QRect Chip::closeRect() const
{
    const int size = m_theme.scaled(14);
    return {width() - 8 - size, 0, size + 8, height()};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool on = isChecked();
    const bool hot = isEnabled() && underMouse();
    drawBox(painter, rect(), 4,
            m_theme.color(on    ? Role::Selected
                          : hot ? Role::Hover
                                : Role::Surface),
            m_theme.color(on ? Role::AccentLine : Role::Line));
    const Role ink = !isEnabled() ? Role::OnDisabled : on ? Role::Accent : Role::Text2;
    painter.setPen(m_theme.color(ink));
    int x = 9;
    painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    x += fontMetrics().horizontalAdvance(text()) + 6;
    if (m_count >= 0) {
        painter.setFont(m_theme.font(TextStyle::Mono));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft,
                         QString::number(m_count));
    }
    if (m_removable)
        drawIcon(painter, m_theme, Icon::Close, ink, closeRect().adjusted(0, 0, -8, 0), m_theme.scaled(14));
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    const bool remove = m_removable && isDown() && closeRect().contains(event->position().toPoint());
    if (!remove) {
        QAbstractButton::mouseReleaseEvent(event);
        return;
    }
    setDown(false);
    Q_EMIT removeRequested();
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

bool Chip::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace credenza
