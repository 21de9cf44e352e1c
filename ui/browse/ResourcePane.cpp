// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/ResourcePane.h"

#include "ui/browse/SourcePane.h"
#include "ui/browse/TreePane.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTimer>

namespace credenza
{

namespace
{

enum Tab { SummaryTab, TreeTab, SourceTab };

constexpr std::size_t quickNodes = 20'000; // values that are read within a frame
constexpr qsizetype quickText = 4 * 1024 * 1024;
constexpr qsizetype longestShown = 20'000; // of a string in the source: a line of megabytes can't be laid out

} // namespace

ResourcePane::ResourcePane(const Theme &theme, QWidget *parent)
    : Pane(theme, Role::Surface, {}, parent), m_theme(theme),
      m_title(new ElidingLabel(theme, {}, Qt::ElideRight, TextStyle::Section)),
      m_path(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Mono, Role::Text2)),
      m_detail(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_tabs(new SegmentedTabs(theme, tr("View of the resource"))), m_stack(new QStackedWidget),
      m_pages(new QStackedWidget), m_empty(new EmptyState(theme)), m_summary(new SummaryView(theme)),
      m_tree(new TreePane(theme)), m_source(new SourcePane(theme)),
      m_position(new TextLabel(theme, {}, TextStyle::Small, Role::Text3)),
      m_previous(new IconButton(theme, Icon::ChevronLeft, tr("Previous resource"))),
      m_next(new IconButton(theme, Icon::ChevronRight, tr("Next resource"))), m_soon(new QTimer(this))
{
    setProperty("pane", true); // a stop of F6
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    auto *shown = new QWidget;
    auto *column = new QVBoxLayout(shown);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    m_tabs->addSegment(tr("Summary"), Icon::FileText);
    m_tabs->addSegment(tr("Tree"), Icon::List);
    m_tabs->addSegment(tr("Source"), Icon::FileCode);
    column->addWidget(m_tabs);
    m_pages->addWidget(m_summary);
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_source);
    column->addWidget(m_pages, 1);
    column->addWidget(makeFoot());
    m_stack->addWidget(m_empty);
    m_stack->addWidget(shown);

    connect(m_tabs, &SegmentedControl::currentChanged, this, &ResourcePane::showTab);
    connect(m_summary, &SummaryView::referenceActivated, this, &ResourcePane::referenceActivated);
    connect(m_summary, &SummaryView::attachmentActivated, this, &ResourcePane::attachmentActivated);
    connect(m_tree, &TreePane::referenceActivated, this, &ResourcePane::referenceActivated);
    connect(m_tree, &TreePane::copied, this, &ResourcePane::copied);
    // The list that chose the resource is painted first: the summary has a turn of the event loop of its own.
    m_soon->setSingleShot(true);
    m_soon->setInterval(0);
    connect(m_soon, &QTimer::timeout, this, [this] { showSummary(summarize(m_resource)); });
    showNothing(tr("Choose a resource to see it here."));
}

QWidget *ResourcePane::makeHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(16, 8, 12, 6);
    column->setSpacing(0);
    auto *row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_detail);
    auto *copyPath = new IconButton(m_theme, Icon::Copy, tr("Copy type and id"));
    row->addWidget(copyPath);
    column->addLayout(row);
    column->addWidget(m_path);
    connect(copyPath, &QAbstractButton::clicked, this, [this] {
        copyToClipboard(m_resource.path());
        Q_EMIT copied(tr("%1 copied").arg(m_resource.path()));
    });
    return head;
}

QWidget *ResourcePane::makeFoot()
{
    auto *foot = new Pane(m_theme, Role::Surface, Qt::TopEdge);
    foot->setFixedHeight(m_theme.scaled(48));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(8);
    auto *copyJson = new Button(m_theme, tr("Copy JSON"), ButtonKind::Secondary, ButtonSize::Small);
    copyJson->setLeadingIcon(Icon::Copy);
    auto *save = new Button(m_theme, tr("Save…"), ButtonKind::Secondary, ButtonSize::Small);
    save->setLeadingIcon(Icon::Save);
    row->addWidget(copyJson);
    row->addWidget(save);
    row->addStretch();
    row->addWidget(m_position);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    connect(copyJson, &QAbstractButton::clicked, this, &ResourcePane::copyJson);
    connect(save, &QAbstractButton::clicked, this, &ResourcePane::saveRequested);
    connect(m_previous, &QAbstractButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(m_next, &QAbstractButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    return foot;
}

bool ResourcePane::isLarge() const
{
    return m_resource.root.nodes() > quickNodes || (m_resource.document && m_resource.document->textSize() > quickText);
}

void ResourcePane::setResource(const Resource &resource, const QList<SummaryView::Referrer> &referrers)
{
    ++m_number;
    m_soon->stop();
    m_jobs.cancel();
    m_resource = resource;
    m_related = {{}, referrers, {}};
    m_hasSummary = false;
    m_treeIsFresh = false;
    m_sourceIsFresh = false;
    m_title->setText(isLarge() ? resource.type() : resourceTitle(resource.root));
    m_path->setText(resource.path());
    m_detail->setContent({});
    if (isLarge()) {
        m_summary->showWaiting();
        m_jobs.add(runInBackground<ResourceSummary>(
            this, [resource](const std::stop_token &) -> Result<ResourceSummary> { return summarize(resource); },
            [this, number = m_number](const Result<ResourceSummary> &summary) {
                if (number == m_number && summary)
                    showSummary(*summary);
            }));
    } else {
        m_soon->start();
    }
    m_stack->setCurrentIndex(1);
    showTab(m_tabs->currentIndex());
}

void ResourcePane::showSummary(const ResourceSummary &summary)
{
    m_hasSummary = true;
    m_title->setText(summary.title);
    m_summary->setResource(m_resource, summary);
    m_summary->setEarlierValues(m_related.earlier);
    m_summary->setReferrers(m_related.referrers, m_related.where);
}

void ResourcePane::setRelated(const QList<SummaryView::EarlierValue> &earlier,
                              const QList<SummaryView::Referrer> &referrers, const QString &where)
{
    m_related = {earlier, referrers, where};
    if (!m_hasSummary)
        return;
    m_summary->setEarlierValues(earlier);
    m_summary->setReferrers(referrers, where);
}

void ResourcePane::copyJson()
{
    m_jobs.add(runInBackground<QString>(
        this,
        [resource = m_resource](const std::stop_token &) -> Result<QString> {
            return QString::fromUtf8(toIndentedJson(resource.root));
        },
        [this](const Result<QString> &json) {
            if (!json)
                return;
            copyToClipboard(*json);
            Q_EMIT copied(tr("JSON copied"));
        }));
}

void ResourcePane::setDetail(const QString &detail)
{
    m_detail->setContent(detail);
}

void ResourcePane::setPosition(qsizetype position, qsizetype count)
{
    m_position->setContent(position <= 0 ? QString() : tr("%1 of %2").arg(position).arg(count));
    m_previous->setEnabled(position > 1);
    m_next->setEnabled(position > 0 && position < count);
}

void ResourcePane::showNothing(const QString &sentence)
{
    ++m_number;
    m_soon->stop();
    m_jobs.cancel();
    m_resource = {};
    m_related = {};
    m_summary->clear();
    m_tree->setResource({});
    m_source->setSource({});
    m_empty->setWords(Icon::FileText, sentence);
    m_stack->setCurrentIndex(0);
}

void ResourcePane::focusSearch()
{
    if (m_tabs->currentIndex() == SummaryTab)
        m_tabs->setCurrentIndex(TreeTab);
    if (m_tabs->currentIndex() == TreeTab)
        m_tree->focusSearch();
    else
        m_source->focusSearch();
}

void ResourcePane::showTab(int tab)
{
    m_pages->setCurrentIndex(tab);
    // Made only when looked at: going through a long result stays quick.
    if (tab == TreeTab && !m_treeIsFresh) {
        m_tree->setResource(m_resource);
        m_treeIsFresh = true;
    }
    if (tab == SourceTab && !m_sourceIsFresh) {
        m_sourceIsFresh = true;
        if (!isLarge()) {
            m_source->setSource(QString::fromUtf8(toShownJson(m_resource.root, longestShown)));
            return;
        }
        m_source->setSource(tr("…"));
        m_jobs.add(runInBackground<QString>(
            this,
            [resource = m_resource](const std::stop_token &) -> Result<QString> {
                return QString::fromUtf8(toShownJson(resource.root, longestShown));
            },
            [this, number = m_number](const Result<QString> &source) {
                if (number == m_number && source)
                    m_source->setSource(*source);
            }));
    }
}

} // namespace credenza
