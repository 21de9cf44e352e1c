// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/activity/ActivityText.h"

#include <QAbstractTableModel>

#include <optional>

namespace credenza
{

/// The entries of the activity log that pass a filter, the latest first.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Action, Subject, Detail, Actor, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// In the order of the log. `now` decides how times read.
    void setEntries(QList<ActivityEntry> entries, const QDateTime &now);
    /// Words of action, credential, detail and actor that must all occur.
    void setFilter(const QString &text);
    /// Nothing: all.
    void setKind(std::optional<ActivityKind> kind);

    [[nodiscard]] const QList<ActivityEntry> &all() const { return m_all; }
    [[nodiscard]] int countOf(ActivityKind kind) const;
    /// Null for a row that does not exist.
    [[nodiscard]] const ActivityEntry *entryAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();

    QList<ActivityEntry> m_all;
    QList<qsizetype> m_shown;
    QDateTime m_now;
    QString m_filter;
    std::optional<ActivityKind> m_kind;
};

} // namespace credenza
