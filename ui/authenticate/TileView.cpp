// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/TileView.h"

#include "ui/authenticate/CredentialTileModel.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

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

TileView::TileView(const Theme &theme, CredentialTileModel &model, CredentialSelection &selection, QWidget *parent)
    : QListView(parent), m_theme(theme), m_model(model), m_selection(selection),
      m_delegate(new TileDelegate(theme, selection, this))
{
    setAccessibleName(tr("Credentials"));
    setProperty("ownFocus", true);
    setViewMode(QListView::IconMode);
    setMovement(QListView::Static);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
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
        if (m_model.running() == 0)
            m_spinner.stop();
        else if (!m_spinner.isActive())
            m_spinner.start();
    };
    connect(&model, &QAbstractItemModel::dataChanged, this, startSpinner);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_currentId = currentId(); });
    connect(&model, &QAbstractItemModel::modelReset, this, [this, startSpinner] {
        QModelIndex current = m_model.indexOf(m_currentId);
        if (!current.isValid())
            current = m_model.indexOf(m_selection.primary());
        setCurrentIndex(current.isValid() ? current : m_model.index(0));
        showSelection();
        startSpinner();
    });
    connect(&selection, &CredentialSelection::changed, this, &TileView::showSelection);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    setCurrentIndex(model.index(0));
    updateGrid();
}

void TileView::setSelectedId(const QUuid &id)
{
    m_selection.choose(id);
    m_anchor = id;
    if (const QModelIndex index = m_model.indexOf(id); index.isValid())
        setCurrentIndex(index); // scrolls there
}

void TileView::showSelection()
{
    // The view's own selection is what assistive technology reads.
    QItemSelection chosen;
    const int rows = m_selection.count() == 0 ? 0 : m_model.rowCount();
    for (int row = 1, from = 0; row <= rows; ++row) {
        const CredentialTile *tile = m_model.tileAt(row);
        const bool isChosen = tile && m_selection.contains(tile->id);
        if (isChosen && from == 0)
            from = row;
        if (!isChosen && from > 0)
            chosen.select(m_model.index(std::exchange(from, 0)), m_model.index(row - 1));
    }
    selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect);
    viewport()->update();
}

QItemSelectionModel::SelectionFlags TileView::selectionCommand(const QModelIndex &, const QEvent *) const
{
    return QItemSelectionModel::NoUpdate; // moving never chooses
}

void TileView::setImportOffered(bool offered)
{
    m_delegate->setImportOffered(offered);
    viewport()->update();
}

QUuid TileView::currentId() const
{
    return currentIndex().data(CredentialTileModel::IdRole).toUuid();
}

QRect TileView::tileGeometry(const QModelIndex &index) const
{
    return TileDelegate::tileRect(visualRect(index));
}

QRect TileView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const QSize cell = gridSize();
    return {QPoint(index.row() % m_columns * cell.width(), index.row() / m_columns * cell.height() - verticalOffset()),
            cell};
}

QModelIndex TileView::indexAt(const QPoint &position) const
{
    const QSize cell = gridSize();
    const int y = position.y() + verticalOffset();
    if (position.x() < 0 || y < 0 || position.x() >= m_columns * cell.width())
        return {};
    const int row = y / cell.height() * m_columns + position.x() / cell.width();
    return row < m_model.rowCount() ? m_model.index(row) : QModelIndex();
}

int TileView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

void TileView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    const QRect cell = visualRect(index);
    const int room = viewport()->height();
    int by = 0;
    if (hint == PositionAtTop || (hint == EnsureVisible && cell.top() < 0))
        by = cell.top();
    else if (hint == PositionAtBottom || (hint == EnsureVisible && cell.bottom() >= room))
        by = std::min(cell.top(), cell.bottom() + 1 - room);
    else if (hint == PositionAtCenter)
        by = cell.center().y() - room / 2;
    if (index.isValid())
        verticalScrollBar()->setValue(verticalOffset() + by);
}

void TileView::doItemsLayout()
{
    QAbstractItemView::doItemsLayout(); // nothing to lay out: places are computed
}

void TileView::updateGeometries()
{
    const int rows = (m_model.rowCount() + m_columns - 1) / m_columns;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, rows * gridSize().height() - viewport()->height()));
    QAbstractItemView::updateGeometries();
}

QRegion TileView::visualRegionForSelection(const QItemSelection &) const
{
    return viewport()->rect();
}

void TileView::choose(const QModelIndex &index, Qt::KeyboardModifiers modifiers)
{
    if (!index.isValid())
        return;
    const QUuid id = index.data(CredentialTileModel::IdRole).toUuid();
    if (id.isNull()) {
        Q_EMIT addRequested();
    } else if (modifiers.testFlag(Qt::ShiftModifier)) {
        chooseRange(index, modifiers);
    } else if (modifiers.testFlag(Qt::ControlModifier)) {
        m_selection.toggle(id);
        m_anchor = id;
    } else {
        setSelectedId(id);
    }
}

void TileView::chooseRange(const QModelIndex &to, Qt::KeyboardModifiers modifiers)
{
    QModelIndex from = m_model.indexOf(m_anchor);
    if (!from.isValid()) {
        m_anchor = to.data(CredentialTileModel::IdRole).toUuid();
        from = to;
    }
    QList<QUuid> range;
    const int step = from.row() <= to.row() ? 1 : -1;
    for (int row = from.row(); row != to.row() + step; row += step) {
        if (const CredentialTile *tile = m_model.tileAt(row))
            range.append(tile->id);
    }
    QList<QUuid> ids;
    if (modifiers.testFlag(Qt::ControlModifier)) {
        const QSet<QUuid> added(range.cbegin(), range.cend());
        ids = m_selection.ids();
        ids.removeIf([&](const QUuid &id) { return added.contains(id); });
    }
    m_selection.set(ids + range);
}

void TileView::chooseAll()
{
    QList<QUuid> ids;
    ids.reserve(m_model.shown());
    for (int row = 1; row <= m_model.shown(); ++row)
        ids.append(m_model.tileAt(row)->id);
    m_selection.set(ids);
}

void TileView::moveTo(int row, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex index = m_model.index(row);
    if (modifiers.testFlag(Qt::ShiftModifier) && row > 0) {
        if (m_model.indexOf(m_anchor) == QModelIndex())
            m_anchor = currentId();
        chooseRange(index, Qt::NoModifier);
    }
    setCurrentIndex(index);
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
    viewport()->setCursor(part == Part::TestNow || part == Part::Import ? Qt::PointingHandCursor : Qt::ArrowCursor);
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
        choose(index, event->modifiers());
        break;
    case Part::Check:
        choose(index, Qt::ControlModifier);
        break;
    case Part::Menu:
        openMenu(index, m_delegate->menuRect(visualRect(index)).bottomLeft());
        break;
    case Part::Import:
        Q_EMIT importRequested();
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
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool isPlainMove = modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier;
    const int last = m_model.rowCount() - 1;
    const int row = std::max(0, currentIndex().row());
    const int page = m_columns * std::max(1, viewport()->height() / gridSize().height());
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::NoModifier)
            choose(currentIndex());
        else
            event->ignore();
        return;
    case Qt::Key_Space:
        choose(currentIndex(), modifiers);
        return;
    case Qt::Key_A:
        if (modifiers == Qt::ControlModifier)
            chooseAll();
        else
            event->ignore();
        return;
    case Qt::Key_Escape:
        if (m_selection.count() > 1)
            m_selection.choose(m_selection.primary());
        else
            event->ignore();
        return;
    default:
        break;
    }
    if (!isPlainMove) {
        event->ignore();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        // Reading order: past the end of a row comes the next row.
        const bool forward = (event->key() == Qt::Key_Right) != isRightToLeft();
        moveTo(std::clamp(row + (forward ? 1 : -1), 0, last), modifiers);
        return;
    }
    case Qt::Key_Up:
        if (row >= m_columns)
            moveTo(row - m_columns, modifiers);
        return;
    case Qt::Key_Down:
        if (row + m_columns <= last || last / m_columns > row / m_columns) // the last row may be shorter
            moveTo(std::min(row + m_columns, last), modifiers);
        return;
    case Qt::Key_PageUp:
        moveTo(std::max(row - page, row % m_columns), modifiers);
        return;
    case Qt::Key_PageDown:
        moveTo(std::min(row + page, last), modifiers);
        return;
    case Qt::Key_Home:
        moveTo(0, modifiers);
        return;
    case Qt::Key_End:
        moveTo(last, modifiers);
        return;
    default:
        event->ignore();
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
    QAbstractItemView::resizeEvent(event);
}

void TileView::paintEvent(QPaintEvent *event)
{
    m_delegate->setNow(m_model.now());
    QPainter painter(viewport());
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const int cellHeight = gridSize().height();
    const int first = (event->rect().top() + verticalOffset()) / cellHeight * m_columns;
    const int end = ((event->rect().bottom() + verticalOffset()) / cellHeight + 1) * m_columns;
    for (int row = std::max(0, first); row < std::min(end, m_model.rowCount()); ++row) {
        const QModelIndex index = m_model.index(row);
        option.rect = visualRect(index);
        if (!option.rect.intersects(event->rect()))
            continue;
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && index == currentIndex());
        m_delegate->paint(&painter, option, index);
    }
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
    updateGeometries();
    Q_EMIT gridChanged();
}

void TileView::spin()
{
    if (m_theme.reducedMotion())
        return;
    m_angle = (m_angle + 12) % 360;
    m_delegate->setSpinnerAngle(m_angle);
    const int cellHeight = gridSize().height();
    const int first = std::max(1, verticalOffset() / cellHeight * m_columns);
    const int end = ((verticalOffset() + viewport()->height()) / cellHeight + 1) * m_columns;
    for (int row = first; row < end; ++row) {
        const CredentialTile *tile = m_model.tileAt(row);
        if (tile && tile->progress)
            viewport()->update(visualRect(m_model.index(row)));
    }
}

} // namespace credenza
