// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TileDelegate.h"

#include "ui/authenticate/CredentialTileModel.h"
#include "ui/authenticate/TileLook.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/CheckBox.h"
#include "ui/widgets/Painting.h"

#include <QPainter>
#include <QPainterPath>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int halfGap = 8;  // 16 between tiles
constexpr int padding = 17; // 16 and the border
constexpr qreal radius = 6;

/// `text` as far as it fits `width`: whole, else a GUID without its middle groups, else the first 12 and last 4
/// characters, which is how people compare IDs and thumbprints; else elided in the middle.
QString shortened(const QString &text, const QFontMetrics &metrics, int width)
{
    const auto fits = [&](const QString &candidate) { return metrics.horizontalAdvance(candidate) <= width; };
    if (fits(text))
        return text;
    const QStringList groups = text.split(u'-');
    QString candidate;
    if (groups.size() == 5)
        candidate = u"%1-%2-…-%3"_s.arg(groups.at(0), groups.at(1), groups.at(4));
    else if (text.size() > 24)
        candidate = text.first(12) + u'…' + text.last(4);
    return !candidate.isEmpty() && fits(candidate) ? candidate : metrics.elidedText(text, Qt::ElideMiddle, width);
}

} // namespace

TileDelegate::TileDelegate(const Theme &theme, const CredentialSelection &selection, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_selection(selection)
{
}

void TileDelegate::setHovered(const QModelIndex &index, Part part)
{
    m_hovered = index;
    m_hoveredPart = part;
}

QRect TileDelegate::tileRect(const QRect &cell)
{
    return cell.adjusted(halfGap, halfGap, -halfGap, -halfGap);
}

int TileDelegate::tileHeight() const
{
    return scaled(248);
}

QRect TileDelegate::menuRect(const QRect &cell) const
{
    const QRect tile = tileRect(cell);
    const int side = scaled(28);
    return {tile.right() - side - 8, tile.top() + scaled(25) - side / 2, side, side};
}

QRect TileDelegate::checkRect(const QRect &cell) const
{
    const QRect menu = menuRect(cell);
    const int side = scaled(16);
    return {menu.left() - 6 - side, menu.center().y() + 1 - side / 2, side, side};
}

QRect TileDelegate::statusRect(const QRect &tile) const
{
    const int high = scaled(40);
    return {tile.left() + 1, tile.bottom() - high, tile.width() - 2, high};
}

QRect TileDelegate::testNowRect(const QRect &tile) const
{
    const QRect status = statusRect(tile);
    const int wide = QFontMetrics(m_theme.font(TextStyle::SmallLabel)).horizontalAdvance(tr("Test now"));
    return {status.right() - padding - wide + 1, status.top() + 1, wide, status.height() - 1};
}

QRect TileDelegate::importRect(const QRect &tile) const
{
    const int wide = QFontMetrics(m_theme.font(TextStyle::SmallLabel)).horizontalAdvance(tr("Import a bundle…"));
    return {tile.center().x() - wide / 2, tile.top() + scaled(180), wide, scaled(24)};
}

TileDelegate::Part TileDelegate::partAt(const QRect &cell, const QModelIndex &index, QPoint position) const
{
    const QRect tile = tileRect(cell);
    if (!tile.contains(position))
        return Part::None;
    if (index.row() == 0)
        return m_importOffered && importRect(tile).adjusted(-8, 0, 8, 0).contains(position) ? Part::Import : Part::Tile;
    if (menuRect(cell).contains(position))
        return Part::Menu;
    if (checkRect(cell).adjusted(-4, -4, 4, 4).contains(position))
        return Part::Check;
    const auto data = index.data(CredentialTileModel::TileRole).value<CredentialTile>();
    const bool never = !data.lastTest && !data.progress;
    return never && testNowRect(tile).adjusted(-8, 0, 8, 0).contains(position) ? Part::TestNow : Part::Tile;
}

QSize TileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), tileHeight() + 2 * halfGap};
}

void TileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const QRect tile = tileRect(option.rect);
    const bool hovered = m_hovered == index && m_hoveredPart != Part::None;
    if (index.row() == 0) {
        paintAdd(*painter, tile, hovered);
    } else {
        const auto data = index.data(CredentialTileModel::TileRole).value<CredentialTile>();
        const bool selected = m_selection.contains(data.id);
        const Role border = selected ? Role::Accent : hovered ? Role::LineStrong : Role::Line;
        drawBox(*painter, tile, radius, m_theme.color(Role::Surface), {});
        paintStatus(*painter, tile, data, index);
        paintHead(*painter, tile, data, selected, hovered);
        paintBody(*painter, tile, data);
        drawBox(*painter, tile, radius, {}, m_theme.color(border), selected ? 2 : 1);
    }
    if (option.state.testFlag(QStyle::State_HasFocus))
        drawBox(*painter, tile.adjusted(-4, -4, 4, 4), radius + 4, {}, m_theme.color(Role::Focus), 2);
    painter->restore();
}

void TileDelegate::paintAdd(QPainter &painter, const QRect &tile, bool hovered) const
{
    drawBox(painter, tile, radius, hovered ? m_theme.color(Role::Hover) : QColor(), m_theme.color(Role::LineStrong), 1,
            Qt::DashLine);
    const QString keys = tr("Ctrl N");
    const QSize cap = KeyCap::sizeOf(m_theme, keys);
    const int total = scaled(24 + 12 + 20 + 4 + 18 + 16) + cap.height();
    const int top = m_importOffered ? scaled(45) : (tile.height() - total) / 2;
    QRect line(tile.left(), tile.top() + top, tile.width(), scaled(24));
    drawIcon(painter, m_theme, Icon::Plus, Role::Accent, line, scaled(24));
    line = QRect(tile.left(), line.bottom() + 1 + scaled(12), tile.width(), scaled(20));
    painter.setFont(m_theme.font(TextStyle::TileName));
    painter.setPen(m_theme.color(Role::Accent));
    painter.drawText(line, Qt::AlignCenter, tr("Add Credential"));
    line = QRect(tile.left(), line.bottom() + 1 + scaled(4), tile.width(), scaled(18));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color(Role::Text2));
    painter.drawText(line, Qt::AlignCenter, tr("EPIC Backend OAuth2 (JWT)"));
    KeyCap::draw(painter, m_theme, keys,
                 {tile.left() + (tile.width() - cap.width()) / 2, line.bottom() + 1 + scaled(16)});
    if (m_importOffered) {
        painter.setFont(m_theme.font(TextStyle::SmallLabel));
        painter.setPen(m_theme.color(hovered && m_hoveredPart == Part::Import ? Role::AccentHover : Role::Accent));
        painter.drawText(importRect(tile), Qt::AlignCenter | Qt::TextDontClip, tr("Import a bundle…"));
    }
}

void TileDelegate::paintHead(QPainter &painter, const QRect &tile, const CredentialTile &data, bool selected,
                             bool hovered) const
{
    const bool menuHovered = hovered && m_hoveredPart == Part::Menu;
    const BadgeText badge = environmentBadge(data.environment);
    const int middle = tile.top() + scaled(25);
    const QSize badgeRoom = badgeSize(m_theme, badge);
    drawBadge(painter, m_theme, badge, {tile.left() + padding, middle - badgeRoom.height() / 2});
    const QRect cell = tile.adjusted(-halfGap, -halfGap, halfGap, halfGap);
    const QRect menu = menuRect(cell);
    const QRect check = checkRect(cell);
    int end = std::min(menu.left(), check.left()) - scaled(4);
    if (data.isFavorite) {
        const QRect star(end - scaled(16), middle - scaled(8), scaled(16), scaled(16));
        drawStar(painter, m_theme, star);
        end = star.left() - scaled(4);
    }
    if (const QString text = expiryBadge(data, m_now); !text.isEmpty()) {
        const BadgeText reminder{BadgeKind::Warning, text, {}};
        const int left = tile.left() + padding + badgeRoom.width() + scaled(8);
        if (left + badgeSize(m_theme, reminder).width() <= end)
            drawBadge(painter, m_theme, reminder, {left, middle - badgeSize(m_theme, reminder).height() / 2});
        else // no room for the word: the strip's colour alone would not do, so the icon stands for it
            drawIcon(painter, m_theme, Icon::Warning, Role::Warn,
                     QRect(left, middle - scaled(8), scaled(16), scaled(16)), scaled(16));
    }
    if (menuHovered)
        drawBox(painter, menu, 4, m_theme.color(Role::Hover), {});
    drawIcon(painter, m_theme, Icon::More, menuHovered ? Role::Text : Role::Text2, menu, scaled(16));
    if (selected || hovered)
        CheckBox::drawIndicator(painter, m_theme, checkRect(cell), selected, true);
}

void TileDelegate::paintBody(QPainter &painter, const QRect &tile, const CredentialTile &data) const
{
    const int left = tile.left() + padding;
    const int wide = tile.width() - 2 * padding;
    const QRect name(left, tile.top() + scaled(45), wide, scaled(20));
    painter.setFont(m_theme.font(TextStyle::TileName));
    painter.setPen(m_theme.color(Role::Text));
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(data.name, Qt::ElideRight, wide));

    const int line = m_theme.lineHeight(TextStyle::Small);
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color(data.description.isEmpty() ? Role::Text3 : Role::Text2));
    drawWrapped(painter, QRect(left, tile.top() + scaled(69), wide, 2 * line),
                data.description.isEmpty() ? tr("No description") : data.description, line, 2);

    painter.fillRect(QRect(left, tile.top() + scaled(117), wide, 1), m_theme.color(Role::Line));
    const struct {
        Icon icon;
        const QString &text;
    } facts[] = {{Icon::Globe, data.host}, {Icon::IdBadge, data.clientId}, {Icon::Key, data.thumbprint}};
    painter.setFont(m_theme.font(TextStyle::Mono));
    int top = tile.top() + scaled(128);
    const int icon = scaled(14);
    for (const auto &fact : facts) {
        const QRect row(left, top, wide, scaled(18));
        drawIcon(painter, m_theme, fact.icon, Role::Text3, QRect(left, top, icon, row.height()), icon);
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(row.adjusted(icon + 8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         shortened(fact.text, painter.fontMetrics(), wide - icon - 8));
        top += scaled(22);
    }
}

void TileDelegate::paintStatus(QPainter &painter, const QRect &tile, const CredentialTile &data,
                               const QModelIndex &index) const
{
    const TileStatus status = statusOf(data, m_now);
    const StatusLook look = lookOfStatus(status.state);
    const QRect strip = statusRect(tile);
    const bool failed = status.state == TileState::Failed;
    if (failed) {
        painter.save();
        QPainterPath outline;
        outline.addRoundedRect(QRectF(tile), radius, radius);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipPath(outline);
        painter.fillRect(strip, m_theme.color(Role::ErrTint));
        painter.restore();
    }
    painter.fillRect(QRect(strip.left(), strip.top(), strip.width(), 1),
                     m_theme.color(failed ? Role::ErrLine : Role::Line));
    if (data.progress) {
        const QRect bar(strip.left(), strip.top() - 1, strip.width(), 2);
        painter.fillRect(bar, m_theme.color(Role::Line));
        const int done = bar.width() * (2 * data.progress->step - 1) / (2 * std::max(1, data.progress->steps));
        painter.fillRect(QRect(bar.left(), bar.top(), done, 2), m_theme.color(Role::Accent));
    }

    const int size = scaled(16);
    const QRect iconBox(tile.left() + padding, strip.top() + 1, size, strip.height() - 1);
    if (status.state == TileState::Testing && !m_theme.reducedMotion()) {
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter.translate(QRectF(iconBox).center());
        painter.rotate(m_angle);
        painter.drawPixmap(QPointF(-size / 2.0, -size / 2.0),
                           m_theme.pixmap(look.icon, look.role, size, painter.device()->devicePixelRatioF()));
        painter.restore();
    } else {
        drawIcon(painter, m_theme, look.icon, look.role, iconBox, size);
    }

    const bool never = status.state == TileState::Never;
    const QString detail = never ? tr("Test now") : status.detail;
    painter.setFont(m_theme.font(never                   ? TextStyle::SmallLabel
                                 : status.detailIsNumber ? TextStyle::Mono
                                                         : TextStyle::Small));
    const int detailWidth = painter.fontMetrics().horizontalAdvance(detail);
    const bool hot = never && m_hovered == index && m_hoveredPart == Part::TestNow;
    painter.setPen(m_theme.color(never    ? (hot ? Role::AccentHover : Role::Accent)
                                 : failed ? Role::Text2
                                          : Role::Text3));
    painter.drawText(QRect(strip.right() - padding - detailWidth + 1, iconBox.top(), detailWidth + 1, iconBox.height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, detail);
    if (hot)
        painter.fillRect(
            QRect(strip.right() - padding - detailWidth + 1, iconBox.center().y() + scaled(8), detailWidth, 1),
            m_theme.color(Role::AccentHover));
    painter.setFont(m_theme.font(TextStyle::SmallLabel));
    painter.setPen(m_theme.color(look.role));
    const int left = iconBox.right() + 1 + 8;
    const int room = strip.right() - padding - detailWidth - 8 - left;
    painter.drawText(QRect(left, iconBox.top(), room, iconBox.height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(status.text, Qt::ElideRight, room));
}

} // namespace credenza
