// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityIndex.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

ActivityIndex::ActivityIndex(QList<ActivityEntry> entries) : m_entries(std::move(entries))
{
    m_texts.reserve(m_entries.size());
    m_kinds.reserve(static_cast<std::size_t>(m_entries.size()));
    for (const ActivityEntry &entry : std::as_const(m_entries)) {
        m_texts.append(
            u"%1\n%2\n%3\n%4"_s.arg(activityText(entry.action), entry.credentialName, entry.detail, entry.actor)
                .toCaseFolded());
        m_kinds.push_back(activityKind(entry.action));
        ++m_counts.at(static_cast<std::size_t>(m_kinds.back()));
    }
}

Result<std::vector<qsizetype>> ActivityIndex::find(const ActivityFilter &filter, const std::stop_token &stop) const
{
    const QStringList words = filter.words.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    std::vector<qsizetype> found;
    for (qsizetype i = m_entries.size() - 1; i >= 0; --i) {
        if (i % 1024 == 0 && stop.stop_requested())
            return cancelled();
        const auto contains = [&](const QString &word) { return m_texts.at(i).contains(word); };
        if ((!filter.kind || m_kinds.at(static_cast<std::size_t>(i)) == *filter.kind) &&
            std::ranges::all_of(words, contains))
            found.push_back(i);
    }
    return found;
}

} // namespace credenza
