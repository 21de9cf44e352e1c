// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/Meters.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace credenza
{

StrengthBar::StrengthBar(const Theme &theme, int parts, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_parts(parts)
{
    setFixedHeight(6);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StrengthBar::setLevel(int level, Role role, const QString &verdict)
{
    m_level = std::clamp(level, 0, m_parts);
    m_role = role;
    setAccessibleName(verdict);
    update();
}

void StrengthBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    constexpr int gap = 4;
    const qreal part = (width() - gap * (m_parts - 1)) / static_cast<qreal>(m_parts);
    for (int i = 0; i < m_parts; ++i) {
        const int left = static_cast<int>(std::lround(i * (part + gap)));
        const int right = static_cast<int>(std::lround(i * (part + gap) + part));
        drawBox(painter, QRect(left, 0, right - left, height()), 2, m_theme.color(i < m_level ? m_role : Role::Line),
                {});
    }
}

ProgressLine::ProgressLine(const Theme &theme, int height, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setFixedHeight(height);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProgressLine::setProgress(qreal fraction, const QString &text)
{
    m_fraction = std::clamp(fraction, 0.0, 1.0);
    setAccessibleName(text);
    update();
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const qreal radius = height() / 2.0;
    drawBox(painter, rect(), radius, m_theme.color(Role::Line), {});
    const int filled = static_cast<int>(std::lround(width() * m_fraction));
    if (filled > 0)
        drawBox(painter, QRect(0, 0, std::max(filled, height()), height()), radius, m_theme.color(Role::Accent), {});
}

} // namespace credenza
