// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Badge.h"

#include "ui/widgets/Painting.h"

#include <QFontMetrics>
#include <QPainter>

namespace credenza
{

namespace
{

constexpr int iconSize = 12;

struct BadgeLook {
    std::optional<Role> fill;
    Role border;
    Role text;
    bool dashed = false;
};

BadgeLook lookOf(BadgeKind kind)
{
    switch (kind) {
    case BadgeKind::Plain:
        return {Role::Surface, Role::Line, Role::Text2};
    case BadgeKind::Production:
        return {Role::Ink, Role::Ink, Role::OnInk};
    case BadgeKind::Sandbox:
        return {Role::Selected, Role::AccentLine, Role::Accent};
    case BadgeKind::Local:
        return {Role::Surface, Role::LineStrong, Role::Text2, true};
    case BadgeKind::Ok:
        return {Role::OkTint, Role::OkLine, Role::Ok};
    case BadgeKind::Warning:
        return {Role::WarnTint, Role::WarnLine, Role::Warn};
    case BadgeKind::Error:
        return {Role::ErrTint, Role::ErrLine, Role::Err};
    }
    return {Role::Surface, Role::Line, Role::Text2};
}

} // namespace

QSize badgeSize(const Theme &theme, const BadgeText &badge)
{
    const QFontMetrics metrics(theme.font(TextStyle::Badge));
    int width = 14 + metrics.horizontalAdvance(badge.text);
    if (badge.icon)
        width += theme.scaled(iconSize) + 4;
    return {width, theme.scaled(20)};
}

void drawBadge(QPainter &painter, const Theme &theme, const BadgeText &badge, QPoint position)
{
    const BadgeLook look = lookOf(badge.kind);
    const QRect box(position, badgeSize(theme, badge));
    drawBox(painter, box, 4, look.fill ? theme.color(*look.fill) : QColor(), theme.color(look.border), 1,
            look.dashed ? Qt::DashLine : Qt::SolidLine);
    int x = box.x() + 7;
    if (badge.icon) {
        const int size = theme.scaled(iconSize);
        drawIcon(painter, theme, *badge.icon, look.text, QRect(x, box.y(), size, box.height()), size);
        x += size + 4;
    }
    painter.save();
    painter.setFont(theme.font(TextStyle::Badge));
    painter.setPen(theme.color(look.text));
    painter.drawText(QRect(x, box.y(), box.right() - x, box.height()), Qt::AlignVCenter | Qt::AlignLeft, badge.text);
    painter.restore();
}

Badge::Badge(const Theme &theme, BadgeText badge, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setBadge(std::move(badge));
}

void Badge::setBadge(BadgeText badge)
{
    m_badge = std::move(badge);
    setAccessibleName(m_badge.text);
    updateGeometry();
    update();
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBadge(painter, m_theme, m_badge, {0, (height() - sizeHint().height()) / 2});
}

KeyCap::KeyCap(const Theme &theme, QString keys, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_keys(std::move(keys))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(m_keys);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize KeyCap::sizeOf(const Theme &theme, const QString &keys)
{
    return {QFontMetrics(theme.font(TextStyle::KeyCap)).horizontalAdvance(keys) + 14, theme.scaled(20)};
}

QSize KeyCap::sizeHint() const
{
    return sizeOf(m_theme, m_keys);
}

QSize KeyCap::draw(QPainter &painter, const Theme &theme, const QString &keys, QPoint position)
{
    const QRect box(position, sizeOf(theme, keys));
    drawBox(painter, box, 4, theme.color(Role::Sunken), theme.color(Role::Line));
    painter.save();
    painter.setFont(theme.font(TextStyle::KeyCap));
    painter.setPen(theme.color(Role::Text2));
    painter.drawText(box, Qt::AlignCenter, keys);
    painter.restore();
    return box.size();
}

void KeyCap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    draw(painter, m_theme, m_keys, {0, (height() - sizeHint().height()) / 2});
}

} // namespace credenza
