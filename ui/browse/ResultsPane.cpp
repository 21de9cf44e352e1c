// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/ResultsPane.h"

#include "ui/browse/BrowseDelegates.h"
#include "ui/browse/ResultsModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int textWidth = 140; // that the first column of text is to have

int widthOf(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Date:
        return 140;
    case ColumnKind::Number:
        return 112;
    case ColumnKind::Flag:
        return 64;
    case ColumnKind::Status:
        return 72;
    case ColumnKind::Link:
        return 100;
    case ColumnKind::Text:
    case ColumnKind::Quiet:
        break;
    }
    return 120;
}

} // namespace

ResultsPane::ResultsPane(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(new ResultsModel(this)),
      m_count(new TextLabel(theme, {}, TextStyle::Heading)),
      m_loaded(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_stop(new Button(theme, tr("Stop loading"), ButtonKind::Quiet, ButtonSize::Small)),
      m_columns(new Button(theme, tr("Columns"), ButtonKind::Secondary, ButtonSize::Small)),
      m_save(new Button(theme, tr("Save as…"), ButtonKind::Secondary, ButtonSize::Small)), m_table(new QTableView),
      m_empty(new EmptyState(theme)), m_stack(new QStackedWidget)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *counts = new QHBoxLayout;
    counts->setContentsMargins(12, 8, 12, 8);
    counts->setSpacing(8);
    counts->addWidget(m_count);
    counts->addWidget(m_loaded, 1);
    m_loaded->setMinimumWidth(0);
    m_loaded->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stop->hide();
    m_columns->setLeadingIcon(Icon::Table);
    m_columns->setObjectName(u"columnsButton"_s);
    m_columns->setToolTip(tr("Choose which columns are seen, and saved as CSV"));
    m_save->setLeadingIcon(Icon::Save);
    m_save->setObjectName(u"saveButton"_s);
    for (Button *button : {m_stop, m_columns, m_save})
        counts->addWidget(button);
    column->addLayout(counts);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setMouseTracking(true);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Results"));
    m_table->setObjectName(u"results"_s);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_theme.scaled(28));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsMovable(true);
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    setFocusProxy(m_table);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    column->addWidget(m_stack, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) { Q_EMIT rowChosen(index.row()); });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        const QString reference = index.data(ResultsModel::ReferenceRole).toString();
        const auto kind = static_cast<ColumnKind>(index.data(ResultsModel::KindRole).toInt());
        const bool isOne = m_table->selectionModel()->selectedRows().size() <= 1; // not while several are chosen
        if (kind == ColumnKind::Link && !reference.isEmpty() && isOne)
            Q_EMIT referenceActivated(reference);
    });
    connect(m_columns, &QAbstractButton::clicked, this, &ResultsPane::showColumnMenu);
    connect(m_save, &QAbstractButton::clicked, this, &ResultsPane::showSaveMenu);
    connect(m_stop, &QAbstractButton::clicked, this, &ResultsPane::stopRequested);
    connect(m_empty, &EmptyState::actionTriggered, this, &ResultsPane::widenRequested);
    clear();
}

void ResultsPane::clear()
{
    m_model->start({});
    m_count->setContent({});
    m_loaded->setContent({});
    m_save->setEnabled(false);
    m_columns->setEnabled(false);
    m_stack->setCurrentIndex(0);
    showLoading(false);
}

void ResultsPane::start(const QString &type, bool isSearching)
{
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicator(-1, Qt::AscendingOrder);
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnHidden(column, false);
    m_model->start(type);
    m_stack->setCurrentIndex(0);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        m_table->setColumnWidth(column, m_theme.scaled(widthOf(m_model->columns().at(column).kind)));
    }
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_model->columns().at(column).kind == ColumnKind::Text) {
            header->setSectionResizeMode(QHeaderView::Interactive);
            header->setSectionResizeMode(column, QHeaderView::Stretch);
            break;
        }
    }
    m_columns->setEnabled(m_model->columnCount() > 0);
    m_save->setEnabled(false);
    showLoading(false);
    if (isSearching) {
        m_count->setContent(tr("Searching…"));
        m_loaded->setContent({});
    }
}

void ResultsPane::append(const QList<Resource> &resources, bool hasMore)
{
    const bool isFirst = m_model->rowCount() == 0;
    m_model->append(resources, hasMore);
    if (isFirst && m_model->rowCount() > 0)
        fitColumns();
}

void ResultsPane::fitColumns()
{
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_model->columns().at(column).kind == ColumnKind::Text && column < 2)
            continue;
        const int most = m_theme.scaled(widthOf(m_model->columns().at(column).kind));
        const int wanted = std::max(static_cast<QAbstractItemView *>(m_table)->sizeHintForColumn(column),
                                    m_table->horizontalHeader()->sectionSizeHint(column));
        m_table->setColumnWidth(column, std::min(most, wanted + 8));
    }
    makeRoomForText();
}

void ResultsPane::makeRoomForText()
{
    int used = 0;
    bool hasText = false;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        const bool isText = m_model->columns().at(column).kind == ColumnKind::Text && !hasText;
        hasText = hasText || isText;
        used += isText ? 0 : m_table->columnWidth(column);
    }
    // What the row is about comes before where it leads.
    int lacking = hasText ? m_theme.scaled(textWidth) - (m_table->viewport()->width() - used) : 0;
    for (int column = m_model->columnCount() - 1; column > 0 && lacking > 0; --column) {
        const ColumnKind kind = m_model->columns().at(column).kind;
        if (kind != ColumnKind::Link && kind != ColumnKind::Quiet && kind != ColumnKind::Flag)
            continue;
        const int width = m_table->columnWidth(column);
        const int least = m_theme.scaled(kind == ColumnKind::Flag ? 44 : 64);
        const int taken = std::clamp(width - least, 0, lacking);
        m_table->setColumnWidth(column, width - taken);
        lacking -= taken;
    }
}

void ResultsPane::showCounts(qsizetype loaded, std::optional<qint64> total, bool hasMore, bool hasFailed)
{
    m_hasMore = hasMore;
    m_save->setEnabled(loaded > 0);
    if (loaded == 0) {
        m_count->setContent(hasFailed ? QString() : tr("No results"));
        m_loaded->setContent({});
        if (!hasFailed) {
            m_empty->setWords(Icon::Search, tr("Nothing on this server matches the search."), tr("Clear the fields"));
            m_stack->setCurrentIndex(1);
        }
        return;
    }
    m_stack->setCurrentIndex(0);
    const QString shown = QLocale().toString(loaded);
    m_count->setContent(total ? *total == 1 ? tr("1 result") : tr("%1 results").arg(QLocale().toString(*total))
                              : tr("%1 or more results").arg(shown));
    m_loaded->setContent(hasMore ? tr("%1 loaded, more as you scroll").arg(shown) : QString());
}

void ResultsPane::showLoading(bool isLoading)
{
    m_stop->setVisible(isLoading);
    m_save->setVisible(!isLoading);
    m_columns->setVisible(!isLoading);
}

int ResultsPane::currentRow() const
{
    return m_table->currentIndex().row();
}

void ResultsPane::selectRow(int row)
{
    m_table->selectRow(row);
}

QList<ResourceColumn> ResultsPane::shownColumns() const
{
    QList<ResourceColumn> columns;
    const QHeaderView *header = m_table->horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (!m_table->isColumnHidden(column))
            columns.append(m_model->columns().at(column));
    }
    return columns;
}

QList<Resource> ResultsPane::selected() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    QList<Resource> resources;
    for (const int row : std::as_const(rows))
        resources.append(m_model->resource(row));
    return resources;
}

void ResultsPane::showColumnMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"columnsMenu"_s);
    for (int column = 0; column < m_model->columnCount(); ++column) {
        QAction *action = menu->addAction(m_model->columns().at(column).title);
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(column));
        action->setEnabled(m_table->isColumnHidden(column) || shownColumns().size() > 1); // one stays
        connect(action, &QAction::toggled, this,
                [this, column](bool isShown) { m_table->setColumnHidden(column, !isShown); });
    }
    menu->popup(m_columns->mapToGlobal(QPoint(0, m_columns->height())));
}

void ResultsPane::showSaveMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"saveMenu"_s);
    const QList<Resource> chosen = selected();
    const QLocale locale;
    const auto offer = [this, menu](const QString &text, const QList<Resource> &resources) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, resources] { Q_EMIT saveRequested(resources, shownColumns()); });
    };
    if (chosen.size() > 1)
        offer(tr("The %1 chosen…").arg(locale.toString(chosen.size())), chosen);
    const qsizetype loaded = m_model->resources().size();
    offer(m_hasMore      ? tr("The %1 loaded…").arg(locale.toString(loaded))
          : loaded == 1 ? tr("The one result…")
                        : tr("All %1 results…").arg(locale.toString(loaded)),
          m_model->resources());
    if (m_hasMore)
        connect(menu->addAction(tr("All results, loading the rest first…")), &QAction::triggered, this,
                &ResultsPane::saveAllRequested);
    menu->popup(m_save->mapToGlobal(QPoint(0, m_save->height())));
}

} // namespace credenza
