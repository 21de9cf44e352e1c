// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "ui/activity/ActivityText.h"

#include <array>
#include <optional>
#include <stop_token>
#include <vector>

namespace credenza
{

/// Which entries of the log are shown.
struct ActivityFilter {
    QString words;                    ///< all must occur in action, credential, detail or actor
    std::optional<ActivityKind> kind; ///< nothing: all
    bool operator==(const ActivityFilter &) const = default;
};

/// The log made ready to be searched: made and asked on a worker, as it may have a hundred thousand entries; never
/// changed, so that it can be shared.
class ActivityIndex final
{
public:
    ActivityIndex() = default;
    /// In the order of the log.
    explicit ActivityIndex(QList<ActivityEntry> entries);

    [[nodiscard]] const QList<ActivityEntry> &entries() const { return m_entries; }
    [[nodiscard]] int countOf(ActivityKind kind) const { return m_counts.at(static_cast<std::size_t>(kind)); }
    /// The places of the entries that pass, the latest first. Errors: cancelled.
    [[nodiscard]] Result<std::vector<qsizetype>> find(const ActivityFilter &filter, const std::stop_token &stop) const;

private:
    QList<ActivityEntry> m_entries;
    QStringList m_texts; ///< what words are looked for in, case folded
    std::vector<ActivityKind> m_kinds;
    std::array<int, 4> m_counts{}; ///< by kind
};

} // namespace credenza
