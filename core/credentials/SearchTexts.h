// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace credenza
{

/// What many credentials are searched by. Their texts are case folded once and lie behind each other, so that a word is
/// looked for in one pass over memory: some milliseconds for 100 000 credentials, where a string each takes 20.
class SearchTexts
{
public:
    void clear();
    /// The text of the next credential; lines in it stay apart.
    void append(const QString &text);
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_ends.size()); }

    /// For each text whether it holds every word of `query`, in any case and order. All do if there is no word.
    [[nodiscard]] std::vector<bool> holding(const QString &query) const;

private:
    void mark(const QByteArray &word, std::vector<bool> &held) const;

    QByteArray m_all;              // UTF-8; a zero ends each
    std::vector<qsizetype> m_ends; // behind that
};

} // namespace credenza
