// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/LiveView.h"

#include "core/fhir/FhirFailure.h"
#include "core/fhir/ReferenceTarget.h"
#include "ui/browse/BrowseDelegates.h"
#include "ui/browse/RequestLine.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/SearchForm.h"
#include "ui/browse/TypeListModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QLocale>
#include <QShortcut>
#include <QSplitter>
#include <QTableView>
#include <QUrlQuery>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int typesWidth = 184;
constexpr int centreWidth = 632;
constexpr int resourceWidth = 376;
constexpr qsizetype mostReferrers = 12;

int widthOf(ColumnKind kind)
{
    switch (kind) {
    case ColumnKind::Date:
        return 140;
    case ColumnKind::Number:
        return 124;
    case ColumnKind::Flag:
        return 64;
    case ColumnKind::Status:
        return 72;
    case ColumnKind::Link:
        return 104;
    case ColumnKind::Text:
    case ColumnKind::Quiet:
        break;
    }
    return 120;
}

} // namespace

LiveView::LiveView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_types(new TypeListModel(this)), m_results(new ResultsModel(this)),
      m_typeView(new QListView), m_typeFilter(new LineEdit(theme, TextStyle::Small, 28)),
      m_back(new IconButton(theme, Icon::ArrowLeft, tr("Back (Alt+Left)"))),
      m_forward(new IconButton(theme, Icon::ArrowRight, tr("Forward (Alt+Right)"))),
      m_crumbs(new TextLabel(theme, {}, TextStyle::Small)), m_form(new SearchForm(theme)),
      m_request(new RequestLine(theme)), m_note(new Note(theme, NoteKind::Info, {})),
      m_count(new TextLabel(theme, {}, TextStyle::Heading)),
      m_loaded(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_save(new Button(theme, tr("Save as…"), ButtonKind::Secondary, ButtonSize::Small)), m_table(new QTableView),
      m_resource(new ResourcePane(theme)), m_splitter(new QSplitter)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeTypes());
    m_splitter->addWidget(makeCentre());
    m_splitter->addWidget(m_resource);
    m_splitter->setSizes({theme.scaled(typesWidth), theme.scaled(centreWidth), theme.scaled(resourceWidth)});
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 5);
    m_splitter->setStretchFactor(2, 3);

    connect(m_form, &SearchForm::searchRequested, this, &LiveView::go);
    connect(m_request, &RequestLine::copied, this, &LiveView::copied);
    connect(m_resource, &ResourcePane::copied, this, &LiveView::copied);
    connect(m_resource, &ResourcePane::referenceActivated, this, &LiveView::follow);
    connect(m_resource, &ResourcePane::attachmentActivated, this, &LiveView::openAttachment);
    connect(m_resource, &ResourcePane::stepRequested, this,
            [this](int by) { m_table->selectRow(m_table->currentIndex().row() + by); });
    connect(m_resource, &ResourcePane::saveRequested, this,
            [this] { Q_EMIT saveRequested({m_resource->resource()}, m_results->columns()); });
    connect(m_save, &QAbstractButton::clicked, this,
            [this] { Q_EMIT saveRequested(m_results->resources(), m_results->columns()); });
    connect(m_results, &ResultsModel::moreWanted, this, [this] {
        if (Place *place = current(); place && m_session)
            m_session->fetchMore(place->search);
    });
    connect(m_back, &QAbstractButton::clicked, this, [this] { showPlace(m_place - 1); });
    connect(m_forward, &QAbstractButton::clicked, this, [this] { showPlace(m_place + 1); });
    for (const auto &[keys, by] :
         {std::pair{QKeySequence(Qt::ALT | Qt::Key_Left), -1}, std::pair{QKeySequence(Qt::ALT | Qt::Key_Right), 1}}) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, by = by] { showPlace(m_place + by); });
    }
    setSession(nullptr);
}

LiveView::~LiveView() = default;

QWidget *LiveView::makeTypes()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    pane->setMinimumWidth(m_theme.scaled(150));
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.scaled(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    m_typeFilter->setLeadingIcon(Icon::Filter);
    m_typeFilter->edit()->setAccessibleName(tr("Filter the types"));
    row->addWidget(m_typeFilter);
    column->addWidget(head);
    m_typeView->setModel(m_types);
    m_typeView->setItemDelegate(new TypeDelegate(m_theme, m_typeView));
    m_typeView->setUniformItemSizes(true);
    m_typeView->setMouseTracking(true);
    m_typeView->setAccessibleName(tr("Resource types"));
    m_typeView->setObjectName(u"types"_s);
    column->addWidget(m_typeView, 1);
    connect(m_typeFilter->edit(), &QLineEdit::textChanged, m_types, &TypeListModel::setFilter);
    connect(m_typeView->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &index) {
        const QString type = index.data(TypeListModel::NameRole).toString();
        const Place *place = current();
        if (!type.isEmpty() && (place == nullptr || place->type != type || m_typeView->hasFocus()))
            chooseType(type);
    });
    return pane;
}

QWidget *LiveView::makeCentre()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.scaled(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    m_crumbs->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_crumbs, &QLabel::linkActivated, this, [this](const QString &link) { showPlace(link.toInt()); });
    row->addWidget(m_crumbs, 1);
    column->addWidget(head);
    column->addWidget(m_form);
    column->addWidget(m_request);
    auto *noteBox = new QVBoxLayout;
    noteBox->setContentsMargins(12, 8, 12, 0);
    noteBox->addWidget(m_note);
    column->addLayout(noteBox);
    m_note->hide();
    auto *counts = new QHBoxLayout;
    counts->setContentsMargins(12, 8, 12, 8);
    counts->setSpacing(8);
    counts->addWidget(m_count);
    counts->addWidget(m_loaded, 1);
    m_save->setLeadingIcon(Icon::Save);
    counts->addWidget(m_save);
    column->addLayout(counts);
    m_table->setModel(m_results);
    m_table->setItemDelegate(new CellDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
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
    m_table->horizontalHeader()->setSortIndicatorShown(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    column->addWidget(m_table, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) { showRow(index.row()); });
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        const QString reference = index.data(ResultsModel::ReferenceRole).toString();
        const auto kind = static_cast<ColumnKind>(index.data(ResultsModel::KindRole).toInt());
        if (kind == ColumnKind::Link && !reference.isEmpty())
            follow(reference);
    });
    return pane;
}

void LiveView::setSession(std::unique_ptr<BrowseSession> session)
{
    m_session = std::move(session);
    m_places.clear();
    m_place = -1;
    m_patient.clear();
    m_facts = {};
    m_types->setTypes({});
    m_results->start({});
    m_request->clear();
    m_form->hide();
    m_note->hide();
    m_count->setContent({});
    m_loaded->setContent({});
    m_crumbs->setContent({});
    m_save->setEnabled(false);
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    m_resource->showNothing(m_session ? tr("Choose a type, then a resource.") : tr("Nothing is open."));
    if (!m_session)
        return;
    m_request->setBase(m_session->credential().fhirBaseUrl);
    m_note->setNote(NoteKind::Info, tr("Getting a token and asking what the server offers…"));
    m_note->show();
    connect(m_session.get(), &BrowseSession::opened, this, [this](const ServerFacts &facts) {
        m_facts = facts;
        m_note->hide();
        m_types->setTypes(facts.types);
        m_typeFilter->setPlaceholder(tr("%1 types").arg(facts.types.size()));
        Q_EMIT opened(facts);
        if (m_types->access(u"Patient"_s) && m_places.isEmpty())
            m_typeView->setCurrentIndex(m_types->indexOf(u"Patient"_s));
    });
    connect(m_session.get(), &BrowseSession::pageArrived, this, &LiveView::takePage);
    connect(m_session.get(), &BrowseSession::failed, this, &LiveView::takeFailure);
    connect(m_session.get(), &BrowseSession::exchanged, m_request, &RequestLine::addExchange);
    connect(m_session.get(), &BrowseSession::attachmentArrived, this, &LiveView::attachmentArrived);
    connect(m_session.get(), &BrowseSession::readFailed, this,
            [this](const QString &, const Error &error) { Q_EMIT copied(error.message); });
    connect(m_session.get(), &BrowseSession::tokenKnown, this, &LiveView::tokenKnown);
    m_session->open();
}

LiveView::Place *LiveView::current()
{
    return m_place >= 0 && m_place < m_places.size() ? &m_places[m_place] : nullptr;
}

void LiveView::chooseType(const QString &type)
{
    const TypeAccess *access = m_types->access(type);
    if (access == nullptr || !m_session)
        return;
    m_form->setType(access->type, isEpic());
    m_form->show();
    QList<std::pair<QString, QString>> values;
    if (!m_patient.isEmpty() && access->type.searchParameters.contains(u"patient"_s))
        values.emplaceBack(u"patient"_s, m_patient);
    m_form->setValues(values);
    const QList<SearchField> fields = searchFields(access->type);
    const bool needsMore = isEpic() && std::ranges::any_of(fields, [&](const SearchField &field) {
                               return field.isWanted && (field.name != u"patient" || m_patient.isEmpty());
                           });
    if (!access->canSearch) {
        m_note->setNote(NoteKind::Info,
                        access->isInScope
                            ? tr("%1 can be read by its id here, not searched.").arg(type)
                            : tr("No granted scope covers %1; the server will most likely refuse.").arg(type));
        m_note->show();
    } else if (!needsMore) {
        go(m_form->path());
        return;
    } else {
        m_note->setNote(NoteKind::Info, tr("Fill in what is marked, then search."));
        m_note->show();
    }
    m_form->focusFirst();
}

void LiveView::go(const QString &path)
{
    if (!m_session)
        return;
    m_places.resize(m_place + 1); // what lay ahead is another way now
    m_places.append(Place{typeInPath(path), path, {}, m_session->search(path), {}, {}, {}, false, {}});
    m_place = static_cast<int>(m_places.size()) - 1;
    const Place &place = m_places.constLast();
    if (m_form->path() != path)
        fillForm(place.type, path);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_results->start(place.type);
    for (int column = 0; column < m_results->columnCount(); ++column)
        m_table->setColumnWidth(column, m_theme.scaled(widthOf(m_results->columns().at(column).kind)));
    for (int column = 0; column < m_results->columnCount(); ++column) {
        if (m_results->columns().at(column).kind == ColumnKind::Text) {
            m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
            m_table->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
            break;
        }
    }
    m_form->setBusy(true);
    m_note->hide();
    m_save->setEnabled(false);
    m_count->setContent(tr("Searching…"));
    m_loaded->setContent({});
    m_resource->showNothing(tr("Choose a resource to see it here."));
    showCrumbs();
}

void LiveView::takePage(int search, const SearchPage &page)
{
    const auto found = std::ranges::find(m_places, search, &Place::search);
    if (found == m_places.end())
        return;
    Place &place = *found;
    const bool isFirst = place.loaded.isEmpty();
    place.loaded += page.matches;
    place.loaded += page.included;
    place.hasMore = !page.next.isEmpty();
    place.hidden += page.hidden;
    place.hidden.removeDuplicates();
    if (page.total)
        place.total = page.total;
    if (!place.hasMore && !place.total)
        place.total = place.loaded.size();
    if (&place != current())
        return;
    m_form->setBusy(false);
    m_results->append(page.matches + page.included, place.hasMore);
    QStringList issues;
    for (const OutcomeIssue &issue : page.issues)
        issues.append(issueText(issue));
    if (page.wasRestarted)
        issues.append(tr("The server had forgotten the search, so it was run again."));
    if (!place.hidden.isEmpty())
        issues.append(
            tr("Sub-types hidden from this client (%1): %2").arg(place.hidden.size()).arg(place.hidden.join(u"; "_s)));
    m_note->setVisible(!issues.isEmpty());
    if (!issues.isEmpty())
        m_note->setNote(place.hidden.isEmpty() ? NoteKind::Info : NoteKind::Warning, issues.join(u'\n'));
    if (place.path == place.type && place.total && !place.hasMore)
        m_types->setCount(place.type, *place.total);
    showCounts();
    if (isFirst && m_results->rowCount() > 0) {
        fitColumns();
        m_table->selectRow(0);
    }
}

void LiveView::fitColumns()
{
    for (int column = 0; column < m_results->columnCount(); ++column) {
        if (m_results->columns().at(column).kind == ColumnKind::Text && column < 2)
            continue;
        const int most = m_theme.scaled(widthOf(m_results->columns().at(column).kind));
        const int wanted = std::max(static_cast<QAbstractItemView *>(m_table)->sizeHintForColumn(column),
                                    m_table->horizontalHeader()->sectionSizeHint(column));
        m_table->setColumnWidth(column, std::min(most, wanted + 16));
    }
}

bool LiveView::isEpic() const
{
    return m_facts.software == u"Epic" || (m_session && m_session->credential().connector == u"epic-ehr");
}

void LiveView::takeFailure(int search, const Error &error)
{
    const Place *place = current();
    if (error.kind == ErrorKind::Cancelled || (search != 0 && (place == nullptr || place->search != search)))
        return;
    m_form->setBusy(false);
    m_note->setNote(NoteKind::Error, error.hint.isEmpty() ? error.message : error.message + u'\n' + error.hint);
    m_note->show();
    m_note->announce();
    showCounts();
}

void LiveView::showCounts()
{
    const Place *place = current();
    const bool hasSome = place != nullptr && !place->loaded.isEmpty();
    m_save->setEnabled(hasSome);
    if (!hasSome) {
        m_count->setContent(tr("No results"));
        m_loaded->setContent({});
        return;
    }
    const auto loaded = static_cast<int>(place->loaded.size());
    m_count->setContent(place->total ? *place->total == 1 ? tr("1 result")
                                                          : tr("%1 results").arg(QLocale().toString(*place->total))
                                     : tr("%1 or more results").arg(QLocale().toString(loaded)));
    m_loaded->setContent(place->hasMore ? tr("%1 loaded, more as you scroll").arg(QLocale().toString(loaded))
                                        : QString());
}

void LiveView::showCrumbs()
{
    QStringList crumbs;
    const int first = std::max(0, m_place - 2);
    for (int at = first; at <= m_place; ++at) {
        const Place &place = m_places.at(at);
        const QString text = (place.title.isEmpty() ? place.type : place.title).left(40).toHtmlEscaped();
        crumbs.append(at == m_place ? u"<b>%1</b>"_s.arg(text) : u"<a href=\"%1\">%2</a>"_s.arg(at).arg(text));
    }
    m_crumbs->setMarkup(crumbs.join(u" › "_s));
    m_back->setEnabled(m_place > 0);
    m_forward->setEnabled(m_place + 1 < m_places.size());
}

void LiveView::fillForm(const QString &type, const QString &path)
{
    const TypeAccess *access = m_types->access(type);
    if (access == nullptr)
        return;
    m_form->setType(access->type, isEpic());
    QList<std::pair<QString, QString>> values;
    for (const auto &[name, value] : QUrlQuery(path.section(u'?', 1)).queryItems(QUrl::FullyDecoded))
        values.emplaceBack(name, value);
    m_form->setValues(values);
    m_form->show();
    const QSignalBlocker quiet(m_typeView->selectionModel());
    m_typeView->setCurrentIndex(m_types->indexOf(type));
    m_typeView->viewport()->update();
}

void LiveView::showPlace(int index)
{
    if (index < 0 || index >= m_places.size() || index == m_place)
        return;
    m_place = index;
    const Place &place = m_places.at(index);
    fillForm(place.type, place.path);
    m_note->hide();
    m_results->start(place.type);
    m_results->append(place.loaded, place.hasMore);
    showCounts();
    showCrumbs();
    const int row = std::max(0, m_results->rowOf(place.selected));
    if (m_results->rowCount() > 0)
        m_table->selectRow(row);
    else
        m_resource->showNothing(tr("Choose a resource to see it here."));
}

QList<SummaryView::Referrer> LiveView::referrersOf(const Resource &resource) const
{
    QList<SummaryView::Referrer> referrers;
    const QString path = resource.path();
    for (const Place &place : m_places) {
        for (const Resource &other : place.loaded) {
            if (referrers.size() >= mostReferrers)
                return referrers;
            const bool isKnown =
                std::ranges::find(referrers, other.path(), &SummaryView::Referrer::path) != referrers.end();
            if (other.path() != path && !isKnown && referencesIn(other.root).contains(path))
                referrers.append({other.type(), summaryLine(other), other.path()});
        }
    }
    return referrers;
}

void LiveView::showRow(int row)
{
    Place *place = current();
    if (row < 0 || row >= m_results->rowCount() || place == nullptr)
        return;
    const Resource &resource = m_results->resource(row);
    place->selected = resource.path();
    if (resource.type() == u"Patient")
        m_patient = resource.id();
    if (m_results->rowCount() == 1 && place->path.contains(u'/')) {
        place->title = resourceTitle(resource.root);
        showCrumbs();
    }
    m_resource->setResource(resource, referrersOf(resource));
    m_resource->setPosition(row + 1, m_results->rowCount());
}

void LiveView::follow(const QString &reference)
{
    if (!m_session)
        return;
    const ReferenceTarget target = referenceTarget(reference, QUrl(m_session->credential().fhirBaseUrl));
    switch (target.kind) {
    case ReferenceKind::Contained: {
        const Resource &holder = m_resource->resource();
        for (const JsonValue contained : holder.root[u"contained"]) {
            if (contained[u"id"].text() == target.path) {
                m_resource->setResource({holder.document, contained, {}});
                m_resource->setDetail(tr("contained"));
                return;
            }
        }
        Q_EMIT copied(tr("There is no contained resource %1.").arg(reference));
        return;
    }
    case ReferenceKind::SameServer:
        if (const int row = m_results->rowOf(target.path); row >= 0 && row != m_table->currentIndex().row()) {
            m_table->selectRow(row);
            return;
        }
        go(target.path);
        return;
    case ReferenceKind::Uuid:
        for (const Resource &loaded : m_results->resources()) {
            if (loaded.fullUrl == target.path) {
                m_table->selectRow(m_results->rowOf(loaded.path()));
                return;
            }
        }
        Q_EMIT copied(tr("%1 is not among what is loaded.").arg(reference));
        return;
    case ReferenceKind::OtherServer:
        Q_EMIT copied(tr("%1 is on another server; the token is not sent there.").arg(QUrl(reference).host()));
        return;
    case ReferenceKind::None:
        Q_EMIT copied(tr("%1 can't be followed.").arg(reference));
        return;
    }
}

void LiveView::openAttachment(const JsonValue &attachment)
{
    const AttachmentSource source = attachmentSource(attachment);
    if (!source.data.isEmpty())
        Q_EMIT attachmentArrived(attachmentContent(source, source.data, source.contentType));
    else if (source.url.isEmpty())
        Q_EMIT copied(tr("The attachment has neither content nor address."));
    else if (m_session)
        m_session->fetchAttachment(source);
}

void LiveView::copyCurl()
{
    m_request->copyCurl();
}

void LiveView::focusFilter()
{
    m_typeFilter->edit()->setFocus(Qt::ShortcutFocusReason);
}

void LiveView::focusSearch()
{
    m_resource->focusSearch();
}

} // namespace credenza
