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
    rebuild(std::move(tiles));
}

void CredentialTileModel::setProgress(const QUuid &id, const std::optional<TileProgress> &progress)
{
    const auto found = std::ranges::find(m_all, id, &CredentialTile::id);
    if (found == m_all.end())
        return;
    found->progress = progress;
    if (const QModelIndex index = indexOf(id); index.isValid())
        Q_EMIT dataChanged(index, index);
}

void CredentialTileModel::setFilter(const QString &text)
{
    if (text == m_filter)
        return;
    m_filter = text;
    rebuild();
}

void CredentialTileModel::setTag(const QString &tag)
{
    if (tag == m_tag)
        return;
    m_tag = tag;
    rebuild();
}

void CredentialTileModel::setOrder(Order order)
{
    if (order == m_order)
        return;
    m_order = order;
    rebuild();
}

void CredentialTileModel::refreshTimes()
{
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(1), index(rowCount() - 1));
}

QList<std::pair<QString, int>> CredentialTileModel::tags() const
{
    QHash<QString, int> counts;
    for (const CredentialTile &tile : m_all) {
        for (const QString &tag : tile.tags)
            ++counts[tag];
    }
    QList<std::pair<QString, int>> sorted;
    for (auto [tag, count] : counts.asKeyValueRange())
        sorted.emplace_back(tag, count);
    std::ranges::sort(sorted, [](const auto &a, const auto &b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    return sorted;
}

const CredentialTile *CredentialTileModel::tile(const QUuid &id) const
{
    const auto found = std::ranges::find(m_all, id, &CredentialTile::id);
    return found == m_all.end() ? nullptr : &*found;
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

void CredentialTileModel::rebuild()
{
    rebuild(m_all);
}

void CredentialTileModel::rebuild(QList<CredentialTile> tiles)
{
    beginResetModel(); // views still ask for what they show: the old tiles go only after it
    m_all = std::move(tiles);
    m_shown.clear();
    const QStringList words = m_filter.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const CredentialTile &tile = m_all.at(i);
        if (!m_tag.isEmpty() && !tile.tags.contains(m_tag))
            continue;
        const QString text = QStringList{tile.name,
                                         tile.host,
                                         tile.clientId,
                                         tile.thumbprint,
                                         tile.tags.join(u' '),
                                         environmentText(tile.environment)}
                                 .join(u'\n');
        if (std::ranges::all_of(words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); }))
            m_shown.append(i);
    }
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    const auto byName = [&](const CredentialTile &a, const CredentialTile &b) {
        return collator.compare(a.name, b.name) < 0;
    };
    std::ranges::stable_sort(m_shown, [&](qsizetype left, qsizetype right) {
        const CredentialTile &a = m_all.at(left);
        const CredentialTile &b = m_all.at(right);
        switch (m_order) {
        case Order::LastTested: {
            const QDateTime first = a.lastTest ? a.lastTest->at : QDateTime();
            const QDateTime second = b.lastTest ? b.lastTest->at : QDateTime();
            if (first != second)
                return first.isValid() && (!second.isValid() || first > second);
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
        return byName(a, b);
    });
    endResetModel();
}

} // namespace credenza
