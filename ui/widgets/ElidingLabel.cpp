// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ElidingLabel.h"

#include <QFontMetrics>
#include <QPainter>

namespace credenza
{

ElidingLabel::ElidingLabel(const Theme &theme, const QString &text, Qt::TextElideMode mode, TextStyle style, Role role,
                           QWidget *parent)
    : QWidget(parent), m_theme(theme), m_mode(mode), m_style(style), m_role(role)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFont(theme.font(style));
    connect(&theme, &Theme::changed, this, [this] { setFont(m_theme.font(m_style)); });
    setText(text);
}

void ElidingLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidingLabel::setRole(Role role)
{
    m_role = role;
    update();
}

QSize ElidingLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, m_theme.lineHeight(m_style)};
}

QSize ElidingLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 4), m_theme.lineHeight(m_style)};
}

void ElidingLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.color(isEnabled() ? m_role : Role::OnDisabled));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, m_mode, width()));
}

void ElidingLabel::resizeEvent(QResizeEvent *)
{
    updateToolTip();
}

void ElidingLabel::updateToolTip()
{
    const QString own = fontMetrics().horizontalAdvance(m_text) > width() ? m_text : QString();
    if (toolTip() == m_ownToolTip) // else somebody said more than the text does
        setToolTip(own);
    m_ownToolTip = own;
}

} // namespace credenza
