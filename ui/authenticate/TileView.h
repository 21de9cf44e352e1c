// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/CredentialSelection.h"
#include "ui/authenticate/TileDelegate.h"
#include "ui/theme/Theme.h"

#include <QListView>
#include <QTimer>

namespace credenza
{

class CredentialTileModel;

/// The grid of tiles: one Tab stop; arrows, Home, End and the page keys move, Enter and Space choose. What is chosen
/// (the selection) is apart from where the keyboard is (currentIndex). With Ctrl or Shift, and with the check boxes,
/// several are chosen. Four columns in a window of 1200 and more, three below; wider windows get as many as fit.
///
/// Every tile has the same size, so places are computed, not stored: ten thousand tiles cost no more than seven.
class TileView final : public QListView
{
    Q_OBJECT

public:
    /// `model` and `selection` must outlive the view.
    TileView(const Theme &theme, CredentialTileModel &model, CredentialSelection &selection, QWidget *parent = nullptr);

    [[nodiscard]] QUuid selectedId() const { return m_selection.primary(); }
    /// Chooses a credential, or none with a null id; scrolls to it.
    void setSelectedId(const QUuid &id);
    /// The credential the keyboard is on; null on "Add Credential".
    [[nodiscard]] QUuid currentId() const;
    /// The place of a tile in this widget, for menus and tests.
    [[nodiscard]] QRect tileGeometry(const QModelIndex &index) const;
    [[nodiscard]] int columns() const { return m_columns; }
    /// Whether the first tile offers "Import a bundle…".
    void setImportOffered(bool offered);

    [[nodiscard]] QRect visualRect(const QModelIndex &index) const override;
    [[nodiscard]] QModelIndex indexAt(const QPoint &position) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    void doItemsLayout() override;

Q_SIGNALS:
    void addRequested();
    void importRequested();
    /// The tiles have new places.
    void gridChanged();
    void editRequested(const QUuid &id);
    void testRequested(const QUuid &id);
    /// The menu of a tile is wanted at `position` (global).
    void menuRequested(const QUuid &id, QPoint position);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyboardSearch(const QString &search) override;
    bool viewportEvent(QEvent *event) override;
    void updateGeometries() override;
    [[nodiscard]] int horizontalOffset() const override { return 0; }
    [[nodiscard]] int verticalOffset() const override;
    [[nodiscard]] bool isIndexHidden(const QModelIndex &) const override { return false; }
    [[nodiscard]] QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index,
                                                                       const QEvent *event) const override;

private:
    void choose(const QModelIndex &index, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void chooseRange(const QModelIndex &to, Qt::KeyboardModifiers modifiers);
    void chooseAll();
    void moveTo(int row, Qt::KeyboardModifiers modifiers);
    void showSelection();
    void openMenu(const QModelIndex &index, QPoint position);
    void hover(const QModelIndex &index, TileDelegate::Part part);
    void updateGrid();
    void spin();
    [[nodiscard]] TileDelegate::Part partAt(QPoint position, QModelIndex &index) const;

    const Theme &m_theme;
    CredentialTileModel &m_model;
    CredentialSelection &m_selection;
    TileDelegate *m_delegate;
    QTimer m_spinner;
    QUuid m_anchor;    // where a range with Shift begins
    QUuid m_currentId; // to come back to after a reset
    QPersistentModelIndex m_pressed;
    TileDelegate::Part m_pressedPart = TileDelegate::Part::None;
    int m_columns = 4;
    int m_angle = 0;
};

} // namespace credenza
