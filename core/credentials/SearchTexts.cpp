// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/SearchTexts.h"

#include <QStringList>

#include <algorithm>
#include <cstring>

namespace credenza
{

void SearchTexts::clear()
{
    m_all.clear();
    m_ends.clear();
}

void SearchTexts::append(const QString &text)
{
    QByteArray folded = text.toCaseFolded().toUtf8();
    folded.replace('\0', ' ');
    m_all += folded;
    m_all += '\0';
    m_ends.push_back(m_all.size());
}

std::vector<bool> SearchTexts::holding(const QString &query) const
{
    std::vector<bool> all(m_ends.size(), true);
    for (const QString &word : query.toCaseFolded().split(u' ', Qt::SkipEmptyParts)) {
        std::vector<bool> held(m_ends.size(), false);
        mark(word.toUtf8(), held);
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = all[i] && held[i];
    }
    return all;
}

void SearchTexts::mark(const QByteArray &word, std::vector<bool> &held) const
{
    if (word.contains('\0'))
        return; // in no text
    const char *const start = m_all.constData();
    auto end = m_ends.cbegin();
    for (qsizetype at = 0; at < m_all.size();) {
        // A zero is between texts only, and not in the word: what is found lies within one.
        const void *found = ::memmem(start + at, static_cast<std::size_t>(m_all.size() - at), word.constData(),
                                     static_cast<std::size_t>(word.size()));
        if (found == nullptr)
            return;
        end = std::upper_bound(end, m_ends.cend(), static_cast<const char *>(found) - start);
        if (end == m_ends.cend())
            return;
        held[static_cast<std::size_t>(end - m_ends.cbegin())] = true;
        at = *end;
    }
}

} // namespace credenza
