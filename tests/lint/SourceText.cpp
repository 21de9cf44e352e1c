// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/SourceText.h"

#include <algorithm>

namespace credenza::lint
{
namespace
{

void blank(QString &text, qsizetype from, qsizetype to)
{
    for (qsizetype i = from; i < to && i < text.size(); ++i) {
        if (text[i] != QLatin1Char('\n'))
            text[i] = QLatin1Char(' ');
    }
}

qsizetype endOfLiteral(const QString &text, qsizetype open)
{
    const QChar quote = text[open];
    qsizetype i = open + 1;
    while (i < text.size() && text[i] != quote && text[i] != QLatin1Char('\n'))
        i += text[i] == QLatin1Char('\\') ? 2 : 1;
    return std::min(i, text.size());
}

qsizetype endOfRawString(const QString &text, qsizetype open)
{
    const auto paren = text.indexOf(QLatin1Char('('), open);
    if (paren < 0)
        return text.size();
    const QString close = QLatin1Char(')') + text.mid(open + 1, paren - open - 1) + QLatin1Char('"');
    const auto end = text.indexOf(close, paren);
    return end < 0 ? text.size() : end + close.size() - 1;
}

qsizetype endOfComment(const QString &text, qsizetype start)
{
    const bool isLine = text[start + 1] == QLatin1Char('/');
    const auto end = isLine ? text.indexOf(QLatin1Char('\n'), start) : text.indexOf(QStringLiteral("*/"), start + 2);
    if (end < 0)
        return text.size();
    return isLine ? end : end + 2;
}

bool isPartOfNumberOrName(const QString &text, qsizetype i)
{
    return i > 0 && text[i - 1].isLetterOrNumber();
}

} // namespace

SourceText parseSource(const QString &text)
{
    QString withoutComments = text;
    QString code = text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
        if (c == QLatin1Char('/') && (next == QLatin1Char('/') || next == QLatin1Char('*'))) {
            const auto end = endOfComment(text, i);
            blank(withoutComments, i, end);
            blank(code, i, end);
            i = end - 1;
        } else if (c == QLatin1Char('"')) {
            const bool isRaw = i > 0 && text[i - 1] == QLatin1Char('R');
            const auto end = isRaw ? endOfRawString(text, i) : endOfLiteral(text, i);
            blank(code, i + 1, end);
            i = end;
        } else if (c == QLatin1Char('\'') && (!isPartOfNumberOrName(text, i) || text[i - 1] == QLatin1Char('u'))) {
            const auto end = endOfLiteral(text, i);
            blank(code, i + 1, end);
            i = end;
        }
    }
    const QChar newline = QLatin1Char('\n');
    return {text.split(newline), withoutComments.split(newline), code.split(newline)};
}

} // namespace credenza::lint
