// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/WireHighlighter.h"

#include "ui/theme/Theme.h"

#include <QRegularExpression>

namespace credenza
{

using namespace Qt::StringLiterals;

WireHighlighter::WireHighlighter(const Theme &theme, QTextDocument *document, QString dimmed)
    : QSyntaxHighlighter(document), m_theme(theme), m_dimmed(std::move(dimmed))
{
    connect(&theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void WireHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression statusLine(u"^HTTP/\\S+ (\\d{3})"_s);
    static const QRegularExpression requestLine(u"^([A-Z]+) (?=https?://)"_s);
    static const QRegularExpression header(u"^([A-Za-z][A-Za-z0-9-]*):(?= )"_s);
    static const QRegularExpression formField(u"^&?([a-z_]+)="_s);
    // One alternative a kind of JSON token; a string that is followed by a colon is a key.
    static const QRegularExpression json(
        uR"(("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|(?<![\w.-])(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.-]))"_s);

    const auto paint = [this](const QRegularExpressionMatch &match, int group, Role role) {
        setFormat(static_cast<int>(match.capturedStart(group)), static_cast<int>(match.capturedLength(group)),
                  m_theme.color(role));
    };
    if (const auto match = statusLine.match(text); match.hasMatch()) {
        paint(match, 1, Role::SyntaxNumber);
        return;
    }
    if (const auto match = requestLine.match(text); match.hasMatch()) {
        paint(match, 1, Role::SyntaxLiteral);
        return;
    }
    if (const auto match = header.match(text); match.hasMatch()) {
        paint(match, 1, Role::SyntaxKey);
    } else if (const auto field = formField.match(text); field.hasMatch()) {
        paint(field, 1, Role::SyntaxKey);
    } else {
        for (auto found = json.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch token = found.next();
            if (token.capturedLength(1) > 0)
                paint(token, 1, token.capturedLength(2) > 0 ? Role::SyntaxKey : Role::SyntaxString);
            else if (token.capturedLength(3) > 0)
                paint(token, 3, Role::SyntaxLiteral);
            else
                paint(token, 4, Role::SyntaxNumber);
        }
    }
    if (m_dimmed.isEmpty())
        return;
    for (qsizetype at = text.indexOf(m_dimmed); at >= 0; at = text.indexOf(m_dimmed, at + m_dimmed.size()))
        setFormat(static_cast<int>(at), static_cast<int>(m_dimmed.size()), m_theme.color(Role::Text3));
}

} // namespace credenza
