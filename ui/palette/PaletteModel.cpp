// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/PaletteModel.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::size_t mostOfASection = 8;
constexpr std::size_t mostWithoutPattern = 5; // credentials, while nothing is typed

} // namespace

void PaletteModel::setContent(QList<PaletteSection> sections, ActionsOf actionsOf, const QUuid &current)
{
    beginResetModel();
    m_sections = std::move(sections);
    m_actionsOf = std::move(actionsOf);
    m_current = current;
    m_pattern.clear();
    rebuild();
    endResetModel();
}

void PaletteModel::setPattern(const QString &pattern)
{
    beginResetModel();
    m_pattern = pattern.simplified();
    rebuild();
    endResetModel();
}

void PaletteModel::rebuild()
{
    m_rows.clear();
    m_actionsRow = -1;
    QUuid best = m_current;
    for (const PaletteSection &section : std::as_const(m_sections)) {
        const qsizetype before = m_rows.size();
        append(section, {});
        const bool hasCredentials =
            std::ranges::any_of(section.entries, [](const PaletteEntry &entry) { return !entry.credential.isNull(); });
        if (!hasCredentials || !m_actionsOf)
            continue;
        QString name;
        if (!m_pattern.isEmpty()) {
            best = m_rows.size() > before ? m_rows.at(before + 1).entry.credential : QUuid();
            // "test north": words for the action and for the credential; nothing was found for them together.
            if (best.isNull())
                best = m_current;
        }
        const auto found = std::ranges::find(section.entries, best, &PaletteEntry::credential);
        if (best.isNull() || found == section.entries.end())
            continue;
        const qsizetype actions = m_rows.size();
        append(m_actionsOf(best), found->text + u' ' + found->keywords + u' ' + found->detail);
        if (m_rows.size() > actions)
            m_actionsRow = static_cast<int>(actions) + 1;
    }
}

void PaletteModel::append(const PaletteSection &section, const QString &context)
{
    struct Hit {
        const PaletteEntry *entry;
        FuzzyMatch match;
    };
    std::vector<Hit> hits;
    for (const PaletteEntry &entry : section.entries) {
        if (auto match = fuzzyMatch(m_pattern, entry.text)) {
            match->score += 50; // in what is shown before what is not
            hits.push_back({&entry, std::move(*match)});
        } else if (auto hidden =
                       fuzzyMatch(m_pattern, QStringList{entry.text, entry.detail, entry.keywords, context}.join(u' '),
                                  FuzzyWay::Words)) {
            hidden->positions.removeIf([&](qsizetype position) { return position >= entry.text.size(); });
            hits.push_back({&entry, std::move(*hidden)});
        }
    }
    if (hits.empty())
        return;
    if (context.isEmpty() && !m_pattern.isEmpty())
        std::ranges::stable_sort(hits, [](const Hit &a, const Hit &b) { return a.match.score > b.match.score; });
    const bool isCredentials = !section.entries.first().credential.isNull();
    const std::size_t most = !m_pattern.isEmpty() ? mostOfASection : isCredentials ? mostWithoutPattern : hits.size();
    hits.erase(hits.begin() + static_cast<std::ptrdiff_t>(std::min(most, hits.size())), hits.end());
    m_rows.append(Row{true, section.title, {}, {}});
    for (const Hit &hit : hits)
        m_rows.append(Row{false, {}, *hit.entry, hit.match.positions});
}

int PaletteModel::found() const
{
    return static_cast<int>(std::ranges::count(m_rows, false, &Row::isHeading));
}

const PaletteEntry *PaletteModel::entry(int row) const
{
    return row >= 0 && row < m_rows.size() && !m_rows.at(row).isHeading ? &m_rows.at(row).entry : nullptr;
}

int PaletteModel::nextRow(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < m_rows.size(); next += step) {
        if (!m_rows.at(next).isHeading)
            return next;
    }
    return row;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.isHeading ? row.heading : row.entry.text;
    case Qt::AccessibleTextRole: {
        if (row.isHeading)
            return row.heading;
        QStringList parts{row.entry.text};
        if (row.entry.badge)
            parts << row.entry.badge->text;
        parts << row.entry.detail << row.entry.hint << row.entry.disabledReason;
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case EntryRole:
        return row.isHeading ? QVariant() : QVariant::fromValue(row.entry);
    case IsHeadingRole:
        return row.isHeading;
    case PositionsRole:
        return QVariant::fromValue(row.positions);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return entry(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

} // namespace credenza
