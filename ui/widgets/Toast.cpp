// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Toast.h"

#include "ui/widgets/Announce.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/TextLabel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <utility>

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace
{

constexpr int shadowRoom = 8;

} // namespace

Toast::Toast(const Theme &theme, QWidget &host, int bottom)
    : QWidget(&host), m_theme(theme), m_host(host), m_text(new TextLabel(theme, {}, TextStyle::Body)),
      m_action(new Button(theme, {}, ButtonKind::Quiet, ButtonSize::Compact)), m_bottom(bottom)
{
    hide();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16 + shadowRoom, 6 + shadowRoom, 8 + shadowRoom, 6 + shadowRoom);
    layout->setSpacing(16);
    layout->addWidget(m_text);
    layout->addWidget(m_action);
    setMinimumHeight(theme.scaled(40) + 2 * shadowRoom);
    m_action->setObjectName(u"toastAction"_s);
    m_action->hide();
    m_life.setSingleShot(true);
    m_life.setInterval(6s);
    connect(&m_life, &QTimer::timeout, this, [this] {
        if (underMouse() || m_action->hasFocus()) {
            m_life.start();
            return;
        }
        expire();
    });
    connect(m_action, &Button::clicked, this, [this] { triggerAction(); });
    m_motion.setStartValue(16);
    m_motion.setEndValue(0);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_offset = value.toInt();
        place();
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    host.installEventFilter(this);
}

void Toast::showMessage(const QString &text, const QString &action)
{
    expire(); // the old message's chance is gone
    m_text->setContent(text);
    m_text->setAccessibleName(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_offset = 0;
    place();
    raise();
    show();
    m_life.start();
    if (const int duration = m_theme.duration(160); duration > 0) {
        m_motion.setDuration(duration);
        m_motion.start();
    }
    announceAlert(*m_text);
}

void Toast::offer(const QString &text, const QString &action, std::function<void()> deed, std::function<void()> gone)
{
    showMessage(text, action);
    m_deed = std::move(deed);
    m_gone = std::move(gone);
}

bool Toast::triggerAction()
{
    if (isHidden() || m_action->isHidden())
        return false;
    finish(true);
    return true;
}

void Toast::expire()
{
    if (!isHidden()) // its window may be
        finish(false);
}

void Toast::finish(bool chosen)
{
    m_life.stop();
    hide();
    const auto deed = std::exchange(m_deed, nullptr);
    const auto gone = std::exchange(m_gone, nullptr);
    if (chosen)
        Q_EMIT actionTriggered();
    else
        Q_EMIT expired();
    if (const auto &call = chosen ? deed : gone)
        call();
}

void Toast::dismiss()
{
    m_life.stop();
    hide();
    m_deed = nullptr;
    m_gone = nullptr;
}

QString Toast::text() const
{
    return isVisible() ? m_text->content() : QString();
}

void Toast::place()
{
    layout()->activate();
    const QSize size = layout()->sizeHint().expandedTo(minimumSize());
    setGeometry(
        QRect({(m_host.width() - size.width()) / 2, m_host.height() - m_bottom - size.height() + shadowRoom + m_offset},
              size));
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect box = rect().adjusted(shadowRoom, shadowRoom, -shadowRoom, -shadowRoom);
    QColor shadow(Qt::black);
    shadow.setAlphaF(m_theme.color(Role::Shadow).alphaF() / 5);
    for (int spread = shadowRoom - 2; spread > 0; spread -= 2)
        drawBox(painter, box.translated(0, 2).adjusted(-spread, -spread, spread, spread), spread + 6, shadow, {});
    drawBox(painter, box, 6, m_theme.color(Role::Surface), m_theme.color(Role::LineStrong));
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_host && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

bool Toast::event(QEvent *event)
{
    if (event->type() == QEvent::Leave && isVisible())
        m_life.start();
    return QWidget::event(event);
}

} // namespace credenza
