// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Button.h"

#include "ui/widgets/Painting.h"

#include <QKeyEvent>
#include <QPainter>

namespace credenza
{

using namespace std::chrono_literals;

Button::Button(const Theme &theme, const QString &text, ButtonKind kind, ButtonSize size, QWidget *parent)
    : QPushButton(text, parent), m_theme(theme), m_kind(kind), m_size(size)
{
    setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
    setCursor(kind == ButtonKind::Quiet || kind == ButtonKind::OnRail ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(theme.font(size == ButtonSize::Small ? TextStyle::SmallLabel : TextStyle::Label));
    m_spinDelay.setSingleShot(true);
    m_spinDelay.setInterval(300ms);
    m_spin.setInterval(33ms);
    connect(&m_spinDelay, &QTimer::timeout, this, [this] {
        m_spinning = true;
        if (!m_theme.reducedMotion())
            m_spin.start();
        update();
    });
    connect(&m_spin, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + 12) % 360;
        update();
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Button::setLeadingIcon(Icon icon)
{
    m_leading = icon;
    updateGeometry();
    update();
}

void Button::setTrailingIcon(Icon icon)
{
    m_trailing = icon;
    updateGeometry();
    update();
}

void Button::setBusy(bool busy)
{
    if (busy == m_busy)
        return;
    m_busy = busy;
    if (busy) {
        m_spinDelay.start();
    } else {
        m_spinDelay.stop();
        m_spin.stop();
        m_spinning = false;
    }
    setAccessibleDescription(busy ? tr("Working…") : QString());
    update();
}

void Button::setKind(ButtonKind kind)
{
    m_kind = kind;
    update();
}

void Button::setFlush(bool flush)
{
    m_flush = flush;
    updateGeometry();
}

void Button::setDisabledReason(const QString &reason)
{
    if (!m_disabledByReason)
        m_toolTipWhenEnabled = toolTip();
    m_disabledByReason = !reason.isEmpty();
    setEnabled(!m_disabledByReason);
    setToolTip(m_disabledByReason ? reason : m_toolTipWhenEnabled);
    setAccessibleDescription(reason);
}

int Button::iconSize() const
{
    return m_theme.scaled(m_size == ButtonSize::Small ? 14 : 16);
}

int Button::gap() const
{
    return m_size == ButtonSize::Small ? 6 : 8;
}

int Button::padding() const
{
    if (m_flush)
        return 0;
    if (m_size == ButtonSize::Large)
        return 20;
    if (m_size == ButtonSize::Small || m_kind == ButtonKind::Quiet || m_kind == ButtonKind::OnRail)
        return 8;
    return m_size == ButtonSize::Compact ? 10 : 14;
}

QSize Button::sizeHint() const
{
    static constexpr std::array heights{24, 28, 32, 40};
    int width = fontMetrics().horizontalAdvance(text().remove(u'&')) + 2 * padding() + (m_flush ? 0 : 2);
    if (m_leading)
        width += iconSize() + gap();
    if (m_trailing)
        width += iconSize() + gap();
    return {width, m_theme.scaled(heights.at(static_cast<std::size_t>(m_size)))};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

Role Button::foreground() const
{
    if (!isEnabled())
        return Role::OnDisabled;
    const bool hot = underMouse() || isDown();
    switch (m_kind) {
    case ButtonKind::Primary:
        return Role::OnAccent;
    case ButtonKind::Secondary:
        return Role::Text;
    case ButtonKind::Quiet:
        return isDown() ? Role::AccentPress : hot ? Role::AccentHover : Role::Accent;
    case ButtonKind::Danger:
        return Role::Err;
    case ButtonKind::OnRail:
        return hot ? Role::RailOn : Role::RailMark;
    }
    return Role::Text;
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool hot = isEnabled() && underMouse() && !m_busy;
    QColor fill;
    QColor border;
    switch (m_kind) {
    case ButtonKind::Primary:
        fill = m_theme.color(isDown() ? Role::AccentPress : hot ? Role::AccentHover : Role::Accent);
        break;
    case ButtonKind::Secondary:
    case ButtonKind::Danger:
        fill = m_theme.color(isDown() ? Role::Selected : hot ? Role::Hover : Role::Surface);
        border = m_theme.color(m_kind == ButtonKind::Danger ? Role::Err : Role::LineStrong);
        break;
    case ButtonKind::Quiet:
        if (!m_flush && (hot || isDown()))
            fill = m_theme.color(isDown() ? Role::Selected : Role::Hover);
        break;
    case ButtonKind::OnRail:
        break;
    }
    const bool quiet = m_kind == ButtonKind::Quiet || m_kind == ButtonKind::OnRail;
    if (!isEnabled() && !quiet) {
        fill = m_theme.color(Role::Disabled);
        border = QColor();
    }
    if (fill.isValid() || border.isValid())
        drawBox(painter, rect(), 4, fill, border);

    const Role role = foreground();
    const QString label = text();
    const bool spinner = m_spinning && !m_theme.reducedMotion();
    // A busy button without an icon makes room for its spinner within the padding, so its width stays.
    const int labelWidth = fontMetrics().horizontalAdvance(QString(label).remove(u'&'));
    int content = labelWidth;
    if (m_leading)
        content += iconSize() + gap();
    if (m_trailing)
        content += iconSize() + gap();
    int x = m_flush ? 0 : (width() - content) / 2;
    const auto drawSpinner = [&](int left, int size) {
        painter.save();
        painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        painter.translate(left + size / 2.0, height() / 2.0);
        painter.rotate(m_angle);
        painter.drawPixmap(QPointF(-size / 2.0, -size / 2.0),
                           m_theme.pixmap(Icon::Spinner, role, size, devicePixelRatioF()));
        painter.restore();
    };
    if (m_leading) {
        if (spinner)
            drawSpinner(x, iconSize());
        else
            drawIcon(painter, m_theme, *m_leading, role, QRect(x, 0, iconSize(), height()), iconSize());
        x += iconSize() + gap();
    } else if (spinner) {
        const int room = std::clamp(x - 6, 8, iconSize() - 2);
        drawSpinner(std::max(2, x - room - 4), room);
    }
    painter.setPen(m_theme.color(role));
    painter.drawText(QRect(x, 0, width() - x, height()),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic | Qt::TextSingleLine, label);
    x += labelWidth + gap();
    if (m_trailing)
        drawIcon(painter, m_theme, *m_trailing, role, QRect(x, 0, iconSize(), height()), iconSize());
}

void Button::mousePressEvent(QMouseEvent *event)
{
    if (m_busy)
        return;
    QPushButton::mousePressEvent(event);
}

void Button::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!m_busy)
            click();
        return;
    }
    if (m_busy && event->key() == Qt::Key_Space)
        return;
    QPushButton::keyPressEvent(event);
}

bool Button::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QPushButton::event(event);
}

IconButton::IconButton(const Theme &theme, Icon icon, const QString &deed, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme), m_icon(icon)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setDeed(deed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void IconButton::setIconShown(Icon icon)
{
    m_icon = icon;
    update();
}

void IconButton::setDeed(const QString &deed)
{
    setAccessibleName(deed);
    setToolTip(deed);
}

void IconButton::setRole(Role role)
{
    m_role = role;
    update();
}

void IconButton::setExtent(int px)
{
    m_extent = px;
    updateGeometry();
}

QSize IconButton::sizeHint() const
{
    return {m_theme.scaled(m_extent), m_theme.scaled(m_extent)};
}

void IconButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool hot = isEnabled() && underMouse();
    if (hot || isDown() || isChecked())
        drawBox(painter, rect(), 4, m_theme.color(isDown() || isChecked() ? Role::Selected : Role::Hover), {});
    const Role role = !isEnabled() ? Role::OnDisabled : isChecked() ? Role::Accent : hot ? Role::Text : m_role;
    drawIcon(painter, m_theme, m_icon, role, rect(), m_theme.scaled(16));
}

bool IconButton::event(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave)
        update();
    return QAbstractButton::event(event);
}

} // namespace credenza
