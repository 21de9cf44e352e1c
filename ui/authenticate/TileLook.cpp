// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TileLook.h"

#include "ui/theme/Theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace credenza
{

BadgeText environmentBadge(Environment environment)
{
    switch (environment) {
    case Environment::Production:
        return {BadgeKind::Production, environmentText(environment)};
    case Environment::Sandbox:
        return {BadgeKind::Sandbox, environmentText(environment)};
    case Environment::Local:
        break;
    }
    return {BadgeKind::Local, environmentText(environment)};
}

void drawStar(QPainter &painter, const Theme &theme, const QRect &box)
{
    constexpr int corners = 10;
    const QPointF centre = QRectF(box).center();
    const qreal outer = std::min(box.width(), box.height()) / 2.0;
    QPolygonF star;
    for (int corner = 0; corner < corners; ++corner) {
        const qreal radius = corner % 2 == 0 ? outer : outer * 0.45;
        const qreal angle = std::numbers::pi * (2.0 * corner / corners - 0.5);
        star << centre + QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Accent));
    painter.drawPolygon(star);
    painter.restore();
}

StatusLook lookOfStatus(TileState state)
{
    switch (state) {
    case TileState::Never:
        return {Icon::DashedCircle, Role::Text2};
    case TileState::Passed:
        return {Icon::CheckCircle, Role::Ok};
    case TileState::Warning:
        return {Icon::Warning, Role::Warn};
    case TileState::Failed:
        return {Icon::XCircle, Role::Err};
    case TileState::Testing:
        break;
    }
    return {Icon::Spinner, Role::Accent};
}

} // namespace credenza
