// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace credenza
{

/// Fills a rounded box with a crisp border of whole pixels inside `rect`. An invalid colour leaves that part out.
void drawBox(QPainter &painter, const QRect &rect, qreal radius, const QColor &fill, const QColor &border,
             qreal borderWidth = 1, Qt::PenStyle style = Qt::SolidLine);

/// Draws one icon, `size` px square, with its centre line in the middle of `box`'s height.
void drawIcon(QPainter &painter, const Theme &theme, Icon icon, Role role, const QRect &box, int size);

/// Text cut to `width` lines-and-all: at most `lines` lines of `lineHeight` px, the last one elided at the end.
void drawWrapped(QPainter &painter, const QRect &rect, const QString &text, int lineHeight, int lines);

} // namespace credenza
