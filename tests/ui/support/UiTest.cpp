// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"

#include <QAccessible>

#include <functional>

namespace credenza::test
{

using namespace Qt::StringLiterals;

namespace
{

/// Calls `visit` for everything from `node` down, once for each place it is at; adds what is its own descendant to `rings`.
void walk(QAccessibleInterface *node, QList<QAccessibleInterface *> &above, QStringList &rings,
          const std::function<void(QAccessibleInterface &)> &visit)
{
    if (node == nullptr)
        return;
    if (above.contains(node)) {
        rings << u"its own descendant: %1"_s.arg(
            node->object() ? QLatin1StringView(node->object()->metaObject()->className()) : "item"_L1);
        return;
    }
    visit(*node);
    above.append(node);
    for (int i = 0; i < node->childCount(); ++i)
        walk(node->child(i), above, rings, visit);
    above.removeLast();
}

} // namespace

QStringList spokenTexts(QWidget &root)
{
    QStringList texts;
    QStringList rings;
    QList<QAccessibleInterface *> above;
    walk(QAccessible::queryAccessibleInterface(&root), above, rings, [&texts](QAccessibleInterface &node) {
        for (const QAccessible::Text part : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
            texts.append(node.text(part));
        if (QAccessibleTextInterface *text = node.textInterface())
            texts.append(text->text(0, text->characterCount()));
    });
    texts.removeAll(QString());
    return texts;
}

QStringList namelessControls(const QWidget &root)
{
    QStringList nameless;
    QList<QAccessibleInterface *> above;
    walk(QAccessible::queryAccessibleInterface(const_cast<QWidget *>(&root)), above, nameless, [](auto &) {});
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
