// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/keypairs/KeyPair.h"

#include <QAbstractTableModel>

namespace credenza
{

/// The key pairs that pass a filter, as rows.
class KeyPairModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { KeyId, State, UsedBy, Type, Algorithm, Age, Thumbprint, LastSigned, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPairs(QList<KeyPair> pairs, const QDateTime &now);
    /// Words of key ID, names and thumbprint that must all occur.
    void setFilter(const QString &text);
    /// Only keys of this state; nothing: all.
    void setStateFilter(std::optional<KeyState> state);

    [[nodiscard]] const QList<KeyPair> &all() const { return m_all; }
    [[nodiscard]] int countOf(KeyState state) const;
    /// Null for a row that does not exist.
    [[nodiscard]] const KeyPair *pairAt(int row) const;
    [[nodiscard]] int rowOf(const QString &thumbprint) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();

    QList<KeyPair> m_all;
    QList<qsizetype> m_shown;
    QDateTime m_now;
    QString m_filter;
    std::optional<KeyState> m_state;
};

/// The word of a state, as its badge shows it.
[[nodiscard]] QString keyStateText(KeyState state);

} // namespace credenza
