// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityModel.h"

#include "ui/authenticate/RelativeTime.h"

#include <QLocale>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

void ActivityModel::setEntries(QList<ActivityEntry> entries, const QDateTime &now)
{
    m_all = std::move(entries);
    m_now = now;
    rebuild();
}

void ActivityModel::setFilter(const QString &text)
{
    m_filter = text;
    rebuild();
}

void ActivityModel::setKind(std::optional<ActivityKind> kind)
{
    m_kind = kind;
    rebuild();
}

void ActivityModel::rebuild()
{
    beginResetModel();
    m_shown.clear();
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = m_all.size() - 1; i >= 0; --i) {
        const ActivityEntry &entry = m_all.at(i);
        const QString text =
            u"%1\n%2\n%3\n%4"_s.arg(activityText(entry.action), entry.credentialName, entry.detail, entry.actor);
        if ((!m_kind || activityKind(entry.action) == *m_kind) &&
            std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); }))
            m_shown.append(i);
    }
    endResetModel();
}

int ActivityModel::countOf(ActivityKind kind) const
{
    return static_cast<int>(std::ranges::count_if(
        m_all, [kind](const ActivityEntry &entry) { return activityKind(entry.action) == kind; }));
}

const ActivityEntry *ActivityModel::entryAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_all.at(m_shown.at(row)) : nullptr;
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int ActivityModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    const ActivityEntry *entry = index.isValid() ? entryAt(index.row()) : nullptr;
    if (!entry)
        return {};
    if (role == Qt::ToolTipRole && index.column() == When)
        return QLocale().toString(entry->at.toLocalTime(), QLocale::LongFormat);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const auto orDash = [](const QString &text) { return text.isEmpty() ? u"–"_s : text; };
    switch (index.column()) {
    case When:
        return relativeTime(entry->at.toLocalTime(), m_now);
    case Action:
        return activityText(entry->action);
    case Subject:
        return orDash(entry->credentialName);
    case Detail:
        return orDash(entry->detail);
    case Actor:
        return orDash(entry->actor);
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case When:
        return tr("When");
    case Action:
        return tr("What");
    case Subject:
        return tr("Credential");
    case Detail:
        return tr("Detail");
    case Actor:
        return tr("Who");
    default:
        return {};
    }
}

} // namespace credenza
