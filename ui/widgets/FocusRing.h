// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QFocusFrame>

namespace credenza
{

/// The 2-px ring, 2 px outside the focused widget. One for a window: it follows the keyboard focus by itself, and shows
/// once the focus was moved by a key, not by a click. Widgets that show their own focus (inputs, the tile list) set the
/// dynamic property "ownFocus" to true. Leave 4 px free around what it may surround.
class FocusRing final : public QFocusFrame
{
    Q_OBJECT

public:
    FocusRing(const Theme &theme, QWidget &window);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow(QWidget *focused);

    const Theme &m_theme;
    QWidget &m_window;
    bool m_byKeyboard = true;
};

} // namespace credenza
