// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/activity/ActivityIndex.h"

#include <QAbstractTableModel>
#include <QDateTime>

#include <memory>
#include <vector>

namespace credenza
{

/// The entries of the activity log that pass a filter, the latest first.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Action, Subject, Detail, Actor, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows `rows`, places in `log`. `now` decides how times read.
    void show(std::shared_ptr<const ActivityIndex> log, std::vector<qsizetype> rows, const QDateTime &now);

    /// Never null.
    [[nodiscard]] const std::shared_ptr<const ActivityIndex> &log() const { return m_log; }
    /// Null for a row that does not exist.
    [[nodiscard]] const ActivityEntry *entryAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const ActivityIndex> m_log = std::make_shared<ActivityIndex>();
    std::vector<qsizetype> m_rows;
    QDateTime m_now;
};

} // namespace credenza
