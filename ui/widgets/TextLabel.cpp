// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/TextLabel.h"

#include <QPainter>
#include <QTextDocumentFragment>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

TextLabel::TextLabel(const Theme &theme, const QString &text, TextStyle style, Role role, QWidget *parent)
    : QLabel(parent), m_theme(theme), m_content(text), m_style(style), m_role(role)
{
    setTextInteractionFlags(Qt::NoTextInteraction);
    connect(&theme, &Theme::changed, this, &TextLabel::refresh);
    refresh();
}

void TextLabel::setContent(const QString &text)
{
    m_content = text;
    m_markup = false;
    refresh();
}

void TextLabel::setMarkup(const QString &html)
{
    m_content = html;
    m_markup = true;
    refresh();
}

void TextLabel::setRole(Role role)
{
    if (role == m_role)
        return;
    m_role = role;
    refresh();
}

void TextLabel::setWrapping(bool wraps)
{
    setWordWrap(wraps);
    refresh();
}

void TextLabel::setWrappingIfNarrow()
{
    m_wantsOneLine = true;
    setWrapping(true);
}

void TextLabel::refresh()
{
    setFont(m_theme.font(m_style));
    QPalette colours = palette();
    colours.setColor(QPalette::Active, QPalette::WindowText, m_theme.color(m_role));
    colours.setColor(QPalette::Inactive, QPalette::WindowText, m_theme.color(m_role));
    colours.setColor(QPalette::Disabled, QPalette::WindowText, m_theme.color(m_role));
    colours.setColor(QPalette::Link, m_theme.color(Role::Accent));
    setPalette(colours);
    setMinimumHeight(std::max(minimumHeight(), m_theme.lineHeight(m_style))); // a height that was fixed stays
    m_wrapped.reset();
    if (!m_markup) {
        setTextFormat(Qt::PlainText);
        setText(m_content);
        if (wordWrap()) {
            m_wrapped.emplace(m_content, m_theme.font(m_style), m_theme.lineHeight(m_style));
            setAccessibleName(m_content);
            updateGeometry();
        }
        return;
    }
    QString body = m_content;
    body.replace(u"<code>"_s, u"<span style=\"font-family:%1;font-size:%2px\">"_s
                                  .arg(u'\'' + m_theme.font(TextStyle::Mono).families().join(u"','"_s) + u'\'')
                                  .arg(m_theme.scaled(12)));
    body.replace(u"</code>"_s, u"</span>"_s);
    setTextFormat(Qt::RichText);
    setText(u"<p style=\"margin:0;color:%3;line-height:%1px;-qt-line-height-type:fixed\">%2</p>"_s
                .arg(m_theme.lineHeight(m_style))
                .arg(body, m_theme.color(m_role).name()));
    setAccessibleName(QTextDocumentFragment::fromHtml(m_content).toPlainText());
}

QSize TextLabel::withMargins(const QSize &content) const
{
    const QMargins margins = contentsMargins();
    return content + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

QSize TextLabel::sizeHint() const
{
    if (m_wrapped && m_wantsOneLine)
        return withMargins({fontMetrics().horizontalAdvance(m_content) + 1, m_theme.lineHeight(m_style)});
    return m_wrapped ? withMargins(m_wrapped->preferredSize()) : QLabel::sizeHint();
}

QSize TextLabel::minimumSizeHint() const
{
    return m_wrapped ? withMargins({m_wrapped->widestWord(), m_theme.lineHeight(m_style)}) : QLabel::minimumSizeHint();
}

int TextLabel::heightForWidth(int width) const
{
    if (!m_wrapped)
        return QLabel::heightForWidth(width);
    const QSize margins = withMargins(QSize(0, 0));
    return m_wrapped->heightFor(width - margins.width()) + margins.height();
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    if (!m_wrapped) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    m_wrapped->paint(painter, contentsRect(), alignment());
}

} // namespace credenza
