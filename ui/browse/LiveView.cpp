// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/LiveView.h"

#include "core/fhir/FhirFailure.h"
#include "ui/browse/BrowseDelegates.h"
#include "ui/browse/RequestLine.h"
#include "ui/browse/ResourcePane.h"
#include "ui/browse/ResultsModel.h"
#include "ui/browse/ResultsPane.h"
#include "ui/browse/SearchForm.h"
#include "ui/browse/TypeListModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/Note.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QLocale>
#include <QResizeEvent>
#include <QSplitter>
#include <QStandardItemModel>
#include <QUrlQuery>

#include <utility>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int typesWidth = 184;
constexpr int centreWidth = 632;
constexpr int resourceWidth = 376;
constexpr int widthForTypes = 1112; // of the view: 1200 of the window, without the rail
constexpr int mostCountFailures = 3;

} // namespace

LiveView::LiveView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_types(new TypeListModel(this)), m_typeView(new QListView),
      m_typeFilter(new LineEdit(theme, TextStyle::Small, 28)), m_typeChoice(new ComboBox(theme, tr("Resource type"))),
      m_back(new IconButton(theme, Icon::ArrowLeft, tr("Back (Alt+Left)"))),
      m_forward(new IconButton(theme, Icon::ArrowRight, tr("Forward (Alt+Right)"))),
      m_crumbs(new TextLabel(theme, {}, TextStyle::Small)), m_form(new SearchForm(theme)),
      m_request(new RequestLine(theme)), m_note(new Note(theme, NoteKind::Info, {})), m_results(new ResultsPane(theme)),
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
    connect(m_request, &RequestLine::counted, this, &LiveView::requestCounted);
    connect(m_resource, &ResourcePane::copied, this, &LiveView::copied);
    connect(m_resource, &ResourcePane::referenceActivated, this, &LiveView::follow);
    connect(m_resource, &ResourcePane::attachmentActivated, this, &LiveView::openAttachment);
    connect(m_resource, &ResourcePane::stepRequested, this,
            [this](int by) { m_results->selectRow(m_results->currentRow() + by); });
    connect(m_resource, &ResourcePane::saveRequested, this,
            [this] { Q_EMIT saveRequested({m_resource->resource()}, columnsFor(m_resource->resource().type())); });
    connect(m_results, &ResultsPane::rowChosen, this, &LiveView::showRow);
    connect(m_results, &ResultsPane::referenceActivated, this, &LiveView::follow);
    connect(m_results, &ResultsPane::saveRequested, this, &LiveView::saveRequested);
    connect(m_results, &ResultsPane::saveAllRequested, this, &LiveView::saveAll);
    connect(m_results, &ResultsPane::stopRequested, this, [this] {
        m_savesAll = 0;
        m_results->showLoading(false);
    });
    connect(m_results, &ResultsPane::widenRequested, this, [this] {
        m_form->clearValues();
        m_form->focusFirst();
    });
    connect(&m_results->model(), &ResultsModel::moreWanted, this, [this] {
        if (Place *place = current(); place && m_session)
            m_session->fetchMore(place->search);
    });
    connect(m_back, &QAbstractButton::clicked, this, [this] { showPlace(m_place - 1); });
    connect(m_forward, &QAbstractButton::clicked, this, [this] { showPlace(m_place + 1); });
    setSession(nullptr);
}

LiveView::~LiveView() = default;

QWidget *LiveView::makeTypes()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    m_typesPane = pane;
    pane->setProperty("pane", true);
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
    pane->setProperty("pane", true);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.scaled(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    m_typeChoice->setObjectName(u"typeChoice"_s);
    m_typeChoice->setPlaceholderText(tr("Resource type"));
    m_typeChoice->setFixedSize(m_theme.scaled(184), m_theme.scaled(28));
    m_typeChoice->hide();
    connect(m_typeChoice, &QComboBox::activated, this,
            [this](int at) { chooseType(m_typeChoice->itemData(at).toString()); });
    row->addWidget(m_typeChoice);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    m_crumbs->setAccessibleName(tr("Where you are"));
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
    column->addWidget(m_results, 1);
    return pane;
}

std::unique_ptr<BrowseSession> LiveView::setSession(std::unique_ptr<BrowseSession> session)
{
    std::unique_ptr<BrowseSession> before = std::exchange(m_session, std::move(session));
    if (before) {
        before->cancel();
        before->disconnect(this);
        before->disconnect(m_request);
    }
    m_places.clear();
    m_place = -1;
    m_patient.clear();
    m_facts = {};
    m_types->setTypes({});
    m_typeChoice->clear();
    m_uncounted.clear();
    m_countFailures = 0;
    m_savesAll = 0;
    m_loaded.clear();
    m_results->clear();
    m_request->clear();
    m_form->hide();
    m_note->hide();
    m_crumbs->setContent({});
    m_back->setEnabled(false);
    m_forward->setEnabled(false);
    m_resource->showNothing(m_session ? tr("Choose a type, then a resource.") : tr("Nothing is open."));
    if (!m_session)
        return before;
    m_request->setBase(m_session->credential().fhirBaseUrl);
    m_note->setNote(NoteKind::Info, tr("Getting a token and asking what the server offers…"));
    m_note->show();
    connect(m_session.get(), &BrowseSession::opened, this, &LiveView::takeFacts);
    connect(m_session.get(), &BrowseSession::counted, this, [this](const QString &type, std::optional<qint64> count) {
        if (count)
            m_types->setCount(type, *count);
        m_countFailures = count ? 0 : m_countFailures + 1;
        countNext();
    });
    connect(m_session.get(), &BrowseSession::pageArrived, this, &LiveView::takePage);
    connect(m_session.get(), &BrowseSession::failed, this, &LiveView::takeFailure);
    connect(m_session.get(), &BrowseSession::exchanged, m_request, &RequestLine::addExchange);
    connect(m_session.get(), &BrowseSession::attachmentArrived, this, &LiveView::attachmentArrived);
    connect(m_session.get(), &BrowseSession::readFailed, this,
            [this](const QString &, const Error &error) { Q_EMIT copied(error.message); });
    connect(m_session.get(), &BrowseSession::tokenKnown, this, &LiveView::tokenKnown);
    m_session->open();
    return before;
}

LiveView::Place *LiveView::current()
{
    return m_place >= 0 && m_place < m_places.size() ? &m_places[m_place] : nullptr;
}

void LiveView::takeFacts(const ServerFacts &facts)
{
    m_facts = facts;
    m_note->setVisible(!facts.problem.isEmpty());
    if (!facts.problem.isEmpty())
        m_note->setNote(NoteKind::Warning, guessNote());
    m_types->setTypes(facts.types);
    m_typeFilter->setPlaceholder(tr("%1 types").arg(facts.types.size()));
    auto *choices = qobject_cast<QStandardItemModel *>(m_typeChoice->model());
    for (const bool inScope : {true, false}) {
        for (const TypeAccess &access : facts.types) {
            if (access.isInScope != inScope)
                continue;
            const QString name = access.type.name;
            m_typeChoice->addItem(inScope ? name : tr("%1, not in scope").arg(name), name);
            if (inScope && access.canSearch && !access.isLimited)
                m_uncounted.append(name);
            if (!inScope && choices != nullptr)
                choices->item(m_typeChoice->count() - 1)->setIcon(m_theme.icon(Icon::Lock));
        }
    }
    m_typeChoice->setCurrentIndex(-1);
    Q_EMIT opened(facts);
    if (m_types->access(u"Patient"_s) && m_places.isEmpty())
        m_typeView->setCurrentIndex(m_types->indexOf(u"Patient"_s));
    // Epic does not know _summary and refuses most searches without parameters: nothing to ask there.
    if (isEpic())
        m_uncounted.clear();
    countNext();
}

QString LiveView::guessNote() const
{
    return tr("The server's CapabilityStatement can't be used: %1 The usual types are offered; whether the server has them "
              "shows when they are searched.")
        .arg(m_facts.problem);
}

void LiveView::countNext()
{
    if (!m_session || m_uncounted.isEmpty() || m_countFailures >= mostCountFailures)
        return;
    m_session->count(m_uncounted.takeFirst()); // one at a time, so that a person's request waits for one at most
}

void LiveView::saveAll()
{
    Place *place = current();
    if (place == nullptr || !m_session)
        return;
    m_savesAll = place->search;
    m_results->showLoading(true);
    m_session->fetchMore(place->search);
}

void LiveView::chooseType(const QString &type)
{
    const TypeAccess *access = m_types->access(type);
    if (access == nullptr || !m_session)
        return;
    m_typeChoice->setCurrentIndex(m_typeChoice->findData(type));
    m_form->setType(access->type, isEpic());
    m_form->show();
    QList<std::pair<QString, QString>> values;
    if (!m_patient.isEmpty() && access->type.searchParameters.contains(u"patient"_s))
        values.emplaceBack(u"patient"_s, m_patient);
    m_form->setValues(values);
    const QList<SearchField> fields = searchFields(access->type);
    const bool lacksWanted = std::ranges::any_of(fields, [&](const SearchField &field) {
        return field.isWanted && (field.name != u"patient" || m_patient.isEmpty());
    });
    // Epic's own servers find patients by who they are only, and say so by a number.
    const bool isEpicPatient = m_facts.software == u"Epic" && type == u"Patient";
    const bool needsMore = isEpicPatient || (isEpic() && lacksWanted);
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
        m_note->setNote(NoteKind::Info,
                        isEpicPatient ? tr("Epic finds patients by _id, by identifier, or by name with birth date or "
                                           "other demographics: fill in one of these, then search.")
                                      : tr("Fill in what is marked, then search."));
        m_note->show();
    }
    m_form->focusFirst();
}

void LiveView::go(const QString &path)
{
    if (!m_session)
        return;
    const QWidget *focused = QApplication::focusWidget();
    const bool leavesResource = focused != nullptr && m_resource->isAncestorOf(focused);
    m_places.resize(m_place + 1); // what lay ahead is another way now
    m_places.append(Place{typeInPath(path), path, {}, m_session->search(path), {}, {}, {}, false, false, {}});
    m_place = static_cast<int>(m_places.size()) - 1;
    const Place &place = m_places.constLast();
    if (m_form->path() != path)
        fillForm(place.type, path);
    m_savesAll = 0;
    m_results->start(place.type, true);
    m_form->setBusy(true);
    m_note->hide();
    if (leavesResource)
        m_results->setFocus(); // before the pane empties, so that Alt+Left goes on to work
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
    const QUrl base(m_session ? m_session->credential().fhirBaseUrl : QString());
    m_loaded.add(page.matches + page.included, base);
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
    if (!m_facts.problem.isEmpty() && m_place == 0)
        issues.append(guessNote());
    m_note->setVisible(!issues.isEmpty());
    if (!issues.isEmpty())
        m_note->setNote(place.hidden.isEmpty() ? NoteKind::Info : NoteKind::Warning, issues.join(u'\n'));
    if (place.path == place.type && place.total && !place.hasMore)
        m_types->setCount(place.type, *place.total);
    showCounts();
    if (isFirst && m_results->model().rowCount() > 0)
        m_results->selectRow(0);
    if (m_savesAll != place.search)
        return;
    if (place.hasMore) {
        m_session->fetchMore(place.search);
        return;
    }
    m_savesAll = 0;
    m_results->showLoading(false);
    Q_EMIT saveRequested(m_results->model().resources(), m_results->shownColumns());
}

bool LiveView::isEpic() const
{
    return m_facts.software == u"Epic" || (m_session && m_session->credential().connector == u"epic-ehr");
}

void LiveView::takeFailure(int search, const Error &error)
{
    Place *place = current();
    if (error.kind == ErrorKind::Cancelled || (search != 0 && (place == nullptr || place->search != search)))
        return;
    m_form->setBusy(false);
    m_savesAll = 0;
    m_results->showLoading(false);
    if (place != nullptr && place->loaded.isEmpty())
        place->hasFailed = true;
    if (error.code == u"fhir.missing-parameter" || error.code == u"fhir.bad-parameter")
        m_form->want(askedFor(error.message, m_form->fields()));
    m_note->setNote(NoteKind::Error, error.hint.isEmpty() ? error.message : error.message + u'\n' + error.hint);
    m_note->show();
    m_note->announce();
    showCounts();
}

void LiveView::showCounts()
{
    if (const Place *place = current())
        m_results->showCounts(place->loaded.size(), place->total, place->hasMore, place->hasFailed);
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
    m_typeChoice->setCurrentIndex(m_typeChoice->findData(type));
}

void LiveView::showPlace(int index)
{
    if (index < 0 || index >= m_places.size() || index == m_place)
        return;
    m_place = index;
    const Place &place = m_places.at(index);
    fillForm(place.type, place.path);
    m_request->recall(place.path);
    m_note->hide();
    m_savesAll = 0;
    m_results->start(place.type, false);
    m_results->append(place.loaded, place.hasMore);
    showCounts();
    showCrumbs();
    const int row = std::max(0, m_results->model().rowOf(place.selected));
    if (m_results->model().rowCount() > 0)
        m_results->selectRow(row);
    else
        m_resource->showNothing(tr("Choose a resource to see it here."));
}

void LiveView::showRow(int row)
{
    Place *place = current();
    const ResultsModel &results = m_results->model();
    if (row < 0 || row >= results.rowCount() || place == nullptr)
        return;
    const Resource &resource = results.resource(row);
    place->selected = resource.path();
    if (resource.type() == u"Patient")
        m_patient = resource.id();
    if (results.rowCount() == 1 && place->path.contains(u'/')) {
        place->title = resourceTitle(resource.root);
        showCrumbs();
    }
    m_resource->setResource(resource);
    m_resource->setRelated(earlierValues(resource, results.resources()), m_loaded.referrersOf(resource));
    m_resource->setPosition(row + 1, results.rowCount());
}

void LiveView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool hasRoom = event->size().width() >= m_theme.scaled(widthForTypes);
    m_typesPane->setVisible(hasRoom);
    m_typeChoice->setVisible(!hasRoom);
}

const ResultsModel &LiveView::results() const
{
    return m_results->model();
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
