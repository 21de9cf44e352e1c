// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/RunningJobs.h"
#include "ui/activity/ActivityModel.h"
#include "ui/theme/Theme.h"

#include <QWidget>

namespace credenza
{

class Badge;
class DataTable;
class EmptyState;
class FilterBar;
class TextLabel;
struct CellLook;

/// What happened to which credential, when and by whom: the log of the vault, the latest first, with a filter, the
/// answer to whether it is whole, and its export. Never holds a secret.
class ActivityPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityPage(const Theme &theme, QWidget *parent = nullptr);

    /// In the order of the log. Shown as soon as a worker has made them ready; none: at once.
    void setEntries(const QList<ActivityEntry> &entries, const QDateTime &now);
    /// How checking the log's chain ended: what is wrong with it, in sentences; empty: nothing.
    void setVerified(const QStringList &damage);
    /// Puts the focus on the table, or on the filter if there is nothing in it; once the entries are shown.
    void start();
    /// The button for the window's top bar: exports the log.
    [[nodiscard]] QWidget *makeExportButton();

Q_SIGNALS:
    /// Check the log's chain; answered by setVerified().
    void verifyRequested();
    /// Save `contents` under a name the person chooses.
    void exportRequested(const QString &suggestedName, const QByteArray &contents);

private:
    void fillFilterBar();
    [[nodiscard]] QWidget *makeFoot();
    [[nodiscard]] CellLook lookOf(const QModelIndex &index) const;
    struct Loaded {
        std::shared_ptr<const ActivityIndex> log;
        std::vector<qsizetype> rows;
    };
    void setFilter(const ActivityFilter &filter);
    void find();
    void take(Loaded loaded, const ActivityFilter &passed);
    /// Frees a log where that may take as long as it likes.
    void release(std::shared_ptr<const ActivityIndex> log);
    void exportAll();
    void refresh();

    const Theme &m_theme;
    ActivityModel m_model;
    FilterBar *m_filter;
    DataTable *m_table;
    EmptyState *m_empty;
    Badge *m_state = nullptr;
    TextLabel *m_verdict = nullptr;
    ActivityFilter m_wanted;
    QDateTime m_now;
    qsizetype m_count = 0; ///< of entries, shown or about to be
    int m_loadings = 0;    ///< how often entries were set: what is loaded late is not shown
    bool m_isLoading = false;
    bool m_startsWhenShown = false;
    RunningJobs m_loading;
    RunningJobs m_finding;
    RunningJobs m_others;
};

} // namespace credenza
