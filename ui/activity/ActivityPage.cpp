// SPDX-License-Identifier: Apache-2.0
#include "ui/activity/ActivityPage.h"

#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;
using Model = ActivityModel;

namespace
{

/// From here on, what stands side by side goes below each other.
constexpr qreal largeText = 1.5;

/// What the chips behind "All" stand for.
constexpr std::array kinds{ActivityKind::Change, ActivityKind::Test, ActivityKind::Key, ActivityKind::Vault};

std::optional<BadgeText> outcomeOf(const ActivityEntry &entry)
{
    if (entry.action != "credential.tested"_L1)
        return std::nullopt;
    if (entry.detail == "passed"_L1)
        return BadgeText{BadgeKind::Ok, ActivityPage::tr("Passed")};
    const QString reason = entry.detail.section(u": "_s, 1).trimmed();
    return BadgeText{BadgeKind::Error,
                     reason.isEmpty() ? ActivityPage::tr("Failed") : ActivityPage::tr("Failed: %1").arg(reason)};
}

} // namespace

ActivityPage::ActivityPage(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme),
      m_filter(new FilterBar(theme, u"activityFilter"_s, tr("Filter by credential, action, person"))),
      m_table(new DataTable(theme, tr("Activity"), 32)), m_empty(new EmptyState(theme))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    fillFilterBar();
    layout->addWidget(m_filter);
    m_table->setObjectName(u"activityTable"_s);
    m_table->setModel(&m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new RowDelegate(
        theme, 32, [this](const QModelIndex &index) { return lookOf(index); }, m_table));
    m_table->setColumnShares(theme.textScale() >= largeText ? QList<int>{20, 30, 30, 20, 0}
                                                            : QList<int>{13, 19, 27, 24, 17});
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    layout->addWidget(makeFoot());
    connect(m_empty, &EmptyState::actionTriggered, m_filter, &FilterBar::reset);
    refresh();
}

void ActivityPage::fillFilterBar()
{
    m_filter->addChip(u"all"_s, tr("All"));
    m_filter->addChip(u"changes"_s, tr("Changes"));
    m_filter->addChip(u"tests"_s, tr("Tests and tokens"));
    m_filter->addChip(u"keys"_s, tr("Keys"));
    m_filter->addChip(u"vault"_s, tr("Vault"));
    connect(m_filter, &FilterBar::chipChosen, this, [this](int chip) {
        setFilter({m_wanted.words, chip == 0 ? std::nullopt : std::optional(kinds.at(chip - 1))});
    });
    connect(m_filter, &FilterBar::textChanged, this, [this](const QString &text) { setFilter({text, m_wanted.kind}); });
}

QWidget *ActivityPage::makeFoot()
{
    auto *foot = new Pane(m_theme, Role::Sunken, Qt::TopEdge);
    foot->setMinimumHeight(m_theme.scaled(48));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(24, 8, 24, 8);
    row->setSpacing(12);
    m_state = new Badge(m_theme, {BadgeKind::Plain, tr("Not checked")});
    m_verdict = new TextLabel(m_theme, {}, TextStyle::Small, Role::Text2);
    m_verdict->setWrapping(true);
    m_verdict->setObjectName(u"activityVerdict"_s);
    auto *verify = new Button(m_theme, tr("&Check the chain"));
    verify->setObjectName(u"verifyActivity"_s);
    verify->setLeadingIcon(Icon::ShieldCheck);
    row->addWidget(m_state);
    row->addWidget(m_verdict, 1);
    row->addWidget(verify);
    connect(verify, &Button::clicked, this, &ActivityPage::verifyRequested);
    return foot;
}

QWidget *ActivityPage::makeExportButton()
{
    auto *button = new Button(m_theme, tr("Export…"));
    button->setLeadingIcon(Icon::Download);
    button->setToolTip(tr("Save the whole log as NDJSON, one entry a line"));
    button->setObjectName(u"exportActivity"_s);
    connect(button, &Button::clicked, this, &ActivityPage::exportAll);
    return button;
}

void ActivityPage::exportAll()
{
    m_others.add(runInBackground<QByteArray>(
        this, [log = m_model.log()](const std::stop_token &) { return activityNdjson(log->entries()); },
        [this](Result<QByteArray> contents) {
            if (contents)
                Q_EMIT exportRequested(u"activity.ndjson"_s, *contents);
        }));
}

void ActivityPage::setEntries(const QList<ActivityEntry> &entries, const QDateTime &now)
{
    m_now = now;
    if (std::exchange(m_count, entries.size()) != entries.size()) {
        m_state->setBadge({BadgeKind::Plain, tr("Not checked")});
        m_verdict->setContent(tr("Each entry vouches for the one before; the chain shows whether any was removed, "
                                 "added or changed."));
    }
    m_loading.cancel();
    m_isLoading = !entries.isEmpty();
    ++m_loadings;
    if (entries.isEmpty()) { // locked: nothing stays on the screen until a worker gets to it
        take({std::make_shared<ActivityIndex>(), {}}, m_wanted);
        return;
    }
    m_loading.replace(runInBackground<Loaded>(
        this,
        [entries, filter = m_wanted](const std::stop_token &stop) -> Result<Loaded> {
            auto log = std::make_shared<const ActivityIndex>(entries);
            auto rows = TRY(log->find(filter, stop));
            return Loaded{std::move(log), std::move(rows)};
        },
        [this, filter = m_wanted, serial = m_loadings](Result<Loaded> loaded) {
            if (loaded && serial == m_loadings)
                take(std::move(*loaded), filter);
            else if (loaded)
                release(std::move(loaded->log));
        }));
}

void ActivityPage::setFilter(const ActivityFilter &filter)
{
    if (filter == m_wanted)
        return;
    m_wanted = filter;
    if (!m_isLoading)
        find();
}

void ActivityPage::find()
{
    m_finding.replace(runInBackground<std::vector<qsizetype>>(
        this, [log = m_model.log(), filter = m_wanted](const std::stop_token &stop) { return log->find(filter, stop); },
        [this, log = m_model.log().get(), filter = m_wanted](Result<std::vector<qsizetype>> rows) {
            if (rows && !m_isLoading && log == m_model.log().get() && filter == m_wanted)
                take({m_model.log(), std::move(*rows)}, filter);
        }));
}

void ActivityPage::take(Loaded loaded, const ActivityFilter &passed)
{
    m_isLoading = false;
    std::shared_ptr<const ActivityIndex> before = m_model.log();
    const bool isOther = before != loaded.log;
    m_model.show(std::move(loaded.log), std::move(loaded.rows), m_now);
    if (isOther)
        release(std::move(before));
    refresh();
    if (passed != m_wanted) // changed while the log was made ready
        find();
    if (std::exchange(m_startsWhenShown, false))
        start();
}

void ActivityPage::release(std::shared_ptr<const ActivityIndex> log)
{
    m_others.add(runInBackground<int>(
        this,
        [log = std::move(log)](const std::stop_token &) mutable -> Result<int> {
            log.reset();
            return 0;
        },
        [](const Result<int> &) {}));
}

void ActivityPage::setVerified(const QStringList &damage)
{
    const auto count = static_cast<int>(m_count);
    if (damage.isEmpty()) {
        m_state->setBadge({BadgeKind::Ok, tr("Whole"), Icon::ShieldCheck});
        m_verdict->setContent(tr("%n entries; none was removed, added or changed.", nullptr, count));
    } else {
        m_state->setBadge({BadgeKind::Error, tr("Damaged"), Icon::ShieldAlert});
        m_verdict->setContent(damage.join(u' '));
    }
}

void ActivityPage::refresh()
{
    m_filter->setCount(0, static_cast<int>(m_model.log()->entries().size()));
    for (int chip = 1; const ActivityKind kind : kinds)
        m_filter->setCount(chip++, m_model.log()->countOf(kind));
    const bool none = m_model.rowCount() == 0;
    // One goes before the other comes: nothing is laid out with both.
    (none ? static_cast<QWidget *>(m_table) : m_empty)->hide();
    (none ? static_cast<QWidget *>(m_empty) : m_table)->show();
    if (m_model.log()->entries().isEmpty()) {
        m_empty->setWords(Icon::Activity, tr("What happens to your credentials will stand here."));
        m_empty->setDetail(tr("Created, changed, tested, token issued, exported: each with its time. Never a secret."));
    } else if (none) {
        m_empty->setWords(Icon::Search, tr("No entry matches the filter."), tr("Clear the filter"));
        m_empty->setDetail({});
    }
    if (!none && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, 0));
}

CellLook ActivityPage::lookOf(const QModelIndex &index) const
{
    const ActivityEntry *entry = m_model.entryAt(index.row());
    CellLook look;
    look.text = index.data().toString();
    look.role = Role::Text2;
    if (!entry)
        return look;
    switch (index.column()) {
    case Model::Action:
    case Model::Subject:
        look.role = Role::Text;
        break;
    case Model::Detail:
        look.badge = outcomeOf(*entry);
        if (look.badge)
            look.text.clear();
        break;
    case Model::Actor:
        look.style = TextStyle::Mono;
        look.elide = Qt::ElideMiddle;
        break;
    default:
        break;
    }
    return look;
}

void ActivityPage::start()
{
    m_startsWhenShown = m_isLoading;
    if (m_isLoading)
        return;
    if (m_table->isVisible())
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_filter->focusField();
}

} // namespace credenza
