// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"
#include "ui/theme/Theme.h"

#include <QWidget>

#include <optional>

class QStackedWidget;
class QTableView;

namespace credenza
{

class Button;
class EmptyState;
class ResultsModel;
class TextLabel;

/// What a search has brought so far: how much, the table, which columns are seen, and how to save it.
class ResultsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ResultsPane(const Theme &theme, QWidget *parent = nullptr);

    /// Empties the table and takes the columns of `type`. `isSearching`: the first page is on its way.
    void start(const QString &type, bool isSearching);
    void append(const QList<Resource> &resources, bool hasMore);
    /// How much there is; `total` where the server says it. `hasFailed`: why there is nothing stands elsewhere.
    void showCounts(qsizetype loaded, std::optional<qint64> total, bool hasMore, bool hasFailed);
    /// The rest is being loaded, to be saved: so far this many.
    void showLoading(bool isLoading);
    void clear();
    [[nodiscard]] ResultsModel &model() const { return *m_model; }
    [[nodiscard]] int currentRow() const;
    void selectRow(int row);
    void fitColumns();
    /// The columns that are seen, in the order in which they are seen.
    [[nodiscard]] QList<ResourceColumn> shownColumns() const;

Q_SIGNALS:
    void rowChosen(int row);
    void referenceActivated(const QString &reference);
    void saveRequested(const QList<credenza::Resource> &resources, const QList<credenza::ResourceColumn> &columns);
    /// All that the search finds is to be loaded and saved.
    void saveAllRequested();
    void stopRequested();
    /// The search that found nothing is to be made wider.
    void widenRequested();

private:
    void makeRoomForText();
    void showColumnMenu();
    void showSaveMenu();
    [[nodiscard]] QList<Resource> selected() const;

    const Theme &m_theme;
    ResultsModel *m_model;
    TextLabel *m_count;
    TextLabel *m_loaded;
    Button *m_stop;
    Button *m_columns;
    Button *m_save;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    bool m_hasMore = false;
};

} // namespace credenza
