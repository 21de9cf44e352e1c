// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <QAbstractTableModel>

namespace credenza
{

/// The resources a search has brought so far, in the columns of their type. Says canFetchMore() while the search has
/// pages left; fetchMore() asks for the next one by moreWanted().
class ResultsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole + 1, ErrorRole, ReferenceRole };

    explicit ResultsModel(QObject *parent = nullptr);

    /// Empties the table and takes the columns of `type`.
    void start(const QString &type);
    void append(const QList<Resource> &resources, bool hasMore);
    [[nodiscard]] const Resource &resource(int row) const { return m_resources.at(row); }
    [[nodiscard]] const QList<Resource> &resources() const { return m_resources; }
    [[nodiscard]] const QList<ResourceColumn> &columns() const { return m_columns; }
    /// The row of "Type/id"; -1 if it is not loaded.
    [[nodiscard]] int rowOf(const QString &path) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void moreWanted();

private:
    [[nodiscard]] const ResourceCell &cell(int row, int column) const;

    QList<Resource> m_resources;
    QList<ResourceColumn> m_columns;
    mutable QHash<int, QList<ResourceCell>> m_cells; // of the rows looked at: a view asks for each many times
    QHash<QString, int> m_rows;
    bool m_hasMore = false;
};

} // namespace credenza
