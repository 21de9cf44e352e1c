// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/Icon.h"

#include "ui/theme/Theme.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

namespace credenza
{

using namespace Qt::StringLiterals;

QPixmap renderIcon(Icon icon, const QColor &color, int size, qreal devicePixelRatio)
{
    const QLatin1StringView name(iconNames.at(static_cast<std::size_t>(icon)));
    const int pixels = static_cast<int>(std::ceil(size * devicePixelRatio));
    const QString key = u"credenza/%1/%2/%3"_s.arg(name).arg(color.rgba(), 8, 16).arg(pixels);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        QFile file(u":/icons/%1.svg"_s.arg(name));
        QByteArray svg;
        if (file.open(QIODevice::ReadOnly))
            svg = file.readAll();
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        QSvgRenderer renderer(svg);
        pixmap = QPixmap(pixels, pixels);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        painter.end();
        QPixmapCache::insert(key, pixmap);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

RoleIconEngine::RoleIconEngine(const Theme &theme, Icon icon, Role role) : m_theme(theme), m_icon(icon), m_role(role) {}

QColor RoleIconEngine::colorFor(QIcon::Mode mode) const
{
    return m_theme.color(mode == QIcon::Disabled ? Role::OnDisabled : m_role);
}

void RoleIconEngine::paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State)
{
    const int size = std::min(rect.width(), rect.height());
    const QPixmap rendered = renderIcon(m_icon, colorFor(mode), size, painter->device()->devicePixelRatioF());
    painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, rendered);
}

QPixmap RoleIconEngine::pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1.0);
}

QPixmap RoleIconEngine::scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    // `size` is in device pixels here; `scale` says how many make one logical pixel.
    QPixmap rendered = renderIcon(m_icon, colorFor(mode), std::min(size.width(), size.height()), 1.0);
    rendered.setDevicePixelRatio(scale);
    return rendered;
}

QIconEngine *RoleIconEngine::clone() const
{
    return new RoleIconEngine(*this);
}

} // namespace credenza
