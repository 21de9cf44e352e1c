// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/SegmentedControl.h"

#include "ui/widgets/Painting.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QRadioButton>

namespace credenza
{

/// One alternative. A radio button for assistive technology and for its exclusive behaviour; painted by us.
class Segment final : public QRadioButton
{
public:
    Segment(const Theme &theme, SegmentedControl &group, SegmentLook look, int height, std::optional<Icon> icon)
        : QRadioButton(&group), m_theme(theme), m_group(group), m_icon(icon), m_height(height), m_look(look)
    {
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setFont(theme.font(height < 32 ? TextStyle::Small : TextStyle::Label));
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        const int padding = m_look == SegmentLook::Tabs ? 0 : m_height < 32 ? 10 : 14;
        int width = 2 * padding + fontMetrics().horizontalAdvance(text()) + 1;
        if (m_icon)
            width += m_theme.scaled(16) + 8;
        return {width, m_theme.scaled(m_height)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    void setIconShown(Icon icon) { m_icon = icon; }

protected:
    [[nodiscard]] bool hitButton(const QPoint &position) const override { return rect().contains(position); }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const bool on = isChecked();
        const bool hot = isEnabled() && underMouse();
        const bool bordered = m_look == SegmentLook::Bordered;
        if (bordered) {
            const QRect inside = rect().adjusted(0, 1, 0, -1);
            if (on || hot)
                painter.fillRect(inside, m_theme.color(on ? Role::Selected : Role::Hover));
            if (m_group.m_segments.front() != this)
                painter.fillRect(QRect(0, 1, 1, height() - 2), m_theme.color(Role::Line));
        }
        if (on)
            painter.fillRect(QRect(0, height() - (bordered ? 3 : 2), width(), 2), m_theme.color(Role::Accent));
        const Role ink = !isEnabled() ? Role::OnDisabled : on ? Role::Accent : hot ? Role::Text : Role::Text2;
        const int icon = m_theme.scaled(16);
        int x = (width() - fontMetrics().horizontalAdvance(text()) - (m_icon ? icon + 8 : 0)) / 2;
        if (m_icon) {
            drawIcon(painter, m_theme, *m_icon, ink, QRect(x, 0, icon, height()), icon);
            x += icon + 8;
        }
        painter.setPen(m_theme.color(ink));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         text());
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const auto &all = m_group.m_segments;
        const auto self = static_cast<int>(std::ranges::find(all, this) - all.begin());
        switch (event->key()) {
        case Qt::Key_Right:
        case Qt::Key_Down:
            m_group.move(self, 1);
            return;
        case Qt::Key_Left:
        case Qt::Key_Up:
            m_group.move(self, -1);
            return;
        case Qt::Key_Home:
            m_group.move(-1, 1);
            return;
        case Qt::Key_End:
            m_group.move(static_cast<int>(all.size()), -1);
            return;
        default:
            QRadioButton::keyPressEvent(event);
        }
    }

private:
    const Theme &m_theme;
    SegmentedControl &m_group;
    std::optional<Icon> m_icon;
    int m_height;
    SegmentLook m_look;
};

SegmentedControl::SegmentedControl(const Theme &theme, const QString &name, int height, QWidget *parent)
    : SegmentedControl(theme, name, SegmentLook::Bordered, height, parent)
{
}

SegmentedControl::SegmentedControl(const Theme &theme, const QString &name, SegmentLook look, int height,
                                   QWidget *parent)
    : QWidget(parent), m_theme(theme), m_height(height), m_look(look)
{
    setAccessibleName(name);
    setSizePolicy(look == SegmentLook::Tabs ? QSizePolicy::Preferred : QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *layout = new QHBoxLayout(this);
    const int frame = look == SegmentLook::Bordered ? 1 : 0;
    layout->setContentsMargins(frame, 0, frame, 0);
    layout->setSpacing(look == SegmentLook::Tabs ? 24 : 0);
    layout->addStretch(look == SegmentLook::Tabs ? 1 : 0);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SegmentedControl::addSegment(const QString &text, std::optional<Icon> icon)
{
    auto *segment = new Segment(m_theme, *this, m_look, m_height, icon);
    segment->setText(text);
    const int index = count();
    m_segments.push_back(segment);
    qobject_cast<QHBoxLayout *>(layout())->insertWidget(index, segment);
    segment->setFocusPolicy(index == 0 ? Qt::StrongFocus : Qt::ClickFocus);
    connect(segment, &QAbstractButton::toggled, this, [this, segment](bool on) {
        if (on)
            setCurrentIndex(static_cast<int>(std::ranges::find(m_segments, segment) - m_segments.begin()));
    });
    if (index == 0)
        setCurrentIndex(0);
}

void SegmentedControl::setSegmentText(int index, const QString &text, std::optional<Icon> icon)
{
    Segment *segment = m_segments.at(static_cast<std::size_t>(index));
    if (icon)
        segment->setIconShown(*icon);
    segment->setText(text);
    segment->updateGeometry();
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled, const QString &reason)
{
    Segment *segment = m_segments.at(static_cast<std::size_t>(index));
    segment->setEnabled(enabled);
    segment->setToolTip(enabled ? QString() : reason);
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index == m_current || index < 0 || index >= count())
        return;
    m_current = index;
    // The current segment is the group's one Tab stop.
    for (int i = 0; i < count(); ++i) {
        Segment *segment = m_segments.at(static_cast<std::size_t>(i));
        segment->setFocusPolicy(i == index ? Qt::StrongFocus : Qt::ClickFocus);
        segment->setChecked(i == index);
    }
    setFocusProxy(m_segments.at(static_cast<std::size_t>(index)));
    update();
    Q_EMIT currentChanged(index);
}

void SegmentedControl::move(int from, int step)
{
    for (int i = from + step; i >= 0 && i < count(); i += step) {
        Segment *segment = m_segments.at(static_cast<std::size_t>(i));
        if (!segment->isEnabled())
            continue;
        setCurrentIndex(i);
        segment->setFocus(Qt::OtherFocusReason);
        return;
    }
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_look == SegmentLook::Tabs) {
        if (m_height < 40)
            return; // the box around dense tabs draws its own line
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color(Role::Line));
        return;
    }
    drawBox(painter, rect(), 4, m_theme.color(Role::Surface), m_theme.color(Role::LineStrong));
}

SegmentedTabs::SegmentedTabs(const Theme &theme, const QString &name, QWidget *parent, Density density)
    : SegmentedControl(theme, name, SegmentLook::Tabs, density == Density::Column ? 40 : 28, parent)
{
    if (density == Density::Column) {
        layout()->setContentsMargins(24, 0, 24, 0);
        return;
    }
    layout()->setSpacing(16);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

} // namespace credenza
