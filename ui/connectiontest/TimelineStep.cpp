// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/TimelineStep.h"

#include "ui/connectiontest/ExchangeView.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Painting.h"
#include "ui/widgets/Spinner.h"
#include "ui/widgets/TextLabel.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int iconExtent = 20;
constexpr int indent = 32;
constexpr int barWidth = 96;
constexpr int barHeight = 6;
constexpr int timeWidth = 56;

Icon iconOf(TestStepState state)
{
    switch (state) {
    case TestStepState::Passed:
        return Icon::CheckCircle;
    case TestStepState::Failed:
        return Icon::XCircle;
    case TestStepState::Warning:
        return Icon::Warning;
    case TestStepState::Waiting:
    case TestStepState::Running:
    case TestStepState::Skipped:
        break;
    }
    return Icon::DashedCircle;
}

Role roleOf(TestStepState state)
{
    switch (state) {
    case TestStepState::Passed:
        return Role::Ok;
    case TestStepState::Failed:
        return Role::Err;
    case TestStepState::Warning:
        return Role::Warn;
    case TestStepState::Waiting:
    case TestStepState::Running:
    case TestStepState::Skipped:
        break;
    }
    return Role::Text3;
}

} // namespace

/// The line with name, bar and time; the whole of it opens and closes the step.
class TimelineHeader final : public QAbstractButton
{
public:
    TimelineHeader(const Theme &theme, const TestStepText &text) : m_theme(theme), m_step(text)
    {
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    [[nodiscard]] QSize sizeHint() const override { return {240, std::max(24, m_theme.scaled(20) + 4)}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const bool reached = m_step.state != TestStepState::Waiting && m_step.state != TestStepState::Skipped;
        const int chevron = m_theme.scaled(14);
        int x = 0;
        if (!m_step.exchanges.isEmpty()) {
            drawIcon(painter, m_theme, isChecked() ? Icon::ChevronDown : Icon::ChevronRight,
                     underMouse() ? Role::Text : Role::Text2, QRect(0, 0, chevron, height()), chevron);
        }
        if (reached)
            x = chevron + 8;
        const int timeLeft = width() - m_theme.scaled(timeWidth);
        const int barLeft = timeLeft - 8 - barWidth;
        painter.setFont(m_theme.font(reached ? TextStyle::Heading : TextStyle::Body));
        painter.setPen(m_theme.color(reached ? Role::Text : Role::Text3));
        const int nameWidth = (reached ? barLeft - 8 : width()) - x;
        painter.drawText(QRect(x, 0, nameWidth, height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(m_step.name, Qt::ElideRight, nameWidth));
        if (m_step.time.isEmpty())
            return;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const QRectF track(barLeft, (height() - barHeight) / 2.0, barWidth, barHeight);
        painter.setBrush(m_theme.color(Role::Line));
        painter.drawRoundedRect(track, 3, 3);
        const double length = std::clamp(m_step.barLength * barWidth, 3.0, double(barWidth));
        const double start = std::clamp(m_step.barStart * barWidth, 0.0, barWidth - length);
        painter.setBrush(m_theme.color(roleOf(m_step.state)));
        const double radius = std::min(3.0, length / 2);
        painter.drawRoundedRect(QRectF(track.left() + start, track.top(), length, barHeight), radius, radius);
        painter.setFont(m_theme.font(TextStyle::Mono));
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(QRect(timeLeft, 0, width() - timeLeft, height()), Qt::AlignVCenter | Qt::AlignRight,
                         m_step.time);
    }

private:
    const Theme &m_theme;
    const TestStepText &m_step;
};

TimelineStep::TimelineStep(const Theme &theme, TestStepId id, bool isLast, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_body(new QVBoxLayout(this)), m_header(new TimelineHeader(theme, m_text)),
      m_spinner(new Spinner(theme, iconExtent, this)),
      m_result(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)), m_isLast(isLast)
{
    m_text.id = id;
    m_text.name = labelOf(id);
    setObjectName(u"step-"_s + nameOf(id));
    m_header->setObjectName(u"stepHeader"_s);
    m_result->setObjectName(u"stepResult"_s);
    m_body->setContentsMargins(indent, 0, 0, 8);
    m_body->setSpacing(0);
    m_body->addWidget(m_header);
    m_result->setWrapping(true);
    m_body->addWidget(m_result);
    m_spinner->move(0, 2);
    m_spinner->resize(m_spinner->sizeHint());
    connect(m_header, &QAbstractButton::toggled, this, &TimelineStep::setOpen);
    describe();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimelineStep::setStep(const TestStepText &text)
{
    if (text == m_text)
        return;
    const bool sameDetails = text.exchanges == m_text.exchanges;
    m_text = text;
    if (!sameDetails && m_details) {
        m_details->deleteLater();
        m_details = nullptr;
    }
    m_header->setEnabled(!text.exchanges.isEmpty());
    // Without motion there is no spinner to tell a running step.
    const bool isStill = text.state == TestStepState::Running && m_theme.reducedMotion();
    m_result->setContent(isStill ? tr("Working…") : text.result);
    m_result->setVisible(isStill || (!text.result.isEmpty() && !text.isSlim));
    m_body->setContentsMargins(indent, 0, 0, text.isSlim ? 2 : 8);
    if (text.state == TestStepState::Running && !isStill)
        m_spinner->start();
    else
        m_spinner->stop();
    setOpen(text.opensByItself);
    if (m_open)
        fillDetails();
    describe();
    m_header->update();
    update();
}

void TimelineStep::setOpen(bool open)
{
    open = open && !m_text.exchanges.isEmpty();
    m_open = open;
    m_header->setChecked(open);
    if (open)
        fillDetails();
    if (m_details)
        m_details->setVisible(open);
    if (m_text.isSlim && !m_text.result.isEmpty())
        m_result->setVisible(open && m_text.state != TestStepState::Failed);
    describe();
}

void TimelineStep::fillDetails()
{
    if (m_details)
        return;
    m_details = new QWidget;
    auto *layout = new QVBoxLayout(m_details);
    layout->setContentsMargins(0, 4, 0, 4);
    layout->setSpacing(4);
    for (const TestExchangeText &exchange : m_text.exchanges) {
        if (m_text.exchanges.size() > 1 && !exchange.caption.isEmpty()) {
            auto *caption = new TextLabel(m_theme, exchange.caption, TextStyle::Mono, Role::Text2);
            caption->setWrapping(true);
            layout->addWidget(caption);
        }
        auto *view = new ExchangeView(m_theme, exchange);
        connect(view, &ExchangeView::copied, this, &TimelineStep::copied);
        layout->addWidget(view);
    }
    m_body->addWidget(m_details);
}

void TimelineStep::describe()
{
    QString state;
    switch (m_text.state) {
    case TestStepState::Waiting:
        state = tr("waiting");
        break;
    case TestStepState::Running:
        state = tr("running");
        break;
    case TestStepState::Passed:
        state = tr("passed in %1").arg(m_text.time);
        break;
    case TestStepState::Failed:
        state = tr("failed after %1").arg(m_text.time);
        break;
    case TestStepState::Warning:
        state = tr("passed with a warning in %1").arg(m_text.time);
        break;
    case TestStepState::Skipped:
        state = tr("skipped");
        break;
    }
    m_header->setAccessibleName(m_text.name + u", "_s + state);
    m_header->setAccessibleDescription(
        m_text.result + (m_text.exchanges.isEmpty() ? QString() : (m_open ? tr(" Unfolded.") : tr(" Folded."))));
}

void TimelineStep::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int top = (m_header->sizeHint().height() - iconExtent) / 2;
    if (!m_isLast) {
        QColor thread = m_theme.color(Role::LineStrong);
        thread.setAlphaF(0.6F);
        painter.fillRect(QRect(iconExtent / 2 - 1, top + iconExtent, 1, height() - top - iconExtent + top), thread);
    }
    if (m_text.state != TestStepState::Running || m_theme.reducedMotion())
        drawIcon(painter, m_theme, iconOf(m_text.state), roleOf(m_text.state), QRect(0, top, iconExtent, iconExtent),
                 iconExtent);
}

} // namespace credenza
