// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/ResultsModel.h"

#include <QCollator>

#include <algorithm>
#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

ResultsModel::ResultsModel(QObject *parent) : QAbstractTableModel(parent) {}

void ResultsModel::start(const QString &type)
{
    beginResetModel();
    m_resources.clear();
    m_cells.clear();
    m_rows.clear();
    m_columns = columnsFor(type);
    m_hasMore = false;
    endResetModel();
}

void ResultsModel::append(const QList<Resource> &resources, bool hasMore)
{
    m_hasMore = hasMore;
    if (resources.isEmpty())
        return;
    const int first = static_cast<int>(m_resources.size());
    beginInsertRows({}, first, first + static_cast<int>(resources.size()) - 1);
    for (const Resource &resource : resources) {
        m_rows.insert(resource.path(), static_cast<int>(m_resources.size()));
        m_resources.append(resource);
    }
    endInsertRows();
}

int ResultsModel::rowOf(const QString &path) const
{
    return m_rows.value(path, -1);
}

int ResultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_resources.size());
}

int ResultsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

const ResourceCell &ResultsModel::cell(int row, int column) const
{
    QList<ResourceCell> &cells = m_cells[row];
    if (cells.isEmpty()) {
        for (const ResourceColumn &one : m_columns)
            cells.append(cellOf(m_resources.at(row), one));
    }
    return cells.at(column);
}

QVariant ResultsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ResourceColumn &column = m_columns.at(index.column());
    switch (role) {
    case Qt::DisplayRole: {
        const QString text = cell(index.row(), index.column()).text;
        return text.isEmpty() && column.kind != ColumnKind::Flag ? u"–"_s : text;
    }
    case Qt::ToolTipRole:
        return cell(index.row(), index.column()).text;
    case ReferenceRole:
        return cell(index.row(), index.column()).reference;
    case KindRole:
        return static_cast<int>(column.kind);
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter |
                                (column.kind == ColumnKind::Number ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant ResultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= m_columns.size())
        return {};
    const ResourceColumn &column = m_columns.at(section);
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter |
                                (column.kind == ColumnKind::Number ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

bool ResultsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore;
}

void ResultsModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        Q_EMIT moreWanted();
}

void ResultsModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= m_columns.size())
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    QCollator collator;
    collator.setNumericMode(true);
    QList<std::pair<QCollatorSortKey, qsizetype>> keys;
    for (qsizetype row = 0; row < m_resources.size(); ++row)
        keys.emplaceBack(collator.sortKey(cell(static_cast<int>(row), column).text), row);
    std::ranges::stable_sort(keys, [order](const auto &one, const auto &other) {
        const int difference = one.first.compare(other.first);
        return order == Qt::AscendingOrder ? difference < 0 : difference > 0;
    });
    QList<Resource> sorted;
    QList<int> places(m_resources.size());
    for (const auto &[key, row] : std::as_const(keys)) {
        places[row] = static_cast<int>(sorted.size());
        sorted.append(m_resources.at(row));
    }
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(index(places.at(old.row()), old.column()));
    m_resources = std::move(sorted);
    m_cells.clear();
    m_rows.clear();
    for (qsizetype row = 0; row < m_resources.size(); ++row)
        m_rows.insert(m_resources.at(row).path(), static_cast<int>(row));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace credenza
