// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <QAbstractItemModel>

#include <stop_token>

namespace credenza
{

/// Where `text` stands in keys and values: numbers of the values, in reading order, at most two thousand. For any
/// thread. Errors: cancelled.
[[nodiscard]] Result<QList<quint32>> findInResource(const Resource &resource, const QString &text,
                                                    const std::stop_token &stop);

/// A resource as a tree of key, value and FHIR type. Reads the document in place; rows are made as they are looked at,
/// a few thousand children at a time, and at most some ten thousand of one value.
class JsonTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { KindRole = Qt::UserRole + 1, ReferenceRole, MatchRole };
    enum Column { KeyColumn, ValueColumn, TypeColumn };

    explicit JsonTreeModel(QObject *parent = nullptr);

    void setResource(const Resource &resource);
    /// Marks `text` in keys and values.
    void mark(const QString &text);
    /// The row of what findInResource() found; invalid if it is beyond what is shown of a value's children.
    [[nodiscard]] QModelIndex indexOf(quint32 number);
    [[nodiscard]] QString searched() const { return m_searched; }
    /// "Observation.component[0].code" and "/component/0/code" (RFC 6901).
    [[nodiscard]] QString fhirPath(const QModelIndex &index) const;
    [[nodiscard]] QString pointer(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    [[nodiscard]] JsonValue valueOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexFor(JsonValue value) const;
    const QList<quint32> &childrenOf(JsonValue value) const;
    void showUpTo(JsonValue child);
    [[nodiscard]] QString shown(JsonValue value) const;

    Resource m_resource;
    QString m_searched;
    mutable QHash<quint32, QList<quint32>> m_children; // of the nodes looked at, as far as they are shown
    mutable QHash<quint32, int> m_position;            // of those children among their siblings
};

} // namespace credenza
