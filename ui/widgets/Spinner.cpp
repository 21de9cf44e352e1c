// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Spinner.h"

#include <QPainter>

namespace credenza
{

using namespace std::chrono_literals;

Spinner::Spinner(const Theme &theme, int size, QWidget *parent) : QWidget(parent), m_theme(theme), m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Working…"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(300ms);
    m_frame.setInterval(33ms);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        m_visible = true;
        if (!m_theme.reducedMotion())
            m_frame.start();
        update();
    });
    connect(&m_frame, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + 12) % 360;
        update();
    });
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Spinner::start()
{
    if (m_running)
        return;
    m_running = true;
    m_delay.start();
}

void Spinner::stop()
{
    m_running = false;
    m_visible = false;
    m_delay.stop();
    m_frame.stop();
    update();
}

void Spinner::setRole(Role role)
{
    m_role = role;
    update();
}

QSize Spinner::sizeHint() const
{
    if (m_theme.reducedMotion())
        return {fontMetrics().horizontalAdvance(tr("Working…")) + 1, m_theme.lineHeight(TextStyle::Small)};
    return {m_size, m_size};
}

void Spinner::paintEvent(QPaintEvent *)
{
    if (!m_visible)
        return;
    QPainter painter(this);
    if (m_theme.reducedMotion()) {
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, tr("Working…"));
        return;
    }
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.translate(QRectF(rect()).center());
    painter.rotate(m_angle);
    painter.drawPixmap(QPointF(-m_size / 2.0, -m_size / 2.0),
                       m_theme.pixmap(Icon::Spinner, m_role, m_size, devicePixelRatioF()));
}

} // namespace credenza
