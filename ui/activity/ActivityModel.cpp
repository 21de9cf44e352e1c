// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityModel.h"

#include "ui/authenticate/RelativeTime.h"

#include <QLocale>

namespace credenza
{

using namespace Qt::StringLiterals;

void ActivityModel::show(std::shared_ptr<const ActivityIndex> log, std::vector<qsizetype> rows, const QDateTime &now)
{
    beginResetModel();
    m_log = std::move(log);
    m_rows = std::move(rows);
    m_now = now;
    endResetModel();
}

const ActivityEntry *ActivityModel::entryAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_rows.size() ? &m_log->entries().at(m_rows[at]) : nullptr;
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
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
