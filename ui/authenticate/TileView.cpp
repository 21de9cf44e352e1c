// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TileView.h"

#include "ui/authenticate/CredentialTileModel.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QToolTip>

#include <algorithm>

namespace credenza
{

using namespace std::chrono_literals;
using Part = TileDelegate::Part;

namespace
{

constexpr int cellWidth = 290;      // a tile of 274 and the gap
constexpr int fourColumnsAt = 1096; // this view's width in a window of 1200
constexpr int rightMargin = 16;     // holds the scroll bar

} // namespace

TileView::TileView(const Theme &theme, CredentialTileModel &model, QWidget *parent)
    : QListView(parent), m_theme(theme), m_model(model), m_delegate(new TileDelegate(theme, this))
{
    setAccessibleName(tr("Credentials"));
    setProperty("ownFocus", true);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setItemDelegate(m_delegate);
    setModel(&model);
    verticalScrollBar()->setSingleStep(theme.scaled(48));

    m_spinner.setInterval(33ms);
    connect(&m_spinner, &QTimer::timeout, this, &TileView::spin);
    const auto startSpinner = [this] {
        for (int row = 1; row < m_model.rowCount(); ++row) {
            if (m_model.index(row).data(CredentialTileModel::TileRole).value<CredentialTile>().progress) {
                m_spinner.start();
                return;
            }
        }
        m_spinner.stop();
    };
    connect(&model, &QAbstractItemModel::dataChanged, this, startSpinner);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_currentId = currentId(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this, startSpinner] {
        QModelIndex current = m_model.indexOf(m_currentId);
        if (!current.isValid())
            current = m_model.indexOf(m_selectedId);
        setCurrentIndex(current.isValid() ? current : m_model.index(0));
        startSpinner();
    });
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    setCurrentIndex(model.index(0));
    updateGrid();
}

void TileView::setSelectedId(const QUuid &id)
{
    if (id != m_selectedId) {
        m_selectedId = id;
        m_delegate->setSelectedId(id);
        viewport()->update();
        Q_EMIT selectionChosen(id);
    }
    if (const QModelIndex index = m_model.indexOf(id); index.isValid()) {
        setCurrentIndex(index);
        scrollTo(index);
    }
}

QUuid TileView::currentId() const
{
    return currentIndex().data(CredentialTileModel::IdRole).toUuid();
}

QRect TileView::tileGeometry(const QModelIndex &index) const
{
    return TileDelegate::tileRect(visualRect(index));
}

void TileView::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QUuid id = index.data(CredentialTileModel::IdRole).toUuid();
    if (id.isNull())
        Q_EMIT addRequested();
    else
        setSelectedId(id);
}

void TileView::openMenu(const QModelIndex &index, QPoint position)
{
    const QUuid id = index.data(CredentialTileModel::IdRole).toUuid();
    if (id.isNull())
        return;
    setCurrentIndex(index);
    Q_EMIT menuRequested(id, viewport()->mapToGlobal(position));
}

Part TileView::partAt(QPoint position, QModelIndex &index) const
{
    index = indexAt(position);
    return index.isValid() ? m_delegate->partAt(visualRect(index), index, position) : Part::None;
}

void TileView::hover(const QModelIndex &index, Part part)
{
    m_delegate->setHovered(index, part);
    viewport()->setCursor(part == Part::TestNow ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void TileView::mouseMoveEvent(QMouseEvent *event)
{
    QModelIndex index;
    const Part part = partAt(event->position().toPoint(), index);
    hover(index, part);
}

void TileView::mousePressEvent(QMouseEvent *event)
{
    QModelIndex index;
    m_pressedPart = partAt(event->position().toPoint(), index);
    m_pressed = m_pressedPart == Part::None ? QModelIndex() : index;
    if (m_pressedPart != Part::None)
        setCurrentIndex(index);
    event->accept();
}

void TileView::mouseReleaseEvent(QMouseEvent *event)
{
    QModelIndex index;
    const Part part = partAt(event->position().toPoint(), index);
    const bool same = m_pressed == index && m_pressedPart == part;
    m_pressed = QModelIndex();
    if (!same || event->button() != Qt::LeftButton)
        return;
    switch (part) {
    case Part::None:
        break;
    case Part::Tile:
        choose(index);
        break;
    case Part::Menu:
        openMenu(index, m_delegate->menuRect(visualRect(index)).bottomLeft());
        break;
    case Part::TestNow:
        Q_EMIT testRequested(index.data(CredentialTileModel::IdRole).toUuid());
        break;
    }
}

void TileView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QModelIndex index;
    const Part part = partAt(event->position().toPoint(), index);
    const QUuid id = index.data(CredentialTileModel::IdRole).toUuid();
    if (part == Part::Tile && !id.isNull() && event->button() == Qt::LeftButton)
        Q_EMIT editRequested(id);
}

void TileView::leaveEvent(QEvent *event)
{
    hover({}, Part::None);
    QListView::leaveEvent(event);
}

void TileView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier) {
            choose(currentIndex());
            return;
        }
        event->ignore();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        // Reading order: past the end of a row comes the next row.
        const bool forward = (event->key() == Qt::Key_Right) != isRightToLeft();
        const int row = std::clamp(currentIndex().row() + (forward ? 1 : -1), 0, m_model.rowCount() - 1);
        setCurrentIndex(m_model.index(row));
        return;
    }
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int step = event->key() == Qt::Key_Down ? m_columns : -m_columns;
        const int row = currentIndex().row() + step;
        if (row >= 0 && row < m_model.rowCount())
            setCurrentIndex(m_model.index(row));
        else if (row >= m_model.rowCount() && (m_model.rowCount() - 1) / m_columns > currentIndex().row() / m_columns)
            setCurrentIndex(m_model.index(m_model.rowCount() - 1)); // the last row is shorter
        return;
    }
    default:
        QListView::keyPressEvent(event);
    }
}

void TileView::keyboardSearch(const QString &search)
{
    Q_UNUSED(search) // the filter box finds; letters are shortcuts here
}

void TileView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    openMenu(index, byMouse ? event->pos() : m_delegate->menuRect(visualRect(index)).bottomLeft());
    event->accept();
}

void TileView::resizeEvent(QResizeEvent *event)
{
    updateGrid();
    QListView::resizeEvent(event);
}

void TileView::paintEvent(QPaintEvent *event)
{
    m_delegate->setNow(m_model.now());
    QListView::paintEvent(event);
}

void TileView::focusInEvent(QFocusEvent *event)
{
    QListView::focusInEvent(event);
    if (!currentIndex().isValid())
        setCurrentIndex(m_model.index(0));
    viewport()->update();
}

bool TileView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QListView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QModelIndex index;
    const Part part = partAt(help->pos(), index);
    const auto tile = index.data(CredentialTileModel::TileRole).value<CredentialTile>();
    QStringList lines;
    if (part == Part::Menu) {
        lines << tr("Menu of %1").arg(tile.name);
    } else if (part != Part::None && !tile.id.isNull()) {
        lines << tile.baseUrl << tr("Client ID %1").arg(tile.clientId) << tr("Key %1").arg(tile.thumbprint);
        if (tile.lastTest)
            lines << tr("Tested %1").arg(QLocale().toString(tile.lastTest->at.toLocalTime(), QLocale::LongFormat));
        if (tile.lastTest && !tile.lastTest->summary.isEmpty())
            lines << tile.lastTest->summary;
    }
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this, visualRect(index));
    return true;
}

void TileView::updateGrid()
{
    const int room = width() - rightMargin;
    if (m_theme.textScale() > 1.15) // larger text needs wider tiles
        m_columns = std::max(1, room / m_theme.scaled(cellWidth * 3 / 4));
    else
        m_columns = width() >= fourColumnsAt ? std::max(4, room / cellWidth) : 3;
    setGridSize({room / m_columns, m_delegate->tileHeight() + 16});
}

void TileView::spin()
{
    if (m_theme.reducedMotion())
        return;
    m_angle = (m_angle + 12) % 360;
    m_delegate->setSpinnerAngle(m_angle);
    for (int row = 1; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row);
        if (index.data(CredentialTileModel::TileRole).value<CredentialTile>().progress)
            viewport()->update(visualRect(index));
    }
}

} // namespace credenza
