// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <optional>

namespace credenza
{

/// How well a text answers what was typed, and where.
struct FuzzyMatch {
    int score = 0;              ///< higher is better; comparable between texts for the same pattern
    QList<qsizetype> positions; ///< of the matched characters, ascending
};

/// Whether letters may stand apart.
enum class FuzzyWay : std::uint8_t { Letters, Words };

/// Whether every word of `pattern` occurs in `text`, without regard to case or accents: as it stands, best at the start
/// of the text or of a word, else (Letters) as letters in this order from the start of a word ("epsa" finds "Epic
/// sandbox"). An empty pattern matches all.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, const QString &text,
                                                   FuzzyWay way = FuzzyWay::Letters);

} // namespace credenza
