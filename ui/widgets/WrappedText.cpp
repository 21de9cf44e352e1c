// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/WrappedText.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyle>
#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>

namespace credenza
{

namespace
{

constexpr int longestLine = 80; // characters of the width of an "x"
/// What is longer is no word of a language but a thumbprint, a path, a URL: it may break anywhere.
constexpr qsizetype longestWord = 24;
constexpr qsizetype partOfOne = 4;

} // namespace

WrappedText::WrappedText(const QString &text, const QFont &font, int lineHeight)
    : m_text(text), m_font(font), m_lineHeight(lineHeight)
{
    for (const char16_t blank : {u'\n', u'\r', u'\t'})
        m_text.replace(blank, u' ');
    if (m_text.isEmpty())
        return;
    const QFontMetricsF metrics(m_font);
    const qreal blank = metrics.horizontalAdvance(u' ');
    QTextBoundaryFinder finder(QTextBoundaryFinder::Line, m_text);
    for (qsizetype start = 0, end = finder.toNextBoundary(); end > start; start = end, end = finder.toNextBoundary()) {
        qsizetype inked = end - start;
        while (inked > 0 && m_text.at(start + inked - 1) == u' ')
            --inked;
        const qsizetype step = inked > longestWord ? partOfOne : inked;
        for (qsizetype from = start; from < start + inked; from += step) {
            const qsizetype length = std::min(step, start + inked - from);
            const qreal width = metrics.horizontalAdvance(m_text.mid(from, length));
            const qsizetype after = from + length == start + inked ? end - start - inked : 0;
            m_pieces.push_back({from, length + after, width + blank * static_cast<qreal>(after), width});
        }
        if (inked == 0)
            m_pieces.push_back({start, end - start, blank * static_cast<qreal>(end - start), 0});
    }
}

std::vector<WrappedText::Line> WrappedText::linesFor(qreal width) const
{
    std::vector<Line> lines;
    qreal advance = 0; // of the last line, with the blanks at its end
    for (const Piece &piece : m_pieces) {
        // A hair of tolerance: the width asked for may be the sum of these pieces, rounded elsewhere.
        if (lines.empty() || advance + piece.inked > width + 0.01) {
            lines.push_back({piece.start, piece.length, piece.inked});
            advance = piece.width;
            continue;
        }
        lines.back().length += piece.length;
        lines.back().width = advance + piece.inked;
        advance += piece.width;
    }
    return lines;
}

int WrappedText::heightFor(int width) const
{
    return m_lineHeight * std::max(1, static_cast<int>(linesFor(width).size()));
}

int WrappedText::widestWord() const
{
    const auto widest = std::ranges::max_element(m_pieces, {}, &Piece::inked);
    return widest == m_pieces.end() ? 0 : static_cast<int>(std::ceil(widest->inked));
}

QSize WrappedText::preferredSize() const
{
    const qreal most = QFontMetricsF(m_font).horizontalAdvance(u'x') * longestLine;
    const auto widest = [](const std::vector<Line> &lines) {
        return lines.empty() ? 0 : std::ranges::max_element(lines, {}, &Line::width)->width;
    };
    // As QTextDocument::adjustSize() has it: some five by three, and where long words make it higher than that, wider.
    const auto heightOf = [&](const std::vector<Line> &lines) {
        return m_lineHeight * static_cast<qreal>(lines.size());
    };
    qreal width = std::min(most, std::sqrt(5 * heightOf(linesFor(most)) * most / 3));
    std::vector<Line> lines = linesFor(width);
    if (width * 3 < 5 * heightOf(lines))
        lines = linesFor(std::min(most, std::sqrt(2 * heightOf(lines) * width)));
    return {static_cast<int>(std::ceil(widest(lines))), m_lineHeight * std::max(1, static_cast<int>(lines.size()))};
}

void WrappedText::paint(QPainter &painter, const QRect &rect, Qt::Alignment alignment) const
{
    const std::vector<Line> lines = linesFor(rect.width());
    const int height = m_lineHeight * static_cast<int>(lines.size());
    const Qt::Alignment visual = QStyle::visualAlignment(painter.layoutDirection(), alignment);
    int top = rect.top();
    if (visual.testFlag(Qt::AlignVCenter))
        top += std::max(0, (rect.height() - height) / 2);
    else if (visual.testFlag(Qt::AlignBottom))
        top += std::max(0, rect.height() - height);
    painter.setFont(m_font);
    const int along = static_cast<int>(visual & Qt::AlignHorizontal_Mask);
    for (const Line &line : lines) {
        painter.drawText(QRect(rect.left(), top, rect.width(), m_lineHeight),
                         along | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         m_text.mid(line.start, line.length).trimmed());
        top += m_lineHeight;
    }
}

} // namespace credenza
