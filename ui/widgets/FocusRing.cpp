// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/FocusRing.h"

#include "ui/widgets/Painting.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>

namespace credenza
{

FocusRing::FocusRing(const Theme &theme, QWidget &window) : QFocusFrame(&window), m_theme(theme), m_window(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { follow(now); });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    qApp->installEventFilter(this); // to know whether a key or the pointer moved the focus
}

void FocusRing::follow(QWidget *focused)
{
    const bool wanted =
        m_byKeyboard && focused && focused->window() == &m_window && !focused->property("ownFocus").toBool();
    setWidget(wanted ? focused : nullptr);
}

bool FocusRing::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress) {
        m_byKeyboard = false;
        setWidget(nullptr);
    } else if (event->type() == QEvent::KeyPress && !m_byKeyboard) {
        m_byKeyboard = true;
        follow(QApplication::focusWidget());
    }
    return QFocusFrame::eventFilter(watched, event);
}

void FocusRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(), 6, {}, m_theme.color(Role::Focus), 2);
}

} // namespace credenza
