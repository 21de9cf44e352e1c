// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialTableModel.h"

#include <QLocale>

namespace credenza
{

using namespace Qt::StringLiterals;

CredentialTableModel::CredentialTableModel(CredentialTileModel &source, QObject *parent)
    : QAbstractTableModel(parent), m_source(source)
{
    connect(&source, &QAbstractItemModel::modelAboutToBeReset, this, &CredentialTableModel::beginResetModel);
    connect(&source, &QAbstractItemModel::modelReset, this, &CredentialTableModel::endResetModel);
    connect(&source, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        Q_EMIT dataChanged(index(std::max(0, first.row() - 1), 0), index(last.row() - 1, ColumnCount - 1));
    });
}

int CredentialTableModel::rowOf(const QUuid &id) const
{
    return m_source.indexOf(id).row() - 1; // -2 for an invalid index: no row either
}

std::optional<CredentialTileModel::Order> CredentialTableModel::orderOf(int column)
{
    switch (column) {
    case Name:
        return CredentialTileModel::Order::Name;
    case EnvironmentColumn:
        return CredentialTileModel::Order::Environment;
    case LastTest:
        return CredentialTileModel::Order::LastTested;
    default:
        return std::nullopt;
    }
}

int CredentialTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_source.shown();
}

int CredentialTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CredentialTableModel::data(const QModelIndex &index, int role) const
{
    const CredentialTile *tile = index.isValid() ? tileAt(index.row()) : nullptr;
    if (!tile)
        return {};
    const auto withReminder = [&](const CredentialTile &of, const QString &status) {
        const QString reminder = expiryReminder(of, m_source.now());
        return reminder.isEmpty() ? status : u"%1. %2"_s.arg(reminder, status);
    };
    const auto text = [&]() -> QString {
        switch (index.column()) {
        case Name:
            return tile->isFavorite ? CredentialTileModel::favoritesTag() + u' ' + tile->name : tile->name;
        case EnvironmentColumn:
            return environmentText(tile->environment);
        case Host:
            return tile->host;
        case ClientId:
            return tile->clientId;
        case Key:
            return tile->thumbprint;
        case Tags:
            return tile->tags.join(u", "_s);
        case LastTest:
            return withReminder(*tile, statusOf(*tile, m_source.now()).text);
        default:
            return {};
        }
    };
    switch (role) {
    case Qt::DisplayRole:
        return text();
    case Qt::AccessibleTextRole:
        return index.column() == LastTest ? withReminder(*tile, statusOf(*tile, m_source.now()).spoken) : text();
    case Qt::ToolTipRole:
        if (index.column() == Host)
            return tile->baseUrl;
        if (index.column() == Name)
            return tile->description;
        if (index.column() == LastTest && tile->lastTest)
            return QLocale().toString(tile->lastTest->at.toLocalTime(), QLocale::LongFormat) + u'\n' +
                   tile->lastTest->summary;
        return text();
    case CredentialTileModel::TileRole:
        return QVariant::fromValue(*tile);
    case CredentialTileModel::IdRole:
        return tile->id;
    default:
        return {};
    }
}

QVariant CredentialTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case EnvironmentColumn:
        return tr("Environment");
    case Host:
        return tr("Host");
    case ClientId:
        return tr("Client ID");
    case Key:
        return tr("Key");
    case Tags:
        return tr("Tags");
    case LastTest:
        return tr("Last test");
    default:
        return {};
    }
}

} // namespace credenza
