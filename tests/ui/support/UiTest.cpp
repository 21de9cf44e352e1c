// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/support/UiTest.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QLabel>
#include <QScrollBar>
#include <QTextDocumentFragment>

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

QString shownText(const QWidget &widget)
{
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        return button->text();
    const auto *label = qobject_cast<const QLabel *>(&widget);
    if (label == nullptr)
        return {};
    return Qt::mightBeRichText(label->text()) ? QTextDocumentFragment::fromHtml(label->text()).toPlainText()
                                              : label->text();
}

QStringList clippedTexts(const QWidget &root)
{
    QStringList clipped;
    QList<const QWidget *> read;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        const QString text = shownText(*widget);
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool wraps = label != nullptr ? label->wordWrap() : widget->hasHeightForWidth();
        // What is elided says so by its dots, and is told whole by a tooltip.
        if (text.isEmpty() || widget->toolTip().contains(text))
            continue;
        for (const QWidget *other : read) {
            const QRect both = widget->geometry() & other->geometry();
            if (other->parentWidget() == widget->parentWidget() && both.width() > 2 && both.height() > 2)
                clipped << u"%1 (lies over another text)"_s.arg(text);
        }
        read.append(widget);
        const int width = widget->width();
        const int neededWidth = wraps ? widget->minimumSizeHint().width() : widget->sizeHint().width();
        const int neededHeight = wraps && widget->hasHeightForWidth() ? widget->heightForWidth(width) : 0;
        if (neededWidth > width + 1)
            clipped << u"%1 (%2 of %3 px wide)"_s.arg(text).arg(width).arg(neededWidth);
        else if (neededHeight > widget->height() + 1)
            clipped << u"%1 (%2 of %3 px high)"_s.arg(text).arg(widget->height()).arg(neededHeight);
        bool isScrolled = false;
        for (const QWidget *around = widget->parentWidget(); around != nullptr; around = around->parentWidget()) {
            const QRect place(widget->mapTo(around, QPoint()), widget->size());
            const auto *area = qobject_cast<const QAbstractScrollArea *>(around);
            if (area != nullptr && area->horizontalScrollBar()->isVisible())
                break;
            const bool scrolls = around->parentWidget() != nullptr &&
                                 around->parentWidget()->inherits("QAbstractScrollArea"); // it is a viewport
            isScrolled |= scrolls;
            const bool isBelow = !isScrolled && (place.top() < -2 || place.bottom() > around->height() + 1);
            if (isBelow || place.left() < 0 || place.right() > around->width()) {
                clipped << u"%1 (cut off by %2)"_s.arg(text, QLatin1StringView(around->metaObject()->className()));
                break;
            }
            if (around->isWindow())
                break;
        }
    }
    return clipped;
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
