// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/RunningJobs.h"
#include "ui/browse/SummaryView.h"
#include "ui/widgets/Divider.h"

class QStackedWidget;
class QTimer;

namespace credenza
{

class ElidingLabel;
class EmptyState;
class IconButton;
class SegmentedTabs;
class SourcePane;
class TextLabel;
class TreePane;

/// One resource in three ways, Summary, Tree and Source, with its title above and what can be done with it below.
class ResourcePane final : public Pane
{
    Q_OBJECT

public:
    explicit ResourcePane(const Theme &theme, QWidget *parent = nullptr);

    /// The summary is shown in the next turn of the event loop; that of a large resource is made in the background.
    void setResource(const Resource &resource, const QList<SummaryView::Referrer> &referrers = {});
    /// What the summary ends with; once for a resource. `where` as in SummaryView::setReferrers().
    void setRelated(const QList<SummaryView::EarlierValue> &earlier, const QList<SummaryView::Referrer> &referrers,
                    const QString &where = {});
    /// What stands at the right of the title, such as "line 12, 840 bytes".
    void setDetail(const QString &detail);
    /// "1 of 96", and whether there is a resource before and after. A position of 0 shows nothing.
    void setPosition(qsizetype position, qsizetype count);
    /// Shows a sentence in place of a resource.
    void showNothing(const QString &sentence);
    [[nodiscard]] const Resource &resource() const { return m_resource; }
    /// Puts the cursor into the search of the tab that is shown.
    void focusSearch();

Q_SIGNALS:
    void referenceActivated(const QString &reference);
    void attachmentActivated(const credenza::JsonValue &attachment);
    void stepRequested(int by);
    void saveRequested();
    void copied(const QString &what);

private:
    /// What follows a summary, kept until there is one.
    struct Related {
        QList<SummaryView::EarlierValue> earlier;
        QList<SummaryView::Referrer> referrers;
        QString where;
    };
    [[nodiscard]] bool isLarge() const;
    void showSummary(const ResourceSummary &summary);
    void copyJson();
    QWidget *makeHead();
    QWidget *makeFoot();
    void showTab(int tab);

    const Theme &m_theme;
    Resource m_resource;
    ElidingLabel *m_title;
    ElidingLabel *m_path;
    TextLabel *m_detail;
    SegmentedTabs *m_tabs;
    QStackedWidget *m_stack;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    SummaryView *m_summary;
    TreePane *m_tree;
    SourcePane *m_source;
    TextLabel *m_position;
    IconButton *m_previous;
    IconButton *m_next;
    QTimer *m_soon; // until the summary is made
    Related m_related;
    quint64 m_number = 0; // of resources shown so far: answers to those of before are late
    bool m_hasSummary = false;
    bool m_treeIsFresh = false;
    bool m_sourceIsFresh = false;
    RunningJobs m_jobs; // last: they end before what they touch
};

} // namespace credenza
