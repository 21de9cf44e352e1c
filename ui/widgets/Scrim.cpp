// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Scrim.h"

#include "ui/widgets/Painting.h"

#include <QApplication>
#include <QFocusFrame>
#include <QGraphicsOpacityEffect>
#include <QKeyEvent>
#include <QPainter>

namespace credenza
{

using namespace std::chrono_literals;

namespace
{

/// The panel: paints its own ground, so that nothing shows through.
class Panel final : public QWidget
{
public:
    Panel(const Theme &theme, int radius, QWidget *parent) : QWidget(parent), m_theme(theme), m_radius(radius)
    {
        setFocusPolicy(Qt::NoFocus);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (m_radius > 0)
            drawBox(painter, rect(), m_radius, m_theme.color(Role::Surface), m_theme.color(Role::Line));
        else
            painter.fillRect(rect(), m_theme.color(Role::Surface));
    }

private:
    const Theme &m_theme;
    int m_radius;
};

} // namespace

Scrim::Scrim(const Theme &theme, QWidget &host, int panelRadius)
    : QWidget(&host), m_theme(theme), m_host(host), m_panel(new Panel(theme, panelRadius, this))
{
    hide();
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { setProgress(value.toReal()); });
    connect(&m_motion, &QVariantAnimation::finished, this, [this] {
        m_panel->setGraphicsEffect(nullptr);
        if (m_open)
            Q_EMIT opened();
        else
            release();
    });
    // What lies behind is laid out after us on a resize, and told of a new theme in any order: draw it once it is done.
    m_recapture.setSingleShot(true);
    m_recapture.setInterval(0ms);
    connect(&m_recapture, &QTimer::timeout, this, &Scrim::captureBehind);
    connect(&theme, &Theme::changed, this, [this] {
        if (m_open)
            m_recapture.start();
    });
    host.installEventFilter(this);
}

void Scrim::open(QWidget *firstFocus)
{
    if (m_open)
        return;
    m_open = true;
    if (!m_returnFocus)
        m_returnFocus = m_host.window()->focusWidget();
    if (m_returnFocus)
        m_returnFocus->clearFocus();
    setGeometry(m_host.rect());
    m_disabled.clear();
    for (QObject *child : m_host.children()) {
        auto *sibling = qobject_cast<QWidget *>(child);
        if (sibling && sibling != this && !sibling->isWindow() && sibling->isVisible() && sibling->isEnabled() &&
            !qobject_cast<QFocusFrame *>(sibling))
            m_disabled.emplace_back(sibling);
    }
    captureBehind();
    for (const auto &sibling : m_disabled)
        sibling->setEnabled(false);
    raise();
    show();
    placePanel();
    if (firstFocus)
        firstFocus->setFocus(Qt::OtherFocusReason);
    const int duration = m_theme.duration(160);
    if (duration == 0) {
        setProgress(1);
        Q_EMIT opened();
        return;
    }
    m_panel->setGraphicsEffect(new QGraphicsOpacityEffect(m_panel));
    setProgress(0);
    m_motion.setDirection(QAbstractAnimation::Forward);
    m_motion.setDuration(duration);
    m_motion.start();
}

void Scrim::close()
{
    if (!m_open)
        return;
    m_open = false;
    const int duration = m_theme.duration(120);
    if (duration == 0) {
        release();
        return;
    }
    m_panel->setGraphicsEffect(new QGraphicsOpacityEffect(m_panel));
    m_motion.stop();
    m_motion.setDirection(QAbstractAnimation::Backward);
    m_motion.setDuration(duration);
    m_motion.start();
}

void Scrim::closeAtOnce()
{
    if (!m_open)
        return;
    m_open = false;
    m_motion.stop();
    release();
}

void Scrim::release()
{
    hide();
    m_behind = {};
    m_panel->setGraphicsEffect(nullptr);
    for (const auto &sibling : m_disabled) {
        if (sibling)
            sibling->setEnabled(true);
    }
    m_disabled.clear();
    if (m_returnFocus)
        m_returnFocus->setFocus(Qt::OtherFocusReason);
    m_returnFocus.clear();
    Q_EMIT closed();
}

void Scrim::captureBehind()
{
    const qreal ratio = devicePixelRatioF();
    m_behind = QPixmap(m_host.size() * ratio);
    m_behind.setDevicePixelRatio(ratio);
    m_behind.fill(m_theme.color(Role::Background));
    // A disabled widget would be drawn grey; behind the scrim it should look as it was left.
    for (const auto &sibling : m_disabled) {
        if (!sibling)
            continue;
        const bool enabled = sibling->isEnabled();
        sibling->setEnabled(true);
        sibling->render(&m_behind, sibling->pos());
        sibling->setEnabled(enabled);
    }
    update();
}

void Scrim::setProgress(qreal progress)
{
    m_progress = progress;
    if (auto *effect = qobject_cast<QGraphicsOpacityEffect *>(m_panel->graphicsEffect()))
        effect->setOpacity(progress);
    placePanel();
    update();
}

void Scrim::placePanel()
{
    const int offset = static_cast<int>(slideDistance() * (1 - m_progress));
    m_panel->setGeometry(panelGeometry().translated(offset, 0));
    update(); // the shadow stands around it
}

void Scrim::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_behind);
    QColor dim = m_theme.color(Role::Scrim);
    dim.setAlphaF(dim.alphaF() * static_cast<float>(m_progress));
    painter.fillRect(rect(), dim);
    // The shadow: y 8, blur 32, as a few growing rounded boxes.
    // Black: at so little alpha the token's own hue would be rounded to another one.
    QColor shadow(Qt::black);
    shadow.setAlphaF(m_theme.color(Role::Shadow).alphaF() * static_cast<float>(m_progress) / 12);
    for (int spread = 24; spread > 0; spread -= 2)
        drawBox(painter, m_panel->geometry().translated(0, 8).adjusted(-spread, -spread, spread, spread), spread + 4,
                shadow, {});
}

void Scrim::resizeEvent(QResizeEvent *)
{
    placePanel();
}

bool Scrim::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_host && event->type() == QEvent::Resize && isVisible()) {
        setGeometry(m_host.rect());
        m_recapture.start();
    }
    return QWidget::eventFilter(watched, event);
}

void Scrim::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT requestClose();
        return;
    }
    event->accept(); // nothing typed here may reach the window behind
}

void Scrim::mousePressEvent(QMouseEvent *)
{
    // A click beside the panel does nothing: half-typed work isn't lost by a slip.
}

bool Scrim::focusNextPrevChild(bool next)
{
    QWidget *start = window()->focusWidget();
    if (!start || !isAncestorOf(start))
        start = m_panel;
    for (QWidget *candidate = next ? start->nextInFocusChain() : start->previousInFocusChain(); candidate != start;
         candidate = next ? candidate->nextInFocusChain() : candidate->previousInFocusChain()) {
        if (isAncestorOf(candidate) && (candidate->focusPolicy() & Qt::TabFocus) != 0 && !candidate->focusProxy() &&
            candidate->isEnabled() && candidate->isVisible()) {
            candidate->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return true;
}

} // namespace credenza
