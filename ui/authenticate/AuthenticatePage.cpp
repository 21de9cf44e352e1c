// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/AuthenticatePage.h"

#include "ui/authenticate/CredentialTable.h"
#include "ui/authenticate/CredentialTileModel.h"
#include "ui/authenticate/FirstSteps.h"
#include "ui/authenticate/FootBar.h"
#include "ui/authenticate/TagChips.h"
#include "ui/authenticate/TileView.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QAction>
#include <QDropEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMetaEnum>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

AuthenticatePage::AuthenticatePage(const Theme &theme, const Clock &clock, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(std::make_unique<CredentialTileModel>(clock)),
      m_purpose(new SegmentedControl(theme, tr("Use this credential for"))),
      m_connector(new ComboBox(theme, tr("Connector"))),
      m_connectorDetail(new ElidingLabel(theme, {}, Qt::ElideRight, TextStyle::Small, Role::Text3)),
      m_filter(new LineEdit(theme)), m_tags(new TagChips(theme)), m_order(new ComboBox(theme, tr("Sort"))),
      m_view(new TileView(theme, *m_model, m_selection)), m_table(new CredentialTable(theme, *m_model, m_selection)),
      m_views(new QStackedWidget), m_empty(new EmptyState(theme, m_views)),
      m_firstSteps(new FirstSteps(theme, m_views)), m_foot(new FootBar(theme)), m_menu(new QMenu(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(useBar());
    layout->addWidget(filterBar());
    layout->addSpacing(8);
    auto *tiles = new QWidget;
    auto *tilesRoom = new QHBoxLayout(tiles);
    tilesRoom->setContentsMargins(16, 0, 0, 0);
    tilesRoom->addWidget(m_view);
    m_views->addWidget(tiles);
    m_views->addWidget(m_table);
    layout->addWidget(m_views, 1);
    layout->addWidget(m_foot);

    m_view->setObjectName(u"tiles"_s);
    m_table->setObjectName(u"table"_s);
    m_views->installEventFilter(this);
    setAcceptDrops(true);
    makeActions();
    connect(m_view, &TileView::addRequested, this, [this] { Q_EMIT addRequested(connectorId()); });
    connect(m_view, &TileView::gridChanged, this, &AuthenticatePage::placeEmptyState);
    connect(m_view, &TileView::importRequested, this, &AuthenticatePage::importRequested);
    connect(m_view, &TileView::editRequested, this, &AuthenticatePage::editRequested);
    connect(m_view, &TileView::testRequested, this, &AuthenticatePage::testRequested);
    connect(m_view, &TileView::menuRequested, this, &AuthenticatePage::openMenu);
    connect(m_table, &CredentialTable::editRequested, this, &AuthenticatePage::editRequested);
    connect(m_table, &CredentialTable::menuRequestedFor, this, &AuthenticatePage::openMenu);
    connect(m_table, &CredentialTable::orderRequested, this, [this](CredentialTileModel::Order order) {
        m_order->setCurrentIndex(m_order->findData(QVariant::fromValue(order)));
    });
    connect(&m_selection, &CredentialSelection::changed, this, [this] {
        refresh();
        Q_EMIT selectionChanged(selectedId());
    });
    connect(m_foot, &FootBar::testRequested, this, &AuthenticatePage::testSelected);
    connect(m_foot, &FootBar::nextRequested, this, &AuthenticatePage::next);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        m_filter->edit()->clear();
        m_tags->setCurrent({});
        start();
    });
    m_firstSteps->setObjectName(u"firstSteps"_s);
    connect(m_firstSteps, &FirstSteps::addRequested, this, [this] { Q_EMIT addRequested(connectorId()); });
    connect(m_firstSteps, &FirstSteps::sandboxRequested, this, &AuthenticatePage::sandboxRequested);
    connect(m_firstSteps, &FirstSteps::testRequested, this,
            [this] { toggleTest(m_model->index(1).data(CredentialTileModel::IdRole).toUuid()); });
    m_minute.setInterval(30s);
    connect(&m_minute, &QTimer::timeout, m_model.get(), &CredentialTileModel::refreshTimes);
    m_minute.start();
    refresh();
}

AuthenticatePage::~AuthenticatePage()
{
    // The views go with the base class, after the model: they must not ask it for anything then.
    m_view->setModel(nullptr);
    delete m_table;
}

QWidget *AuthenticatePage::useBar()
{
    auto *bar = new QWidget;
    bar->setFixedHeight(m_theme.scaled(64));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(24, 0, 24, 0);
    row->setSpacing(12);
    // At twice the text size the words beside the controls give way; the controls' names say the same.
    const bool spacious = m_theme.textScale() < 1.5;
    if (spacious)
        row->addWidget(new ElidingLabel(m_theme, tr("Use this credential for"), Qt::ElideRight, TextStyle::Label));
    m_purpose->setObjectName(u"purpose"_s);
    m_purpose->addSegment(tr("New data source"), Icon::Database);
    m_purpose->addSegment(tr("New destination"), Icon::FileExport);
    m_purpose->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); // the words around it give way first
    row->addWidget(m_purpose);
    if (spacious) {
        row->addSpacing(16);
        row->addWidget(new ElidingLabel(m_theme, tr("Connector"), Qt::ElideRight, TextStyle::Label));
    }
    m_connector->setObjectName(u"connector"_s);
    m_connector->setMinimumWidth(160);
    m_connector->setMaximumWidth(256);
    row->addWidget(m_connector, 4);
    row->addWidget(m_connectorDetail, 1);
    m_connectorDetail->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(m_purpose, &SegmentedControl::currentChanged, this,
            [this](int index) { m_foot->setNextText(index == 0 ? tr("Next: Browse") : tr("Next: Write")); });
    connect(m_connector, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_connectorDetail->setText(m_connectors.value(index).detail); });
    return bar;
}

QWidget *AuthenticatePage::filterBar()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(24, 0, 24, 0);
    row->setSpacing(8);
    m_filter->setLeadingIcon(Icon::Filter);
    m_filter->setPlaceholder(tr("Filter by name, host, tag or key"));
    m_filter->setMinimumWidth(180); // gives way to the tags in a narrow window
    m_filter->setMaximumWidth(274);
    m_filter->edit()->setObjectName(u"filter"_s);
    m_filter->edit()->setAccessibleName(tr("Filter by name, host, tag or key"));
    m_filter->edit()->setToolTip(tr("Ctrl+F or /"));
    m_filter->edit()->setClearButtonEnabled(false);
    row->addWidget(m_filter, 10);
    row->addSpacing(8);
    row->addWidget(m_tags);
    row->addStretch(1);
    m_batch = new TextLabel(m_theme, {}, TextStyle::Small, Role::Text2);
    m_batch->hide();
    row->addWidget(m_batch);
    m_testAll = new IconButton(m_theme, Icon::Gauge, tr("Test all"));
    m_testAll->setObjectName(u"testAll"_s);
    m_testAll->setExtent(32);
    row->addWidget(m_testAll);
    connect(m_testAll, &IconButton::clicked, this, [this] {
        if (m_isBatch)
            Q_EMIT stopAllRequested();
        else
            testAll();
    });
    row->addSpacing(8);
    if (m_theme.textScale() < 1.5)
        row->addWidget(new TextLabel(m_theme, tr("Sort"), TextStyle::Small, Role::Text3));
    m_order->setObjectName(u"order"_s);
    m_order->setFixedWidth(m_theme.scaled(144));
    m_order->addItem(tr("Last used"), QVariant::fromValue(CredentialTileModel::Order::LastUsed));
    m_order->addItem(tr("Name"), QVariant::fromValue(CredentialTileModel::Order::Name));
    m_order->addItem(tr("Last tested"), QVariant::fromValue(CredentialTileModel::Order::LastTested));
    m_order->addItem(tr("Newest first"), QVariant::fromValue(CredentialTileModel::Order::Newest));
    m_order->addItem(tr("Environment"), QVariant::fromValue(CredentialTileModel::Order::Environment));
    row->addWidget(m_order);
    m_viewButton = new IconButton(m_theme, Icon::Table, tr("Show as a table"));
    m_viewButton->setObjectName(u"viewSwitch"_s);
    m_viewButton->setExtent(32);
    row->addWidget(m_viewButton);
    connect(m_viewButton, &IconButton::clicked, this, [this] {
        setView(view() == CredentialsView::Tiles ? CredentialsView::Table : CredentialsView::Tiles);
        Q_EMIT viewChanged(view());
    });

    connect(m_filter->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        refresh();
    });
    connect(m_tags, &TagChips::currentChanged, this, [this](const QString &tag) {
        m_model->setTag(tag);
        refresh();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        m_model->setOrder(m_order->currentData().value<CredentialTileModel::Order>());
        Q_EMIT orderChanged(order());
    });
    return bar;
}

QAction *AuthenticatePage::addDeed(Icon icon, const QString &text, const QKeySequence &keys, const QString &name,
                                   std::function<void(const QList<QUuid> &)> handler)
{
    auto *action = new QAction(m_theme.icon(icon), text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    // Off while the page is hidden, or behind an overlay.
    action->setShortcutContext(Qt::WindowShortcut);
    action->setShortcutVisibleInContextMenu(true);
    connect(action, &QAction::triggered, this, [this, handler = std::move(handler)] {
        if (const QList<QUuid> ids = targets(); !ids.isEmpty())
            handler(ids);
    });
    addAction(action);
    m_menu->addAction(action);
    return action;
}

void AuthenticatePage::makeActions()
{
    m_edit = addDeed(Icon::Edit, tr("Edit…"), Qt::Key_F2, u"editCredential"_s,
                     [this](const QList<QUuid> &ids) { Q_EMIT editRequested(ids.constLast()); });
    m_duplicate = addDeed(Icon::Duplicate, tr("Duplicate"), Qt::CTRL | Qt::Key_D, u"duplicateCredential"_s,
                          [this](const QList<QUuid> &ids) { Q_EMIT duplicateRequested(ids.constLast()); });
    m_test = addDeed(Icon::Gauge, tr("Test connection"), Qt::CTRL | Qt::Key_T, u"testCredential"_s,
                     [this](const QList<QUuid> &ids) {
                         if (ids.size() == 1)
                             toggleTest(ids.constFirst());
                         else
                             std::ranges::for_each(ids, [this](const QUuid &id) { Q_EMIT testRequested(id); });
                     });
    m_retry = addDeed(Icon::Retry, tr("Retry until accepted"), {}, u"retryCredential"_s,
                      [this](const QList<QUuid> &ids) { Q_EMIT retryRequested(ids.constLast()); });
    m_browse = addDeed(Icon::Browse, tr("Browse resources"), Qt::CTRL | Qt::Key_B, u"browseCredential"_s,
                       [this](const QList<QUuid> &ids) { Q_EMIT browseRequested(ids.constLast()); });
    m_rotate = addDeed(Icon::Refresh, tr("Rotate key…"), Qt::CTRL | Qt::Key_R, u"rotateCredential"_s,
                       [this](const QList<QUuid> &ids) { Q_EMIT rotateRequested(ids.constLast()); });
    m_export = addDeed(Icon::FileExport, tr("Export…"), Qt::CTRL | Qt::Key_E, u"exportCredential"_s,
                       [this](const QList<QUuid> &ids) { Q_EMIT exportRequested(ids); });
    m_favorite =
        addDeed(Icon::Tag, tr("Add to favorites"), {}, u"favoriteCredential"_s, [this](const QList<QUuid> &ids) {
            const CredentialTile *tile = m_model->tile(ids.constLast());
            Q_EMIT favoriteRequested(ids, !(tile && tile->isFavorite));
        });
    m_menu->addSeparator();
    m_copyClientId = addDeed(Icon::Copy, tr("Copy client ID"), {}, u"copyClientId"_s, [this](const QList<QUuid> &ids) {
        if (const CredentialTile *tile = m_model->tile(ids.constLast()))
            Q_EMIT copyRequested(tr("Client ID"), tile->clientId);
    });
    m_copyUrl = addDeed(Icon::Link, tr("Copy FHIR base URL"), {}, u"copyBaseUrl"_s, [this](const QList<QUuid> &ids) {
        if (const CredentialTile *tile = m_model->tile(ids.constLast()))
            Q_EMIT copyRequested(tr("FHIR base URL"), tile->baseUrl);
    });
    m_menu->addSeparator();
    m_delete = addDeed(Icon::Trash, tr("Delete"), Qt::Key_Delete, u"deleteCredential"_s,
                       [this](const QList<QUuid> &ids) { Q_EMIT deleteRequested(ids); });
    setExportOffered(false);
    setRotateOffered(false);
    // Off in the menu of several; as keys they act on the one the keyboard is on.
    connect(m_menu, &QMenu::aboutToHide, this, [this] {
        for (QAction *action : singleDeeds())
            action->setEnabled(true);
    });

    const auto shortcut = [this](const QKeySequence &keys, auto handler) {
        auto *made = new QShortcut(keys, this);
        made->setContext(Qt::WindowShortcut);
        connect(made, &QShortcut::activated, this, handler);
    };
    const auto toFilter = [this] {
        m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
        m_filter->edit()->selectAll();
    };
    shortcut(Qt::CTRL | Qt::Key_F, toFilter);
    shortcut(Qt::Key_Slash, toFilter);
    shortcut(Qt::CTRL | Qt::Key_N, [this] { Q_EMIT addRequested(connectorId()); });
    shortcut(Qt::CTRL | Qt::Key_Z, [this] { Q_EMIT undoRequested(); });
    shortcut(Qt::CTRL | Qt::Key_Return, [this] { next(); });
    shortcut(Qt::CTRL | Qt::Key_Enter, [this] { next(); });
    m_filter->edit()->installEventFilter(this);
}

void AuthenticatePage::setConnectors(const QList<ConnectorChoice> &connectors)
{
    m_connectors = connectors;
    m_connector->clear();
    for (const ConnectorChoice &choice : connectors)
        m_connector->addItem(m_theme.icon(choice.id == "epic-ehr"_L1 ? Icon::HeartPulse : Icon::Server, Role::Accent),
                             choice.name, choice.id);
}

void AuthenticatePage::setTiles(const QList<CredentialTile> &tiles)
{
    m_model->setTiles(tiles);
    QList<QUuid> stillThere = m_selection.ids();
    stillThere.removeIf([this](const QUuid &id) { return m_model->tile(id) == nullptr; });
    m_selection.set(stillThere);
    refresh();
}

void AuthenticatePage::setProgress(const QUuid &id, const std::optional<TileProgress> &progress)
{
    m_model->setProgress(id, progress);
    if (m_selection.contains(id))
        m_foot->setSelected(m_model->tile(selectedId()), m_selection.count());
}

void AuthenticatePage::setBatchProgress(const QString &progress)
{
    m_isBatch = !progress.isEmpty();
    m_testAll->setDeed(m_isBatch ? tr("Stop testing, %1").arg(progress) : tr("Test all"));
    m_testAll->setIconShown(m_isBatch ? Icon::Stop : Icon::Gauge);
    m_batch->setText(progress);
    m_batch->setVisible(m_isBatch);
}

void AuthenticatePage::testAll()
{
    QList<QUuid> ids;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QUuid id = m_model->index(row, 0).data(CredentialTileModel::IdRole).toUuid();
        if (!id.isNull())
            ids.append(id);
    }
    if (!ids.isEmpty())
        Q_EMIT testAllRequested(ids);
}

QUuid AuthenticatePage::selectedId() const
{
    return m_selection.primary();
}

void AuthenticatePage::select(const QUuid &id)
{
    m_view->setSelectedId(id);
}

CredentialsView AuthenticatePage::view() const
{
    return m_views->currentIndex() == 0 ? CredentialsView::Tiles : CredentialsView::Table;
}

void AuthenticatePage::setView(CredentialsView view)
{
    const bool hadFocus = currentView()->hasFocus();
    const bool isTable = view == CredentialsView::Table;
    m_views->setCurrentIndex(isTable ? 1 : 0);
    m_viewButton->setIconShown(isTable ? Icon::Grid : Icon::Table);
    m_viewButton->setDeed(isTable ? tr("Show as tiles") : tr("Show as a table"));
    if (hadFocus)
        start();
    refresh();
}

QString AuthenticatePage::order() const
{
    const auto current = m_order->currentData().value<CredentialTileModel::Order>();
    return QString::fromLatin1(QMetaEnum::fromType<CredentialTileModel::Order>().valueToKey(static_cast<int>(current)));
}

void AuthenticatePage::setOrder(const QString &name)
{
    bool isOrder = false;
    const auto order = static_cast<CredentialTileModel::Order>(
        QMetaEnum::fromType<CredentialTileModel::Order>().keyToValue(name.toLatin1().constData(), &isOrder));
    if (isOrder)
        m_order->setCurrentIndex(m_order->findData(QVariant::fromValue(order)));
}

QWidget *AuthenticatePage::currentView() const
{
    if (view() == CredentialsView::Table)
        return m_table;
    return m_view;
}

void AuthenticatePage::setExportOffered(bool offered)
{
    m_export->setVisible(offered);
}

void AuthenticatePage::setRotateOffered(bool offered)
{
    m_rotate->setVisible(offered);
}

void AuthenticatePage::setImportOffered(bool offered)
{
    m_view->setImportOffered(offered);
}

Purpose AuthenticatePage::purpose() const
{
    return m_purpose->currentIndex() == 0 ? Purpose::DataSource : Purpose::Destination;
}

void AuthenticatePage::setPurpose(Purpose purpose)
{
    m_purpose->setCurrentIndex(purpose == Purpose::DataSource ? 0 : 1);
}

QString AuthenticatePage::connectorId() const
{
    return m_connector->currentData().toString();
}

void AuthenticatePage::start()
{
    currentView()->setFocus(Qt::OtherFocusReason);
}

QList<QUuid> AuthenticatePage::targets() const
{
    const bool onView = currentView()->hasFocus() || m_menu->isVisible();
    if (!onView)
        return m_selection.ids();
    const QUuid current = view() == CredentialsView::Table ? m_table->currentId() : m_view->currentId();
    if (current.isNull())
        return {};
    QList<QUuid> ids;
    if (m_selection.contains(current)) {
        ids = m_selection.ids();
        ids.removeOne(current);
    }
    ids.append(current);
    return ids;
}

void AuthenticatePage::openMenu(const QUuid &id, QPoint position)
{
    currentView()->setFocus(Qt::OtherFocusReason);
    const CredentialTile *tile = m_model->tile(id);
    const qsizetype count = m_selection.contains(id) ? m_selection.count() : 1;
    if (count > 1)
        m_test->setText(tr("Test %n connection(s)", nullptr, static_cast<int>(count)));
    else
        m_test->setText(tile && tile->progress ? tr("Stop the test") : tr("Test connection"));
    m_favorite->setText(tile && tile->isFavorite ? tr("Remove from favorites") : tr("Add to favorites"));
    m_delete->setText(count > 1 ? tr("Delete %n credential(s)", nullptr, static_cast<int>(count)) : tr("Delete"));
    for (QAction *action : singleDeeds())
        action->setEnabled(count == 1);
    m_menu->popup(position);
}

QList<QAction *> AuthenticatePage::singleDeeds() const
{
    return {m_edit, m_duplicate, m_retry, m_browse, m_rotate, m_copyClientId, m_copyUrl};
}

void AuthenticatePage::testSelected()
{
    for (const QUuid &id : m_selection.ids())
        Q_EMIT testRequested(id);
}

void AuthenticatePage::toggleTest(const QUuid &id)
{
    const CredentialTile *tile = m_model->tile(id);
    if (tile && tile->progress)
        Q_EMIT stopTestRequested(id);
    else
        Q_EMIT testRequested(id);
}

void AuthenticatePage::next()
{
    if (m_selection.count() == 1)
        Q_EMIT nextRequested(selectedId(), purpose());
}

void AuthenticatePage::refresh()
{
    m_tags->setTags(m_model->total(), m_model->tags());
    m_foot->setSelected(m_model->tile(selectedId()), m_selection.count());
    const bool none = m_model->total() == 0;
    const CredentialTile *only = m_model->total() == 1 ? m_model->tileAt(1) : nullptr;
    const bool isBeginning = none || (only && !(only->lastTest && only->lastTest->passed));
    m_firstSteps->setVisible(isBeginning && view() == CredentialsView::Tiles);
    m_firstSteps->setProgress(!none, only && only->lastTest && !only->lastTest->passed);
    m_empty->setVisible(m_model->shown() == 0 && m_firstSteps->isHidden());
    if (none) {
        m_empty->setWords(Icon::Key, tr("Your credentials will stand here, one row each."));
        m_empty->setDetail(
            tr("Add the first one: its base URL, client ID and private key, tested before it is saved."));
    } else {
        const QString filter = m_filter->text().isEmpty() ? m_tags->current() : m_filter->text();
        m_empty->setWords(Icon::Search, tr("No credential matches “%1”.").arg(filter), tr("Clear the filter"));
        m_empty->setDetail({});
    }
    placeEmptyState();
}

void AuthenticatePage::placeEmptyState()
{
    m_empty->raise();
    if (view() == CredentialsView::Table) {
        m_empty->setGeometry(m_views->rect().adjusted(0, m_theme.scaled(32), 0, 0));
        return;
    }
    // Beside "Add Credential", which stays.
    const QRect last = m_view->tileGeometry(m_model->index(m_firstSteps->isHidden() ? 0 : m_model->shown()))
                           .translated(m_view->viewport()->mapTo(m_views, QPoint()));
    m_empty->setGeometry(last.right() + 16, last.top(), m_views->width() - last.right() - 40, last.height());
    const int width = std::min(m_views->width() - last.right() - 40, m_theme.scaled(560));
    const int wanted = std::max(last.height(), m_firstSteps->heightForWidth(width));
    m_firstSteps->setGeometry(last.right() + 17, last.top(), width,
                              std::min(wanted, m_views->height() - last.top() - 8));
    m_firstSteps->raise();
}

void AuthenticatePage::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() &&
        std::ranges::all_of(event->mimeData()->urls(), [](const QUrl &url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void AuthenticatePage::dropEvent(QDropEvent *event)
{
    QStringList paths;
    for (const QUrl &url : event->mimeData()->urls())
        paths.append(url.toLocalFile());
    event->acceptProposedAction();
    Q_EMIT filesDropped(paths);
}

bool AuthenticatePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_views && event->type() == QEvent::Resize) {
        placeEmptyState();
    } else if (watched == m_filter->edit() && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->edit()->clear();
            return true;
        }
        if (key->key() == Qt::Key_Down || (key->key() == Qt::Key_Return && key->modifiers() == Qt::NoModifier)) {
            if (m_model->shown() > 0 && m_view->currentId().isNull())
                m_view->setCurrentIndex(m_model->index(1));
            currentView()->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace credenza
