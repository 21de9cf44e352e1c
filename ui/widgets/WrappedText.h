// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>
#include <QRect>
#include <QSize>
#include <QString>

#include <vector>

class QPainter;

namespace credenza
{

/// Plain text broken into lines at a width, each as high as the type scale says: what QLabel can do only through a
/// rich-text document. Its words are measured once; asking for another width is a sum, so layouts may ask often.
class WrappedText final
{
public:
    WrappedText() = default;
    /// Line feeds count as blanks. `lineHeight` in px.
    WrappedText(const QString &text, const QFont &font, int lineHeight);

    /// The height at `width`, in px; one line at least.
    [[nodiscard]] int heightFor(int width) const;
    /// The width below which a word would not fit.
    [[nodiscard]] int widestWord() const;
    /// A pleasant shape where nothing says otherwise: at most 80 characters wide, some five by three.
    [[nodiscard]] QSize preferredSize() const;
    /// Draws the lines into `rect` with the painter's pen.
    void paint(QPainter &painter, const QRect &rect, Qt::Alignment alignment) const;

private:
    /// What stays together, with the blanks after it.
    struct Piece {
        qsizetype start;
        qsizetype length;
        qreal width; ///< with the blanks
        qreal inked; ///< without them
    };
    struct Line {
        qsizetype start;
        qsizetype length;
        qreal width;
    };
    [[nodiscard]] std::vector<Line> linesFor(qreal width) const;

    QString m_text;
    QFont m_font;
    int m_lineHeight = 0;
    std::vector<Piece> m_pieces;
};

} // namespace credenza
