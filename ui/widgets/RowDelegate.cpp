// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/RowDelegate.h"

#include "ui/widgets/Painting.h"

#include <QPainter>
#include <QTableView>

namespace credenza
{

namespace
{

constexpr int padding = 8;
constexpr int firstPadding = 24; // the page's margin

} // namespace

void drawRowFocus(QPainter &painter, const Theme &theme, const QRect &row)
{
    drawBox(painter, row.adjusted(5, 2, -2, -3), 4, {}, theme.color(Role::Focus), 2);
}

RowDelegate::RowDelegate(const Theme &theme, int rowHeight, Look look, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_rowHeight(rowHeight), m_look(std::move(look))
{
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, m_theme.scaled(m_rowHeight)};
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const CellLook look = m_look(index);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, m_theme.color(selected ? Role::Selected : Role::Surface));
    if (m_lines)
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          m_theme.color(Role::Line));
    if (selected && index.column() == 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          m_theme.color(Role::Accent));
    QRect room = option.rect.adjusted(index.column() == 0 ? firstPadding : padding, 0, -padding, -1);
    if (look.badge) {
        const QSize size = badgeSize(m_theme, *look.badge);
        drawBadge(*painter, m_theme, *look.badge, {room.left(), room.center().y() + 1 - size.height() / 2});
        room.setLeft(room.left() + size.width() + padding);
    }
    if (look.icon) {
        const int size = m_theme.scaled(16);
        drawIcon(*painter, m_theme, *look.icon, look.role, QRect(room.left(), room.top(), size, room.height()), size);
        room.setLeft(room.left() + size + padding);
    }
    painter->setFont(m_theme.font(look.style));
    painter->setPen(m_theme.color(look.role));
    painter->drawText(room, static_cast<int>(Qt::AlignVCenter | look.align) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(look.text, look.elide, room.width()));
    // A table draws the focus round the whole row.
    if (option.state.testFlag(QStyle::State_HasFocus) && qobject_cast<const QTableView *>(option.widget) == nullptr)
        drawRowFocus(*painter, m_theme, option.rect);
    painter->restore();
}

} // namespace credenza
