// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ImportPlanModel.h"

namespace credenza
{

using namespace Qt::StringLiterals;

QString wordFor(ImportState state)
{
    switch (state) {
    case ImportState::New:
        return ImportPlanModel::tr("New");
    case ImportState::Identical:
        return ImportPlanModel::tr("Identical");
    case ImportState::Changed:
        return ImportPlanModel::tr("Changed");
    case ImportState::Conflict:
        return ImportPlanModel::tr("Conflict");
    case ImportState::NoKey:
        return ImportPlanModel::tr("No private key");
    }
    Q_UNREACHABLE();
}

QString wordFor(ImportAction action)
{
    switch (action) {
    case ImportAction::Add:
        return ImportPlanModel::tr("Add");
    case ImportAction::Skip:
        return ImportPlanModel::tr("Skip");
    case ImportAction::Replace:
        return ImportPlanModel::tr("Replace");
    case ImportAction::Copy:
        return ImportPlanModel::tr("Add as a copy");
    }
    Q_UNREACHABLE();
}

void ImportPlanModel::setPlan(std::shared_ptr<ImportPlan> plan)
{
    beginResetModel();
    m_plan = std::move(plan);
    endResetModel();
}

void ImportPlanModel::choose(int row, ImportAction action)
{
    PlannedImport &planned = m_plan->entries[static_cast<std::size_t>(row)];
    if (!planned.choices().contains(action))
        return;
    planned.action = action;
    Q_EMIT dataChanged(index(row, Action), index(row, Action));
}

void ImportPlanModel::chooseForAll(ImportAction action)
{
    m_plan->chooseForAll(action);
    Q_EMIT dataChanged(index(0, Action), index(rowCount() - 1, Action));
}

int ImportPlanModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_plan ? 0 : static_cast<int>(m_plan->entries.size());
}

int ImportPlanModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ImportPlanModel::data(const QModelIndex &index, int role) const
{
    const PlannedImport &planned = entry(index.row());
    if (role == Qt::ToolTipRole && index.column() == State)
        return planned.reason;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return planned.credential.name;
    case State:
        return wordFor(planned.state);
    case Differences: {
        QStringList fields;
        for (const ImportDifference &difference : planned.differences)
            fields.append(difference.field);
        return fields.join(u", "_s);
    }
    case Action:
        return planned.action == ImportAction::Copy ? tr("Add as “%1”").arg(planned.copyName) : wordFor(planned.action);
    default:
        return {};
    }
}

QVariant ImportPlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Credential");
    case State:
        return tr("In the vault");
    case Differences:
        return tr("What differs");
    case Action:
        return tr("What to do");
    default:
        return {};
    }
}

} // namespace credenza
