// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/credentials/SearchTexts.h"
#include "ui/authenticate/CredentialTile.h"

#include <QAbstractListModel>
#include <QHash>

#include <utility>
#include <vector>

namespace credenza
{

/// The tiles of the Authenticate screen: row 0 is "Add Credential", then the credentials that pass the filter, sorted.
/// Holds one value, replaced by setTiles().
class CredentialTileModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Roles {
        TileRole = Qt::UserRole, ///< CredentialTile; invalid for the first row
        IdRole,                  ///< QUuid; null for the first row
    };
    /// Stands for the favorites among the tags.
    [[nodiscard]] static QString favoritesTag() { return QStringLiteral("\u2605"); }
    enum class Order { LastUsed, Name, LastTested, Newest, Environment };
    Q_ENUM(Order)

    /// `clock` must outlive the model; it decides what "3 min ago" is.
    explicit CredentialTileModel(const Clock &clock, QObject *parent = nullptr);

    void setTiles(QList<CredentialTile> tiles);
    /// How far the test of `id` is; nothing: it doesn't run.
    void setProgress(const QUuid &id, const std::optional<TileProgress> &progress);
    /// Words of name, host, client ID, tags, notes and thumbprint that must all occur, without regard to case.
    void setFilter(const QString &text);
    /// Only tiles with this tag; empty: all.
    void setTag(const QString &tag);
    void setOrder(Order order);
    /// Says that time has passed: "3 min ago" may have become "4 min ago".
    void refreshTimes();

    [[nodiscard]] int total() const { return static_cast<int>(m_all.size()); }
    /// Credentials shown, without the first row.
    [[nodiscard]] int shown() const { return static_cast<int>(m_shown.size()); }
    /// Tags with the number of credentials that have them, the most used first; before them the favorites, if any.
    [[nodiscard]] const QList<std::pair<QString, int>> &tags() const { return m_tags; }
    /// How many tests run now.
    [[nodiscard]] int running() const { return m_running; }
    /// Null if there is none.
    [[nodiscard]] const CredentialTile *tile(const QUuid &id) const;
    /// The credential of `row`; null for the first row and rows that do not exist.
    [[nodiscard]] const CredentialTile *tileAt(int row) const;
    [[nodiscard]] QModelIndex indexOf(const QUuid &id) const;
    [[nodiscard]] Order order() const { return m_order; }
    [[nodiscard]] QDateTime now() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void prepare();
    void sort();
    void rebuild();
    /// Takes away what the filter does not let pass.
    void narrow();

    // What a key in the filter box needs is worked out once, when the tiles come: then a filter is one pass over text.
    const Clock &m_clock;
    QList<CredentialTile> m_all;
    QHash<QUuid, qsizetype> m_positions;   // in m_all
    SearchTexts m_searchTexts;             // of m_all
    std::vector<int> m_nameRanks;          // of m_all: its place in order of name
    std::vector<qsizetype> m_sorted;       // positions in m_all, in the order chosen
    QList<qsizetype> m_shown;              // those of m_sorted that pass the filter
    QList<std::pair<QString, int>> m_tags; // with counts
    int m_running = 0;
    QString m_filter;
    QString m_tag;
    Order m_order = Order::LastUsed;
};

} // namespace credenza
