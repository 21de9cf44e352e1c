// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/IdleLock.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace credenza
{

using namespace std::chrono_literals;

IdleLock::IdleLock(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdleLock::check);
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    m_minute.setInterval(60s);
    connect(&m_minute, &QTimer::timeout, this, &IdleLock::minutesLeftChanged);
    m_sinceUse.start();
    QCoreApplication::instance()->installEventFilter(this);
}

void IdleLock::setTimeout(std::chrono::milliseconds timeout)
{
    m_timeout = timeout;
    touch();
    schedule();
}

void IdleLock::setActive(bool active)
{
    m_active = active;
    touch();
    schedule();
}

void IdleLock::touch()
{
    const bool isStale = m_sinceUse.restart() >= std::chrono::milliseconds(60s).count();
    if (isStale)
        Q_EMIT minutesLeftChanged();
    if (!m_warning)
        return;
    m_warning = false;
    schedule();
    Q_EMIT resumed();
}

void IdleLock::schedule()
{
    const bool wasCounting = m_minute.isActive();
    m_timer.stop();
    m_minute.stop();
    m_warning = false;
    if (m_active && m_timeout > 0ms) {
        m_timer.start(std::max<std::chrono::milliseconds>(m_timeout - warningTime, 0ms));
        m_minute.start();
    }
    if (wasCounting || m_minute.isActive())
        Q_EMIT minutesLeftChanged();
}

std::optional<int> IdleLock::minutesLeft() const
{
    if (!m_active || m_timeout <= 0ms)
        return std::nullopt;
    const auto left = std::max(m_timeout - std::chrono::milliseconds(m_sinceUse.elapsed()), 0ms);
    return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(left).count());
}

void IdleLock::check()
{
    const std::chrono::milliseconds left = m_timeout - std::chrono::milliseconds(m_sinceUse.elapsed());
    if (left <= 0ms) {
        m_warning = false;
        Q_EMIT expired();
        return;
    }
    if (left > warningTime) {
        m_timer.start(left - warningTime); // it was used meanwhile
        return;
    }
    m_warning = true;
    m_timer.start(std::min<std::chrono::milliseconds>(left, 1s));
    Q_EMIT warned(static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count()));
}

bool IdleLock::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::InputMethod:
        touch();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace credenza
