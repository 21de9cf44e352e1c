// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"

#include <QAccessible>

namespace credenza::test
{

using namespace Qt::StringLiterals;

QStringList namelessControls(const QWidget &root)
{
    QStringList nameless;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->isHidden()) // by itself, not only because its page is behind another: it has nothing to say yet
            continue;
        const bool control = (widget->focusPolicy() & Qt::TabFocus) != 0 && !widget->focusProxy() &&
                             !widget->inherits("QScrollBar") &&
                             !widget->window()->inherits("QComboBoxPrivateContainer");
        if (!control)
            continue;
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
            nameless << QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName();
    }
    return nameless;
}

bool showActive(QWidget &window)
{
    window.show();
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
}

int pixelsOf(QWidget &widget, const QColor &color)
{
    const QImage image = widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) == color.rgb() ? 1 : 0;
    }
    return count;
}

} // namespace credenza::test
