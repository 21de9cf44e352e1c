// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/DataTable.h"

#include "ui/widgets/RowDelegate.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>

#include <numeric>

namespace credenza
{

DataTable::DataTable(const Theme &theme, const QString &name, int rowHeight, QWidget *parent)
    : QTableView(parent), m_theme(theme)
{
    setAccessibleName(name);
    setProperty("ownFocus", true);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(theme.scaled(rowHeight));
    verticalHeader()->setDefaultSectionSize(theme.scaled(rowHeight));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignVCenter | Qt::AlignLeft);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setFixedHeight(theme.scaled(32));
    horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    horizontalHeader()->setAccessibleName(name);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void DataTable::setColumnShares(const QList<int> &shares)
{
    m_shares = shares;
    for (int column = 0; column < shares.size(); ++column)
        setColumnHidden(column, shares.at(column) == 0);
    fitColumns();
}

void DataTable::fitColumns()
{
    const int room = viewport()->width();
    const int total = std::accumulate(m_shares.cbegin(), m_shares.cend(), 0);
    int before = 0; // the sum of shares, so that rounding never leaves a gap
    for (int column = 0; column < m_shares.size(); ++column) {
        const int after = before + m_shares.at(column);
        setColumnWidth(column, room * after / total - room * before / total);
        before = after;
    }
}

QRect DataTable::rowRect(const QModelIndex &index) const
{
    return index.isValid() ? QRect(0, rowViewportPosition(index.row()), viewport()->width(), rowHeight(index.row()))
                           : QRect();
}

void DataTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (!hasFocus() || !currentIndex().isValid())
        return;
    QPainter painter(viewport());
    drawRowFocus(painter, m_theme, rowRect(currentIndex()));
}

void DataTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(rowRect(previous)); // the ring is round the row, Qt paints only the cell anew
    viewport()->update(rowRect(current));
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    fitColumns();
    QTableView::resizeEvent(event);
}

void DataTable::setSortArrow(int column, Qt::SortOrder order)
{
    horizontalHeader()->setSortIndicatorShown(column >= 0);
    horizontalHeader()->setSortIndicator(column, order);
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (modifiers == Qt::NoModifier && currentIndex().isValid())
            Q_EMIT rowEntered(currentIndex().row());
        else
            event->ignore();
        return;
    }
    // Home and End go to the first and the last row, as in a list; Left and Right have nothing to move to.
    if (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) {
        const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
        setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
        return;
    }
    QTableView::keyPressEvent(event);
}

void DataTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    if (!selectionModel()->isRowSelected(index.row()))
        setCurrentIndex(index);
    const QPoint place = byMouse ? event->pos() : visualRect(index).bottomLeft();
    Q_EMIT menuRequested(index.row(), viewport()->mapToGlobal(place));
    event->accept();
}

void DataTable::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (index.isValid() && event->button() == Qt::LeftButton)
        Q_EMIT rowDoubleClicked(index.row());
}

void DataTable::keyboardSearch(const QString &search)
{
    Q_UNUSED(search) // the filter box finds; letters are shortcuts here
}

} // namespace credenza
