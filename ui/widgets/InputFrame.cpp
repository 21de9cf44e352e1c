// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/InputFrame.h"

#include "ui/widgets/Painting.h"

#include <QAbstractScrollArea>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace credenza
{

InputFrame::InputFrame(const Theme &theme, QWidget *editor, int minimumHeight, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_editor(editor), m_layout(new QHBoxLayout(this)), m_stateIcon(new QLabel(this))
{
    const bool oneLine = qobject_cast<QAbstractScrollArea *>(editor) == nullptr;
    // A QLineEdit has 2 px of its own at each side.
    m_layout->setContentsMargins(oneLine ? 9 : 11, oneLine ? 2 : 8, 10, oneLine ? 2 : 6);
    m_layout->setSpacing(8);
    m_layout->addWidget(editor, 1);
    m_layout->addWidget(m_stateIcon, 0, oneLine ? Qt::AlignVCenter : Qt::AlignTop);
    setMinimumHeight(theme.scaled(minimumHeight));
    setSizePolicy(QSizePolicy::Expanding, oneLine ? QSizePolicy::Fixed : QSizePolicy::Preferred);
    setFocusProxy(editor);
    editor->installEventFilter(this);
    connect(&theme, &Theme::changed, this, &InputFrame::refresh);
    refresh();
}

void InputFrame::setState(FieldState state)
{
    if (state == m_state)
        return;
    m_state = state;
    refresh();
}

void InputFrame::addLeading(QWidget *widget)
{
    m_layout->insertWidget(m_layout->indexOf(m_editor), widget);
}

void InputFrame::addTrailing(QWidget *widget)
{
    m_layout->insertWidget(m_layout->indexOf(m_stateIcon), widget);
}

void InputFrame::setLeadingIcon(Icon icon)
{
    m_leading = icon;
    if (!m_leadingIcon) {
        m_leadingIcon = new QLabel(this);
        addLeading(m_leadingIcon);
    }
    refresh();
}

void InputFrame::setDashed(bool dashed)
{
    m_dashed = dashed;
    update();
}

void InputFrame::refresh()
{
    const int size = m_theme.scaled(16);
    const auto show = [&](Icon icon, Role role) {
        m_stateIcon->setPixmap(m_theme.pixmap(icon, role, size, devicePixelRatioF()));
        m_stateIcon->show();
    };
    switch (m_state) {
    case FieldState::Neutral:
        m_stateIcon->hide();
        break;
    case FieldState::Ok:
        show(Icon::Check, Role::Ok);
        break;
    case FieldState::Warning:
        show(Icon::Warning, Role::Warn);
        break;
    case FieldState::Error:
        show(Icon::XCircle, Role::Err);
        break;
    }
    if (m_leadingIcon)
        m_leadingIcon->setPixmap(m_theme.pixmap(m_leading, Role::Text3, size, devicePixelRatioF()));
    update();
}

void InputFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool focused = m_editor->hasFocus();
    Role border = focused ? Role::Focus : Role::LineStrong;
    if (m_state == FieldState::Error)
        border = Role::Err;
    else if (m_state == FieldState::Warning)
        border = Role::Warn;
    if (!isEnabled())
        drawBox(painter, rect(), 4, m_theme.color(Role::Disabled), {});
    else
        drawBox(painter, rect(), 4, m_theme.color(m_dashed ? Role::Sunken : Role::Surface), m_theme.color(border),
                focused ? 2 : 1, m_dashed && !focused ? Qt::DashLine : Qt::SolidLine);
}

bool InputFrame::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut))
        update();
    return QWidget::eventFilter(watched, event);
}

} // namespace credenza
