// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/TileDelegate.h"
#include "ui/theme/Theme.h"

#include <QListView>
#include <QTimer>

namespace credenza
{

class CredentialTileModel;

/// The grid of tiles: one Tab stop; arrows, Home and End move, Enter and Space choose. What is chosen (selectedId) is
/// apart from where the keyboard is (currentIndex). Four columns in a window of 1200 and more, three below; wider
/// windows get as many as fit.
class TileView final : public QListView
{
    Q_OBJECT

public:
    /// `model` must outlive the view.
    TileView(const Theme &theme, CredentialTileModel &model, QWidget *parent = nullptr);

    [[nodiscard]] QUuid selectedId() const { return m_selectedId; }
    /// Chooses a credential, or none with a null id; scrolls to it.
    void setSelectedId(const QUuid &id);
    /// The credential the keyboard is on; null on "Add Credential".
    [[nodiscard]] QUuid currentId() const;
    /// The place of a tile in this widget, for menus and tests.
    [[nodiscard]] QRect tileGeometry(const QModelIndex &index) const;
    [[nodiscard]] int columns() const { return m_columns; }

Q_SIGNALS:
    void addRequested();
    void selectionChosen(const QUuid &id);
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

private:
    void choose(const QModelIndex &index);
    void openMenu(const QModelIndex &index, QPoint position);
    void hover(const QModelIndex &index, TileDelegate::Part part);
    void updateGrid();
    void spin();
    [[nodiscard]] TileDelegate::Part partAt(QPoint position, QModelIndex &index) const;

    const Theme &m_theme;
    CredentialTileModel &m_model;
    TileDelegate *m_delegate;
    QTimer m_spinner;
    QUuid m_selectedId;
    QUuid m_currentId; // to come back to after a reset
    QPersistentModelIndex m_pressed;
    TileDelegate::Part m_pressedPart = TileDelegate::Part::None;
    int m_columns = 4;
    int m_angle = 0;
};

} // namespace credenza
