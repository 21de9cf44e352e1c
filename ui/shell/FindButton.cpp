// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/FindButton.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Painting.h"

#include <QKeyEvent>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

FindButton::FindButton(const Theme &theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setText(tr("Find a credential or an action"));
    setObjectName(u"find"_s);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setFont(theme.font(TextStyle::Body));
    setToolTip(u"%1 (%2)"_s.arg(text(), QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText)));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize FindButton::sizeHint() const
{
    const int cap = KeyCap::sizeOf(m_theme, tr("Ctrl K")).width();
    return {std::max(296, fontMetrics().horizontalAdvance(text()) + m_theme.scaled(16) + 8 + 12 + cap + 28),
            m_theme.scaled(32)};
}

void FindButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 4, m_theme.color(underMouse() ? Role::Hover : Role::Surface),
            m_theme.color(Role::LineStrong));
    const int icon = m_theme.scaled(16);
    drawIcon(painter, m_theme, Icon::Search, Role::Text2, QRect(10, 0, icon, height()), icon);
    const QString keys = tr("Ctrl K");
    const QSize cap = KeyCap::sizeOf(m_theme, keys);
    KeyCap::draw(painter, m_theme, keys, {width() - cap.width() - 6, (height() - cap.height()) / 2});
    painter.setPen(m_theme.color(Role::Text3));
    const QRect room(10 + icon + 8, 0, width() - cap.width() - icon - 36, height());
    painter.drawText(room, Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

void FindButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace credenza
