// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TypeAccess.h"

#include <QAbstractListModel>
#include <QHash>

namespace credenza
{

/// The server's resource types in two groups, in scope and not, each with a heading row. Counts are what searches told.
class TypeListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { HeadingRole = Qt::UserRole + 1, InScopeRole, CountRole, NameRole };

    explicit TypeListModel(QObject *parent = nullptr);

    void setTypes(const QList<TypeAccess> &types);
    /// Only types whose name holds `text`.
    void setFilter(const QString &text);
    /// What a search over everything of the type told; shown beside the name.
    void setCount(const QString &type, qint64 count);
    [[nodiscard]] const TypeAccess *access(const QString &type) const;
    [[nodiscard]] qsizetype typeCount() const { return m_types.size(); }
    [[nodiscard]] QModelIndex indexOf(const QString &type) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        QString text;
        qint64 count = -1;
        bool isHeading = false;
        bool isInScope = true;
    };
    void rebuild();

    QList<TypeAccess> m_types;
    QHash<QString, qint64> m_counts;
    QString m_filter;
    QList<Row> m_rows;
};

} // namespace credenza
