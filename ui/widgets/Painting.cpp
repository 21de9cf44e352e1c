// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Painting.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextLayout>

namespace credenza
{

void drawBox(QPainter &painter, const QRect &rect, qreal radius, const QColor &fill, const QColor &border,
             qreal borderWidth, Qt::PenStyle style)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool outlined = border.isValid() && borderWidth > 0;
    const qreal inset = outlined ? borderWidth / 2 : 0;
    QPen pen(Qt::NoPen);
    if (outlined) {
        pen = QPen(border, borderWidth, style, Qt::FlatCap);
        if (style == Qt::DashLine)
            pen.setDashPattern({3, 2});
    }
    painter.setPen(pen);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset);
    painter.restore();
}

void drawIcon(QPainter &painter, const Theme &theme, Icon icon, Role role, const QRect &box, int size)
{
    const QPixmap pixmap = theme.pixmap(icon, role, size, painter.device()->devicePixelRatioF());
    painter.drawPixmap(box.x() + (box.width() - size) / 2, box.y() + (box.height() - size) / 2, pixmap);
}

void drawWrapped(QPainter &painter, const QRect &rect, const QString &text, int lineHeight, int lines)
{
    const QFontMetrics metrics(painter.font());
    QTextLayout layout(text, painter.font(), painter.device());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(rect.width());
        const QRect box(rect.x(), rect.y() + i * lineHeight, rect.width(), lineHeight);
        const bool last = i == lines - 1 && line.textStart() + line.textLength() < text.size();
        const QString part = last ? metrics.elidedText(text.mid(line.textStart()), Qt::ElideRight, rect.width())
                                  : text.mid(line.textStart(), line.textLength());
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, part);
    }
    layout.endLayout();
}

} // namespace credenza
