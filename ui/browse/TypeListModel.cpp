// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/TypeListModel.h"

#include <algorithm>

namespace credenza
{

TypeListModel::TypeListModel(QObject *parent) : QAbstractListModel(parent) {}

void TypeListModel::setTypes(const QList<TypeAccess> &types)
{
    m_types = types;
    m_counts.clear();
    rebuild();
}

void TypeListModel::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    rebuild();
}

void TypeListModel::setCount(const QString &type, qint64 count)
{
    m_counts.insert(type, count);
    const QModelIndex changed = indexOf(type);
    if (!changed.isValid())
        return;
    m_rows[changed.row()].count = count;
    Q_EMIT dataChanged(changed, changed);
}

const TypeAccess *TypeListModel::access(const QString &type) const
{
    const auto found =
        std::ranges::find_if(m_types, [&](const TypeAccess &access) { return access.type.name == type; });
    return found == m_types.cend() ? nullptr : &*found;
}

QModelIndex TypeListModel::indexOf(const QString &type) const
{
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        if (!m_rows.at(row).isHeading && m_rows.at(row).text == type)
            return index(static_cast<int>(row));
    }
    return {};
}

void TypeListModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const bool inScope : {true, false}) {
        QList<Row> group;
        for (const TypeAccess &access : std::as_const(m_types)) {
            if (access.isInScope == inScope && access.type.name.contains(m_filter, Qt::CaseInsensitive))
                group.append({access.type.name, m_counts.value(access.type.name, -1), false, inScope});
        }
        if (group.isEmpty())
            continue;
        m_rows.append({inScope ? tr("In scope") : tr("Not in scope"), group.size(), true, inScope});
        m_rows += group;
    }
    endResetModel();
}

int TypeListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TypeListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case NameRole:
        return row.isHeading ? QVariant() : QVariant(row.text);
    case HeadingRole:
        return row.isHeading;
    case InScopeRole:
        return row.isInScope;
    case CountRole:
        return row.count;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return row.isHeading || row.isInScope ? QVariant() : tr("No granted scope covers this type.");
    default:
        return {};
    }
}

Qt::ItemFlags TypeListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows.at(index.row()).isHeading)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace credenza
