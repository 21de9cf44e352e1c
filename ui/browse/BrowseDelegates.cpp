// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/BrowseDelegates.h"

#include "core/fhir/ResourceSummary.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/TypeListModel.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/RowDelegate.h"

#include <QLocale>
#include <QPainter>

namespace credenza
{

namespace
{

constexpr int edge = 3;

void fillRow(QPainter &painter, const Theme &theme, const QStyleOptionViewItem &option, bool isFirst)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
    painter.fillRect(option.rect, theme.color(selected ? Role::Selected : hovered ? Role::Hover : Role::Surface));
    if (selected && isFirst)
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), edge, option.rect.height()),
                         theme.color(Role::Accent));
}

bool isMono(ColumnKind kind)
{
    return kind == ColumnKind::Date || kind == ColumnKind::Number || kind == ColumnKind::Link;
}

} // namespace

TypeDelegate::TypeDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QSize TypeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), m_theme.scaled(28)};
}

void TypeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool heading = index.data(TypeListModel::HeadingRole).toBool();
    const bool inScope = index.data(TypeListModel::InScopeRole).toBool();
    const bool selected = option.state.testFlag(QStyle::State_Selected) && !heading;
    QStyleOptionViewItem shown(option);
    if (heading)
        shown.state &= ~(QStyle::State_MouseOver | QStyle::State_Selected);
    fillRow(*painter, m_theme, shown, true);
    const QRect inner = option.rect.adjusted(12, 0, -12, 0);
    int right = inner.right() + 1;
    const qint64 count = index.data(TypeListModel::CountRole).toLongLong();
    if (!heading && !inScope) {
        const int size = m_theme.scaled(14);
        drawIcon(*painter, m_theme, Icon::Lock, Role::Text3, QRect(right - size, inner.top(), size, inner.height()),
                 size);
        right -= size + 8;
    } else if (count >= 0) {
        const QString text = QLocale().toString(count);
        painter->setFont(m_theme.font(TextStyle::Mono));
        painter->setPen(m_theme.color(selected ? Role::Accent : Role::Text3));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, text);
        right -= painter->fontMetrics().horizontalAdvance(text) + 8;
    }
    painter->setFont(m_theme.font(heading ? TextStyle::SmallStrong : selected ? TextStyle::Heading : TextStyle::Body));
    painter->setPen(m_theme.color(heading || !inScope ? Role::Text3 : selected ? Role::Accent : Role::Text));
    const QRect box(inner.left(), inner.top(), right - inner.left(), inner.height());
    painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    painter->restore();
}

FileDelegate::FileDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), m_theme.scaled(52)};
}

void FileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    fillRow(*painter, m_theme, option, true);
    const int size = m_theme.scaled(16);
    QRect box = option.rect.adjusted(12, 0, -12, 0);
    drawIcon(*painter, m_theme, Icon::FileCode, selected ? Role::Accent : Role::Text2,
             QRect(box.left(), box.top(), size, box.height()), size);
    box.setLeft(box.left() + size + 8);
    const QString text = index.data().toString();
    const auto line = [&](const QString &words, TextStyle style, Role role, Qt::TextElideMode elide, int top) {
        painter->setFont(m_theme.font(style));
        painter->setPen(m_theme.color(role));
        painter->drawText(QRect(box.left(), top, box.width(), m_theme.lineHeight(style)),
                          Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(words, elide, box.width()));
    };
    const int name = m_theme.lineHeight(TextStyle::Body);
    const int top = box.top() + (box.height() - name - m_theme.lineHeight(TextStyle::Small)) / 2;
    line(text.section(u'\n', 0, 0), TextStyle::Body, selected ? Role::Accent : Role::Text, Qt::ElideMiddle, top);
    line(text.section(u'\n', 1), TextStyle::Small, Role::Text2, Qt::ElideRight, top + name);
    if (option.state.testFlag(QStyle::State_HasFocus))
        drawRowFocus(*painter, m_theme, option.rect);
    painter->restore();
}

CellDelegate::CellDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

/// What is painted, in the font it is painted in.
QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    constexpr int margins = 8 + 8;
    constexpr int firstColumnMore = 4;
    constexpr int badgeMore = 16;
    const auto kind = static_cast<ColumnKind>(index.data(ResultsModel::KindRole).toInt());
    const TextStyle style = kind == ColumnKind::Flag ? TextStyle::Badge
                            : isMono(kind)           ? TextStyle::Mono
                                                     : TextStyle::Small;
    const int text = QFontMetrics(m_theme.font(style)).horizontalAdvance(index.data().toString().left(200));
    return {text + margins + (index.column() == 0 ? firstColumnMore : 0) + (kind == ColumnKind::Flag ? badgeMore : 0),
            m_theme.scaled(28)};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool isFirst = index.column() == 0;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    fillRow(*painter, m_theme, option, isFirst);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      m_theme.color(Role::Line));
    const QRect box = option.rect.adjusted(isFirst ? 12 : 8, 0, -8, -1);
    const QString text = index.data().toString();
    const auto kind = static_cast<ColumnKind>(index.data(ResultsModel::KindRole).toInt());
    const bool isError = index.data(ResultsModel::ErrorRole).toBool();
    if (kind == ColumnKind::Flag && !text.isEmpty()) {
        const BadgeText badge{BadgeKind::Warning, QFontMetrics(m_theme.font(TextStyle::Badge))
                                                      .elidedText(text, Qt::ElideRight, std::max(8, box.width() - 16))};
        drawBadge(*painter, m_theme, badge,
                  {box.left(), box.top() + (box.height() - badgeSize(m_theme, badge).height()) / 2});
        painter->restore();
        return;
    }
    Role role = kind == ColumnKind::Quiet || kind == ColumnKind::Status ? Role::Text2 : Role::Text;
    if (kind == ColumnKind::Link)
        role = Role::Accent;
    if (isError)
        role = Role::Err;
    painter->setFont(m_theme.font(isMono(kind)                           ? TextStyle::Mono
                                  : selected && kind == ColumnKind::Text ? TextStyle::SmallStrong
                                                                         : TextStyle::Small));
    painter->setPen(m_theme.color(role));
    const bool right = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    const auto elide = kind == ColumnKind::Link && text.contains(u'/') ? Qt::ElideMiddle : Qt::ElideRight;
    painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine | (right ? Qt::AlignRight : Qt::AlignLeft),
                      painter->fontMetrics().elidedText(text, elide, box.width()));
    painter->restore();
}

} // namespace credenza
