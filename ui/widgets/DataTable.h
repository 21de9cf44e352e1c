// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QTableView>

namespace credenza
{

/// A table of rows in the look of the design: no grid, rows of one height, head of 32, whole rows selected. One Tab
/// stop; arrows move; the focus is a ring round the row. Enter and a double click activate the row
/// (QAbstractItemView::activated is not used: it depends on the desktop's single-click setting).
class DataTable : public QTableView
{
    Q_OBJECT

public:
    /// `name` is the accessible name; `rowHeight` in px at a text scale of 1.
    DataTable(const Theme &theme, const QString &name, int rowHeight = 36, QWidget *parent = nullptr);

    /// Shares of the width that the columns get, in any unit; a column with 0 is left out. Nothing scrolls sideways.
    void setColumnShares(const QList<int> &shares);
    /// Shows the sort arrow at a column; -1: none.
    void setSortArrow(int column, Qt::SortOrder order = Qt::AscendingOrder);

Q_SIGNALS:
    /// Enter was pressed on a row.
    void rowEntered(int row);
    void rowDoubleClicked(int row);
    /// The menu of a row is wanted at `position` (global).
    void menuRequested(int row, QPoint position);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyboardSearch(const QString &search) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void fitColumns();
    /// In the viewport; null for no row.
    [[nodiscard]] QRect rowRect(const QModelIndex &index) const;

    const Theme &m_theme;
    QList<int> m_shares;
};

} // namespace credenza
