// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/CheckBox.h"

#include "ui/widgets/Painting.h"

#include <QPainter>

namespace credenza
{

CheckBox::CheckBox(const Theme &theme, const QString &text, QWidget *parent) : QCheckBox(text, parent), m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

WrappedText CheckBox::label() const
{
    // Drawn without the line below the mnemonic's letter; "&&" stands for one.
    QString plain;
    const QString marked = text();
    for (qsizetype i = 0; i < marked.size(); ++i) {
        if (marked.at(i) == u'&')
            ++i;
        if (i < marked.size())
            plain += marked.at(i);
    }
    return WrappedText(plain, font(), m_theme.lineHeight(TextStyle::Body));
}

int CheckBox::indent() const
{
    return m_theme.scaled(16) + (text().isEmpty() ? 0 : 8);
}

QSize CheckBox::sizeHint() const
{
    const int label = text().isEmpty() ? 0 : fontMetrics().horizontalAdvance(text()) + 1;
    return {std::max(24, indent() + label), std::max(24, m_theme.lineHeight(TextStyle::Body))};
}

QSize CheckBox::minimumSizeHint() const
{
    return {std::max(24, text().isEmpty() ? 0 : indent() + label().widestWord()), sizeHint().height()};
}

int CheckBox::heightForWidth(int width) const
{
    return text().isEmpty() ? sizeHint().height() : std::max(24, label().heightFor(width - indent()));
}

void CheckBox::drawIndicator(QPainter &painter, const Theme &theme, const QRect &box, bool checked, bool enabled)
{
    if (!enabled)
        drawBox(painter, box, 3, theme.color(Role::Disabled), theme.color(Role::OnDisabled));
    else if (checked)
        drawBox(painter, box, 3, theme.color(Role::Accent), theme.color(Role::Accent));
    else
        drawBox(painter, box, 3, theme.color(Role::Surface), theme.color(Role::LineStrong));
    if (checked)
        drawIcon(painter, theme, Icon::Check, enabled ? Role::OnAccent : Role::OnDisabled, box, box.width() - 4);
}

void CheckBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int side = m_theme.scaled(16);
    const int content = heightForWidth(width());
    const QRect words(indent(), std::max(0, (height() - content) / 2), width() - indent(), content);
    // Beside the first line.
    const int line = std::min(content, std::max(24, m_theme.lineHeight(TextStyle::Body)));
    const int indicatorTop = content > line ? words.top() + (m_theme.lineHeight(TextStyle::Body) - side) / 2
                                            : words.top() + (line - side) / 2;
    drawIndicator(painter, m_theme, QRect(0, indicatorTop, side, side), isChecked(), isEnabled());
    if (text().isEmpty())
        return;
    painter.setPen(m_theme.color(isEnabled() ? Role::Text : Role::OnDisabled));
    label().paint(painter, words, Qt::AlignVCenter | Qt::AlignLeft);
}

} // namespace credenza
