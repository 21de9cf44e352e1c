// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/FuzzyMatch.h"

#include <algorithm>

namespace credenza
{

namespace
{

constexpr int wholeScore = 100;    // the word stands there as typed
constexpr int textStartScore = 60; // … at the start of the text
constexpr int wordStartScore = 40; // … at the start of a word
constexpr int letterScore = 2;     // a letter of a scattered match
constexpr int runScore = 4;        // … next to the one before
constexpr int startScore = 6;      // … at the start of a word

/// One character for each of `text`: without case and accents.
QString folded(QStringView text)
{
    QString result;
    result.reserve(text.size());
    for (const QChar character : text) {
        const QString parts = character.decomposition();
        const QChar base =
            character.decompositionTag() == QChar::Canonical && !parts.isEmpty() ? parts.front() : character;
        result.append(base.toCaseFolded());
    }
    return result;
}

bool isWordStart(const QString &text, qsizetype position)
{
    return position == 0 || (text.at(position).isLetterOrNumber() && !text.at(position - 1).isLetterOrNumber());
}

std::optional<FuzzyMatch> matchWhole(const QString &word, const QString &text)
{
    std::optional<FuzzyMatch> best;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const int score = wholeScore + (at == 0 ? textStartScore : isWordStart(text, at) ? wordStartScore : 0);
        if (best && best->score >= score)
            continue;
        best = FuzzyMatch{score, {}};
        for (qsizetype i = 0; i < word.size(); ++i)
            best->positions.append(at + i);
    }
    return best;
}

std::optional<FuzzyMatch> matchLetters(const QString &word, const QString &text)
{
    FuzzyMatch match;
    qsizetype from = 0;
    for (const QChar letter : word) {
        // The next start of a word that has it, else the next place at all.
        qsizetype at = text.indexOf(letter, from);
        if (at < 0)
            return std::nullopt;
        const bool continues = !match.positions.isEmpty() && at == match.positions.constLast() + 1;
        if (!continues) {
            for (qsizetype next = at; next >= 0; next = text.indexOf(letter, next + 1)) {
                if (isWordStart(text, next)) {
                    at = next;
                    break;
                }
            }
        }
        if (match.positions.isEmpty() && !isWordStart(text, at))
            return std::nullopt;
        match.score += letterScore + (continues ? runScore : 0) + (isWordStart(text, at) ? startScore : 0);
        match.positions.append(at);
        from = at + 1;
    }
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, const QString &text, FuzzyWay way)
{
    const QString searched = folded(text);
    const QString wanted = folded(pattern);
    FuzzyMatch total;
    for (const QString &word : wanted.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        auto match = matchWhole(word, searched);
        if (!match && way == FuzzyWay::Letters)
            match = matchLetters(word, searched);
        if (!match)
            return std::nullopt;
        total.score += match->score;
        total.positions += match->positions;
    }
    std::ranges::sort(total.positions);
    total.positions.erase(std::ranges::unique(total.positions).begin(), total.positions.end());
    return total;
}

} // namespace credenza
