// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ComboBox.h"

#include "ui/widgets/Painting.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace credenza
{

ComboBox::ComboBox(const Theme &theme, const QString &name, QWidget *parent) : QComboBox(parent), m_theme(theme)
{
    setAccessibleName(name);
    setAttribute(Qt::WA_Hover);
    setProperty("ownFocus", true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    // Without a list view and a styled delegate of our own the style sheet's item rules don't reach the pop-up.
    setView(new QListView(this));
    setItemDelegate(new QStyledItemDelegate(this));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize ComboBox::sizeHint() const
{
    return {QComboBox::sizeHint().width() + 16, m_theme.scaled(32)};
}

void ComboBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool focused = hasFocus();
    if (isEnabled())
        drawBox(painter, rect(), 4, m_theme.color(underMouse() ? Role::Hover : Role::Surface),
                m_theme.color(focused ? Role::Focus : Role::LineStrong), focused ? 2 : 1);
    else
        drawBox(painter, rect(), 4, m_theme.color(Role::Disabled), {});
    const int icon = m_theme.scaled(16);
    int x = 10;
    if (const QIcon shown = itemIcon(currentIndex()); !shown.isNull()) {
        shown.paint(&painter, QRect(x, (height() - icon) / 2, icon, icon), Qt::AlignCenter,
                    isEnabled() ? QIcon::Normal : QIcon::Disabled);
        x += icon + 8;
    }
    const QRect chevron(width() - 10 - icon, 0, icon, height());
    const QRect label(x, 0, chevron.left() - 8 - x, height());
    const bool isChosen = currentIndex() >= 0;
    painter.setPen(m_theme.color(!isEnabled() ? Role::OnDisabled : isChosen ? Role::Text : Role::Text3));
    painter.drawText(
        label, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        fontMetrics().elidedText(isChosen ? currentText() : placeholderText(), Qt::ElideRight, label.width()));
    drawIcon(painter, m_theme, Icon::ChevronDown, isEnabled() ? Role::Text2 : Role::OnDisabled, chevron, icon);
}

void ComboBox::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // scrolling a form must not change its values
}

} // namespace credenza
