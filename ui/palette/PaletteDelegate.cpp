// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/PaletteDelegate.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int margin = 16;
constexpr int iconGap = 12;

} // namespace

PaletteDelegate::PaletteDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    if (index.data(PaletteModel::IsHeadingRole).toBool())
        return {0, m_theme.scaled(32)};
    const auto entry = index.data(PaletteModel::EntryRole).value<PaletteEntry>();
    return {0, m_theme.scaled(entry.detail.isEmpty() ? 36 : 52)};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    if (index.data(PaletteModel::IsHeadingRole).toBool()) {
        painter->setFont(m_theme.font(TextStyle::SmallStrong));
        painter->setPen(m_theme.color(Role::Text3));
        painter->drawText(option.rect.adjusted(margin, 0, -margin, 0), Qt::AlignVCenter | Qt::TextSingleLine,
                          index.data().toString());
        painter->restore();
        return;
    }
    const auto entry = index.data(PaletteModel::EntryRole).value<PaletteEntry>();
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const bool enabled = entry.disabledReason.isEmpty();
    if (current) {
        painter->fillRect(option.rect, m_theme.color(Role::Selected));
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                          m_theme.color(Role::Accent));
    }
    const QRect room = option.rect.adjusted(margin, 0, -margin, 0);
    const int icon = m_theme.scaled(16);
    drawIcon(*painter, m_theme, entry.icon, enabled ? Role::Text2 : Role::Text3,
             QRect(room.topLeft(), QSize(icon, room.height())), icon);
    const int right = paintRight(*painter, room, entry, current);
    const auto positions = index.data(PaletteModel::PositionsRole).value<QList<qsizetype>>();
    const Role role = enabled ? Role::Text : Role::Text3;
    const int left = room.left() + icon + iconGap;
    QRect line(left, room.top(), right - left, room.height());
    if (entry.detail.isEmpty()) {
        painter->setFont(m_theme.font(entry.isMono ? TextStyle::Mono : TextStyle::Body));
        paintMarked(*painter, line, entry.text, positions, role);
        painter->restore();
        return;
    }
    line = QRect(line.left(), room.top() + m_theme.scaled(6), line.width(), m_theme.scaled(20));
    painter->setFont(m_theme.font(TextStyle::Heading));
    const int badge = entry.badge ? badgeSize(m_theme, *entry.badge).width() + 8 : 0;
    const int used = std::min(painter->fontMetrics().horizontalAdvance(entry.text) + 2, line.width() - badge);
    paintMarked(*painter, QRect(line.left(), line.top(), used, line.height()), entry.text, positions, role);
    if (entry.badge)
        drawBadge(*painter, m_theme, *entry.badge, {line.left() + used + 8, line.top()});
    line.translate(0, m_theme.scaled(21));
    painter->setFont(m_theme.font(TextStyle::Mono));
    painter->setPen(m_theme.color(Role::Text2));
    painter->drawText(line, Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(entry.detail, Qt::ElideMiddle, line.width()));
    painter->restore();
}

int PaletteDelegate::paintRight(QPainter &painter, const QRect &room, const PaletteEntry &entry, bool current) const
{
    int right = room.right() + 1;
    const QString keys = !entry.keys.isEmpty() ? entry.keys.toString(QKeySequence::NativeText).replace(u'+', u' ')
                         : current && entry.disabledReason.isEmpty() ? tr("Enter")
                                                                     : QString();
    if (!keys.isEmpty()) {
        const QSize cap = KeyCap::sizeOf(m_theme, keys);
        right -= cap.width();
        KeyCap::draw(painter, m_theme, keys, {right, room.center().y() + 1 - cap.height() / 2});
        right -= 12;
    }
    const QString hint = entry.disabledReason.isEmpty() ? entry.hint : entry.disabledReason;
    if (!hint.isEmpty()) {
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color(Role::Text3));
        const int wide = std::min(painter.fontMetrics().horizontalAdvance(hint) + 2, room.width() / 2);
        right -= wide;
        painter.drawText(QRect(right, room.top(), wide, room.height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(hint, Qt::ElideRight, wide));
        right -= 12;
    }
    return right;
}

void PaletteDelegate::paintMarked(QPainter &painter, const QRect &room, const QString &text,
                                  const QList<qsizetype> &positions, Role role) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room.width());
    const int high = metrics.height();
    const auto leftOf = [&](qsizetype position) {
        return room.left() + metrics.horizontalAdvance(shown.first(position));
    };
    for (const qsizetype position : positions) {
        if (position < shown.size() && shown.at(position) == text.at(position))
            painter.fillRect(QRect(leftOf(position), room.center().y() + 1 - high / 2,
                                   leftOf(position + 1) - leftOf(position), high),
                             m_theme.color(Role::Mark));
    }
    painter.setPen(m_theme.color(role));
    painter.drawText(room, Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, shown);
    // The marked letters once more, in the colour for that ground.
    painter.setPen(m_theme.color(Role::OnMark));
    for (const qsizetype position : positions) {
        if (position < shown.size() && shown.at(position) == text.at(position)) {
            painter.save();
            painter.setClipRect(
                QRect(leftOf(position), room.top(), leftOf(position + 1) - leftOf(position), room.height()));
            painter.drawText(room, Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip, shown);
            painter.restore();
        }
    }
}

} // namespace credenza
