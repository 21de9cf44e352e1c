// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QTest>
#include <QWidget>

namespace credenza::test
{

/// The controls below `root` that take the keyboard focus but have no accessible name, as "Class objectName" lines; and
/// what is its own descendant in the accessibility tree, where a screen reader would never come to an end.
[[nodiscard]] QStringList namelessControls(const QWidget &root);

/// Everything below `root`, itself included, that a screen reader can say: names, descriptions, values, texts.
[[nodiscard]] QStringList spokenTexts(QWidget &root);

/// What stands on a label or a button, without markup; empty for any other widget.
[[nodiscard]] QString shownText(const QWidget &widget);

/// The texts of labels and buttons that can't be read whole below `root`, as lines that say why: too narrow for what does
/// not wrap, too low for what does, cut off by what is around it, where that does not scroll sideways, or under another. Elided with the whole as a tooltip is whole.
[[nodiscard]] QStringList clippedTexts(const QWidget &root);

/// The widget of that object name below `root`; fails the test (and returns null) if there is none.
template <typename T> [[nodiscard]] T *find(const QWidget &root, const QString &name)
{
    T *found = root.findChild<T *>(name);
    if (!found)
        QTest::qFail(qPrintable(QStringLiteral("no widget named ") + name), __FILE__, __LINE__);
    return found;
}

/// Shows `window` and waits until it has the focus.
[[nodiscard]] bool showActive(QWidget &window);

/// How many pixels of `widget`, rendered now, have exactly this colour.
[[nodiscard]] int pixelsOf(QWidget &widget, const QColor &color);

} // namespace credenza::test
