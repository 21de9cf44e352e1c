// SPDX-License-Identifier: Apache-2.0
// Renders the whole icon set, light beside dark, so that it can be looked at as one.
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QPainter>
#include <QTextStream>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

constexpr int columns = 10;
constexpr QSize cell(92, 84);

void drawSheet(QPainter &painter, const Theme &theme, QPoint origin)
{
    const int rows = (static_cast<int>(iconNames.size()) + columns - 1) / columns;
    painter.fillRect(QRect(origin, QSize(cell.width() * columns, cell.height() * rows)), theme.color(Role::Surface));
    painter.setFont(theme.font(TextStyle::KeyCap));
    painter.setPen(theme.color(Role::Text3));
    for (std::size_t i = 0; i < iconNames.size(); ++i) {
        const int index = static_cast<int>(i);
        const QRect box(origin + QPoint(index % columns * cell.width(), index / columns * cell.height()), cell);
        int x = box.x() + 4;
        for (const int size : {14, 16, 20, 24}) {
            painter.drawPixmap(x, box.y() + 34 - size / 2, theme.pixmap(static_cast<Icon>(i), Role::Text, size, 1.0));
            x += size + 3;
        }
        painter.drawText(box.adjusted(0, 52, 0, 0), Qt::AlignHCenter | Qt::AlignTop,
                         QString::fromLatin1(iconNames.at(i)));
    }
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (application.arguments().size() != 2) {
        QTextStream(stderr) << "usage: credenza-icon-sheet OUT.png\n";
        return 2;
    }
    const int rows = (static_cast<int>(iconNames.size()) + columns - 1) / columns;
    QImage sheet(cell.width() * columns, cell.height() * rows * 2, QImage::Format_RGB32);
    QPainter painter(&sheet);
    drawSheet(painter, Theme(ThemeMode::Light), {0, 0});
    drawSheet(painter, Theme(ThemeMode::Dark), {0, cell.height() * rows});
    painter.end();
    return sheet.save(application.arguments().at(1)) ? 0 : 1;
}
