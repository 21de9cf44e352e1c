// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialTileModel.h"

#include <QCollator>
#include <QHash>

#include <algorithm>
#include <ranges>

namespace credenza
{

using namespace Qt::StringLiterals;

CredentialTileModel::CredentialTileModel(const Clock &clock, QObject *parent)
    : QAbstractListModel(parent), m_clock(clock)
{
}

void CredentialTileModel::setTiles(QList<CredentialTile> tiles)
{
    // A refresh from the vault knows nothing of running tests.
    for (CredentialTile &tile : tiles) {
        if (const CredentialTile *known = this->tile(tile.id); known && !tile.progress)
            tile.progress = known->progress;
    }
    beginResetModel();
    m_all = std::move(tiles);
    prepare();
    sort();
    rebuild();
    endResetModel();
}

void CredentialTileModel::setProgress(const QUuid &id, const std::optional<TileProgress> &progress)
{
    const auto position = m_positions.constFind(id);
    if (position == m_positions.cend())
        return;
    CredentialTile &tile = m_all[*position];
    m_running += (progress ? 1 : 0) - (tile.progress ? 1 : 0);
    tile.progress = progress;
    if (const QModelIndex index = indexOf(id); index.isValid())
        Q_EMIT dataChanged(index, index);
}

void CredentialTileModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    // One more letter can only take tiles away: what is hidden need not be looked at again.
    const bool narrows = text.startsWith(m_filter);
    beginResetModel();
    m_filter = text;
    if (narrows)
        narrow();
    else
        rebuild();
    endResetModel();
}

void CredentialTileModel::setTag(const QString &tag)
{
    if (tag == m_tag)
        return;
    beginResetModel();
    m_tag = tag;
    rebuild();
    endResetModel();
}

void CredentialTileModel::setOrder(Order order)
{
    if (order == m_order)
        return;
    beginResetModel();
    m_order = order;
    sort();
    rebuild();
    endResetModel();
}

void CredentialTileModel::refreshTimes()
{
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(1), index(rowCount() - 1));
}

const CredentialTile *CredentialTileModel::tile(const QUuid &id) const
{
    const auto position = m_positions.constFind(id);
    return position == m_positions.cend() ? nullptr : &m_all.at(*position);
}

const CredentialTile *CredentialTileModel::tileAt(int row) const
{
    return row >= 1 && row <= shown() ? &m_all.at(m_shown.at(row - 1)) : nullptr;
}

QModelIndex CredentialTileModel::indexOf(const QUuid &id) const
{
    for (qsizetype i = 0; i < m_shown.size(); ++i) {
        if (m_all.at(m_shown.at(i)).id == id)
            return index(static_cast<int>(i) + 1);
    }
    return {};
}

QDateTime CredentialTileModel::now() const
{
    return toDateTime(m_clock.now()).toLocalTime();
}

int CredentialTileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : shown() + 1;
}

QVariant CredentialTileModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.row() == 0) {
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return tr("Add Credential");
        case IdRole:
            return QUuid();
        default:
            return {};
        }
    }
    const CredentialTile &tile = m_all.at(m_shown.at(index.row() - 1));
    switch (role) {
    case Qt::DisplayRole:
        return tile.name;
    case Qt::AccessibleTextRole:
        return spokenTile(tile, now());
    case Qt::AccessibleDescriptionRole:
        return tile.description;
    case TileRole:
        return QVariant::fromValue(tile);
    case IdRole:
        return tile.id;
    default:
        return {};
    }
}

void CredentialTileModel::prepare()
{
    m_positions.clear();
    m_positions.reserve(m_all.size());
    m_searchTexts.clear();
    m_running = 0;
    QHash<QString, int> counts;
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    std::vector<std::pair<QCollatorSortKey, qsizetype>> names;
    names.reserve(static_cast<std::size_t>(m_all.size()));
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const CredentialTile &tile = m_all.at(i);
        m_positions.insert(tile.id, i);
        m_running += tile.progress ? 1 : 0;
        for (const QString &tag : tile.tags)
            ++counts[tag];
        m_searchTexts.append(QStringList{tile.name, tile.host, tile.clientId, tile.thumbprint, tile.tags.join(u' '),
                                         environmentText(tile.environment), tile.notes}
                                 .join(u'\n'));
        names.emplace_back(collator.sortKey(tile.name), i);
    }
    std::ranges::stable_sort(names, [](const auto &a, const auto &b) { return a.first.compare(b.first) < 0; });
    m_nameRanks.assign(names.size(), 0);
    for (std::size_t rank = 0; rank < names.size(); ++rank)
        m_nameRanks[static_cast<std::size_t>(names[rank].second)] = static_cast<int>(rank);
    m_tags.clear();
    for (auto [tag, count] : counts.asKeyValueRange())
        m_tags.emplace_back(tag, count);
    std::ranges::sort(m_tags, [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (const auto favorites = std::ranges::count_if(m_all, &CredentialTile::isFavorite); favorites > 0)
        m_tags.prepend({favoritesTag(), static_cast<int>(favorites)});
}

void CredentialTileModel::sort()
{
    m_sorted.resize(static_cast<std::size_t>(m_all.size()));
    std::ranges::generate(m_sorted, [next = qsizetype(0)]() mutable { return next++; });
    std::ranges::sort(m_sorted, [&](qsizetype left, qsizetype right) {
        const CredentialTile &a = m_all.at(left);
        const CredentialTile &b = m_all.at(right);
        const auto latest = [](const QDateTime &first, const QDateTime &second) {
            return first.isValid() && (!second.isValid() || first > second);
        };
        if (a.isFavorite != b.isFavorite)
            return a.isFavorite;
        switch (m_order) {
        case Order::LastUsed:
            if (a.lastUsedAt != b.lastUsedAt)
                return latest(a.lastUsedAt, b.lastUsedAt);
            break;
        case Order::LastTested: {
            const QDateTime first = a.lastTest ? a.lastTest->at : QDateTime();
            const QDateTime second = b.lastTest ? b.lastTest->at : QDateTime();
            if (first != second)
                return latest(first, second);
            break;
        }
        case Order::Newest:
            if (a.createdAt != b.createdAt)
                return a.createdAt > b.createdAt;
            break;
        case Order::Environment:
            if (a.environment != b.environment)
                return a.environment < b.environment;
            break;
        case Order::Name:
            break;
        }
        return m_nameRanks[static_cast<std::size_t>(left)] < m_nameRanks[static_cast<std::size_t>(right)];
    });
}

void CredentialTileModel::rebuild()
{
    m_shown = QList<qsizetype>(m_sorted.cbegin(), m_sorted.cend());
    if (m_tag == favoritesTag())
        m_shown.removeIf([this](qsizetype position) { return !m_all.at(position).isFavorite; });
    else if (!m_tag.isEmpty())
        m_shown.removeIf([this](qsizetype position) { return !m_all.at(position).tags.contains(m_tag); });
    narrow();
}

void CredentialTileModel::narrow()
{
    if (m_filter.trimmed().isEmpty())
        return;
    const std::vector<bool> holds = m_searchTexts.holding(m_filter);
    m_shown.removeIf([&](qsizetype position) { return !holds[static_cast<std::size_t>(position)]; });
}

} // namespace credenza
