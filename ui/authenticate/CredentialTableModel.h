// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialTileModel.h"

#include <QAbstractTableModel>

namespace credenza
{

/// The credentials of a CredentialTileModel as rows with columns: the same filter and order, without "Add Credential".
/// Roles are those of CredentialTileModel.
class CredentialTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, EnvironmentColumn, Host, ClientId, Key, Tags, LastTest, ColumnCount };

    /// `source` must outlive the model.
    explicit CredentialTableModel(CredentialTileModel &source, QObject *parent = nullptr);

    [[nodiscard]] const CredentialTile *tileAt(int row) const { return m_source.tileAt(row + 1); }
    [[nodiscard]] int rowOf(const QUuid &id) const;
    /// The order a click on a column's head asks for; nothing where it can't be sorted.
    [[nodiscard]] static std::optional<CredentialTileModel::Order> orderOf(int column);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    CredentialTileModel &m_source;
};

} // namespace credenza
