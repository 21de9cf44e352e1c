// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/CodeBlock.h"

#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"

#include <QStyle>
#include <QTextBlock>
#include <QTextCursor>

#include <cmath>

namespace credenza
{

using namespace Qt::StringLiterals;

CodeBlock::CodeBlock(const Theme &theme, const QString &name, QWidget *parent) : QTextEdit(parent), m_theme(theme)
{
    setAccessibleName(name);
    setReadOnly(true);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setFont(theme.font(TextStyle::Code));
    setLineWrapMode(QTextEdit::NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CodeBlock::setCode(const QString &code)
{
    setPlainText(code);
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    QTextBlockFormat format;
    format.setLineHeight(m_theme.lineHeight(TextStyle::Code), QTextBlockFormat::FixedHeight);
    cursor.mergeBlockFormat(format);
    fit();
}

void CodeBlock::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    fit();
}

void CodeBlock::setWrapping(bool wraps)
{
    setLineWrapMode(wraps ? QTextEdit::WidgetWidth : QTextEdit::NoWrap);
    setWordWrapMode(QTextOption::WrapAnywhere);
    fit();
}

void CodeBlock::setBare(bool bare)
{
    setProperty("bare", bare);
    style()->unpolish(this);
    style()->polish(this);
}

void CodeBlock::setCopyButton(const QString &deed)
{
    m_copy = new IconButton(m_theme, Icon::Copy, deed, this);
    m_copy->setObjectName(u"copyCode"_s);
    connect(m_copy, &IconButton::clicked, this, [this] {
        copyToClipboard(code());
        Q_EMIT copied();
    });
    setViewportMargins(0, 0, m_theme.scaled(28), 0);
}

QSize CodeBlock::sizeHint() const
{
    const int line = m_theme.lineHeight(TextStyle::Code);
    const int lines = std::max(1, static_cast<int>(std::ceil(document()->size().height() / line - 0.01)));
    return {240, std::min(lines, m_maximumLines) * line + 18};
}

QSize CodeBlock::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void CodeBlock::fit()
{
    updateGeometry();
}

void CodeBlock::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    if (m_copy)
        m_copy->move(width() - m_copy->sizeHint().width() - 4, 4);
    if (lineWrapMode() != QTextEdit::NoWrap)
        fit();
}

} // namespace credenza
