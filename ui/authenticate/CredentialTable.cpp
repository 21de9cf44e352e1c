// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/CredentialTable.h"

#include "ui/authenticate/TileLook.h"
#include "ui/widgets/RowDelegate.h"

#include <QHeaderView>
#include <QScopedValueRollback>

#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;
using Model = CredentialTableModel;

CredentialTable::CredentialTable(const Theme &theme, CredentialTileModel &model, CredentialSelection &selection,
                                 QWidget *parent)
    : DataTable(theme, tr("Credentials"), 36, parent), m_theme(theme), m_source(model), m_selection(selection),
      m_model(model)
{
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setItemDelegate(new RowDelegate(
        theme, 36, [this](const QModelIndex &index) { return lookOf(index); }, this));
    setModel(&m_model);
    const bool isLarge = theme.textScale() >= 1.5; // then only what tells credentials apart
    setColumnShares(isLarge ? QList<int>{30, 20, 26, 0, 0, 0, 24} : QList<int>{19, 10, 17, 12, 10, 11, 21});
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_currentId = currentId(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        showSelection();
        if (const int row = m_model.rowOf(m_currentId); row >= 0)
            selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::NoUpdate);
        showOrder();
    });
    connect(&selection, &CredentialSelection::changed, this, &CredentialTable::showSelection);
    const auto edit = [this](int row) { Q_EMIT editRequested(m_model.tileAt(row)->id); };
    connect(this, &DataTable::rowEntered, this, edit);
    connect(this, &DataTable::rowDoubleClicked, this, edit);
    connect(this, &DataTable::menuRequested, this,
            [this](int row, QPoint position) { Q_EMIT menuRequestedFor(m_model.tileAt(row)->id, position); });
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int column) {
        if (const auto order = Model::orderOf(column))
            Q_EMIT orderRequested(*order);
        else
            showOrder(); // Qt has moved the arrow already
    });
    showOrder();
    showSelection();
}

QUuid CredentialTable::currentId() const
{
    const CredentialTile *tile = currentIndex().isValid() ? m_model.tileAt(currentIndex().row()) : nullptr;
    return tile ? tile->id : QUuid();
}

void CredentialTable::showSelection()
{
    if (m_isShowing)
        return;
    const QScopedValueRollback showing(m_isShowing, true);
    QItemSelection chosen;
    const int rows = m_selection.count() == 0 ? 0 : m_model.rowCount();
    for (int row = 0, from = -1; row <= rows; ++row) {
        const CredentialTile *tile = row < rows ? m_model.tileAt(row) : nullptr;
        const bool isChosen = tile && m_selection.contains(tile->id);
        if (isChosen && from < 0)
            from = row;
        if (!isChosen && from >= 0)
            chosen.select(m_model.index(std::exchange(from, -1), 0), m_model.index(row - 1, Model::ColumnCount - 1));
    }
    selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    if (const int row = m_model.rowOf(m_selection.primary()); row >= 0)
        selectionModel()->setCurrentIndex(m_model.index(row, 0), QItemSelectionModel::NoUpdate);
}

void CredentialTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    DataTable::selectionChanged(selected, deselected);
    if (m_isShowing)
        return;
    const QScopedValueRollback showing(m_isShowing, true);
    QList<QUuid> ids;
    QUuid last;
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            const QUuid id = m_model.tileAt(row)->id;
            if (row == currentIndex().row())
                last = id;
            else
                ids.append(id);
        }
    }
    ids.append(last);
    m_selection.set(ids);
}

CellLook CredentialTable::lookOf(const QModelIndex &index) const
{
    const CredentialTile &tile = *m_model.tileAt(index.row());
    CellLook look;
    look.text = index.data().toString();
    switch (index.column()) {
    case Model::Name:
        look.style = TextStyle::Heading;
        break;
    case Model::EnvironmentColumn:
        look.badge = environmentBadge(tile.environment);
        look.text.clear();
        break;
    case Model::ClientId:
    case Model::Key:
        look.elide = Qt::ElideMiddle;
        [[fallthrough]];
    case Model::Host:
        look.style = TextStyle::Mono;
        look.role = Role::Text2;
        break;
    case Model::LastTest: {
        const TileStatus status = statusOf(tile, m_source.now());
        const StatusLook shown = lookOfStatus(status.state);
        look.icon = shown.icon;
        look.role = shown.role;
        look.style = TextStyle::SmallLabel;
        if (status.state == TileState::Failed || status.state == TileState::Testing)
            look.text += u", "_s + status.detail;
        break;
    }
    default:
        look.role = Role::Text2;
    }
    return look;
}

void CredentialTable::showOrder()
{
    for (int column = 0; column < Model::ColumnCount; ++column) {
        if (Model::orderOf(column) == m_source.order()) {
            setSortArrow(column, column == Model::LastTest ? Qt::DescendingOrder : Qt::AscendingOrder);
            return;
        }
    }
    setSortArrow(-1);
}

} // namespace credenza
