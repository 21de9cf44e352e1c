// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportPlan.h"

#include <QAbstractTableModel>

namespace credenza
{

/// An import plan as rows: name, what it is to the vault, what differs, what shall be done.
class ImportPlanModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Differences, Action, ColumnCount };

    explicit ImportPlanModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}

    void setPlan(std::shared_ptr<ImportPlan> plan);
    [[nodiscard]] const ImportPlan *plan() const { return m_plan.get(); }
    [[nodiscard]] const PlannedImport &entry(int row) const { return m_plan->entries[static_cast<std::size_t>(row)]; }
    /// Chooses for one row, if it allows that.
    void choose(int row, ImportAction action);
    void chooseForAll(ImportAction action);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<ImportPlan> m_plan;
};

/// In words a person reads.
[[nodiscard]] QString wordFor(ImportState state);
[[nodiscard]] QString wordFor(ImportAction action);

} // namespace credenza
