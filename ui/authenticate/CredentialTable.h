// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialSelection.h"
#include "ui/authenticate/CredentialTableModel.h"
#include "ui/widgets/DataTable.h"

namespace credenza
{

struct CellLook;

/// The credentials as a dense table; the same choice, filter and order as the tiles. Clicking a head sorts.
class CredentialTable final : public DataTable
{
    Q_OBJECT

public:
    /// `model` and `selection` must outlive the view.
    CredentialTable(const Theme &theme, CredentialTileModel &model, CredentialSelection &selection,
                    QWidget *parent = nullptr);

    /// The credential the keyboard is on; null if there is none.
    [[nodiscard]] QUuid currentId() const;

Q_SIGNALS:
    void editRequested(const QUuid &id);
    void menuRequestedFor(const QUuid &id, QPoint position);
    void orderRequested(credenza::CredentialTileModel::Order order);

protected:
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    [[nodiscard]] CellLook lookOf(const QModelIndex &index) const;
    void showSelection();
    void showOrder();

    const Theme &m_theme;
    CredentialTileModel &m_source;
    CredentialSelection &m_selection;
    CredentialTableModel m_model;
    QUuid m_currentId; // to come back to after a reset
    bool m_isShowing = false;
};

} // namespace credenza
