// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/AuthenticatePage.h"

#include "ui/authenticate/CredentialTileModel.h"
#include "ui/authenticate/FootBar.h"
#include "ui/authenticate/TagChips.h"
#include "ui/authenticate/TileView.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/SegmentedControl.h"
#include "ui/widgets/TextLabel.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QShortcut>
#include <QVBoxLayout>

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
      m_view(new TileView(theme, *m_model)), m_empty(new EmptyState(theme, m_view->viewport())),
      m_foot(new FootBar(theme)), m_menu(new QMenu(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(useBar());
    layout->addWidget(filterBar());
    layout->addSpacing(8);
    auto *tiles = new QHBoxLayout;
    tiles->setContentsMargins(16, 0, 0, 0);
    tiles->addWidget(m_view);
    layout->addLayout(tiles, 1);
    layout->addWidget(m_foot);

    m_view->setObjectName(u"tiles"_s);
    m_view->viewport()->installEventFilter(this);
    makeActions();
    connect(m_view, &TileView::addRequested, this, [this] { Q_EMIT addRequested(connectorId()); });
    connect(m_view, &TileView::editRequested, this, &AuthenticatePage::editRequested);
    connect(m_view, &TileView::testRequested, this, &AuthenticatePage::testRequested);
    connect(m_view, &TileView::menuRequested, this, &AuthenticatePage::openMenu);
    connect(m_view, &TileView::selectionChosen, this, [this](const QUuid &id) {
        refresh();
        Q_EMIT selectionChanged(id);
    });
    connect(m_foot, &FootBar::testRequested, this, [this] { Q_EMIT testRequested(selectedId()); });
    connect(m_foot, &FootBar::nextRequested, this, &AuthenticatePage::next);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        m_filter->edit()->clear();
        m_tags->setCurrent({});
        m_view->setFocus(Qt::OtherFocusReason);
    });
    m_minute.setInterval(30s);
    connect(&m_minute, &QTimer::timeout, m_model.get(), &CredentialTileModel::refreshTimes);
    m_minute.start();
    refresh();
}

AuthenticatePage::~AuthenticatePage()
{
    // The view goes with the base class, after the model: it must not ask it for anything then.
    m_view->setModel(nullptr);
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
        row->addWidget(new TextLabel(m_theme, tr("Use this credential for"), TextStyle::Label));
    m_purpose->setObjectName(u"purpose"_s);
    m_purpose->addSegment(tr("New data source"), Icon::Database);
    m_purpose->addSegment(tr("New destination"), Icon::FileExport);
    row->addWidget(m_purpose);
    if (spacious) {
        row->addSpacing(16);
        row->addWidget(new TextLabel(m_theme, tr("Connector"), TextStyle::Label));
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
    m_filter->setFixedWidth(274);
    m_filter->edit()->setObjectName(u"filter"_s);
    m_filter->edit()->setAccessibleName(tr("Filter by name, host, tag or key"));
    m_filter->edit()->setToolTip(tr("Ctrl+F or /"));
    m_filter->edit()->setClearButtonEnabled(false);
    row->addWidget(m_filter);
    row->addSpacing(8);
    row->addWidget(m_tags);
    row->addStretch(1);
    if (m_theme.textScale() < 1.5)
        row->addWidget(new TextLabel(m_theme, tr("Sort"), TextStyle::Small, Role::Text3));
    m_order->setObjectName(u"order"_s);
    m_order->setFixedWidth(m_theme.scaled(144));
    m_order->addItem(tr("Name"), QVariant::fromValue(CredentialTileModel::Order::Name));
    m_order->addItem(tr("Last tested"), QVariant::fromValue(CredentialTileModel::Order::LastTested));
    m_order->addItem(tr("Newest first"), QVariant::fromValue(CredentialTileModel::Order::Newest));
    m_order->addItem(tr("Environment"), QVariant::fromValue(CredentialTileModel::Order::Environment));
    row->addWidget(m_order);

    connect(m_filter->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        refresh();
    });
    connect(m_tags, &TagChips::currentChanged, this, [this](const QString &tag) {
        m_model->setTag(tag);
        refresh();
    });
    connect(m_order, &QComboBox::currentIndexChanged, this,
            [this] { m_model->setOrder(m_order->currentData().value<CredentialTileModel::Order>()); });
    return bar;
}

void AuthenticatePage::makeActions()
{
    const auto add = [this](Icon icon, const QString &text, const QKeySequence &keys, const QString &name,
                            auto handler) {
        auto *action = new QAction(m_theme.icon(icon), text, this);
        action->setObjectName(name);
        action->setShortcut(keys);
        // Off while the page is hidden, or behind an overlay.
        action->setShortcutContext(Qt::WindowShortcut);
        action->setShortcutVisibleInContextMenu(true);
        connect(action, &QAction::triggered, this, [this, handler] {
            if (const QUuid id = target(); !id.isNull())
                handler(id);
        });
        addAction(action);
        m_menu->addAction(action);
        return action;
    };
    m_edit = add(Icon::Edit, tr("Edit…"), Qt::Key_F2, u"editCredential"_s,
                 [this](const QUuid &id) { Q_EMIT editRequested(id); });
    m_duplicate = add(Icon::Duplicate, tr("Duplicate…"), Qt::CTRL | Qt::Key_D, u"duplicateCredential"_s,
                      [this](const QUuid &id) { Q_EMIT duplicateRequested(id); });
    m_test = add(Icon::Gauge, tr("Test connection"), Qt::CTRL | Qt::Key_T, u"testCredential"_s,
                 [this](const QUuid &id) { toggleTest(id); });
    m_menu->addSeparator();
    m_delete = add(Icon::Trash, tr("Delete…"), Qt::Key_Delete, u"deleteCredential"_s,
                   [this](const QUuid &id) { Q_EMIT deleteRequested(id); });

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
    if (!m_model->tile(selectedId()))
        m_view->setSelectedId({});
    refresh();
}

void AuthenticatePage::setProgress(const QUuid &id, const std::optional<TileProgress> &progress)
{
    m_model->setProgress(id, progress);
    if (id == selectedId())
        m_foot->setSelected(m_model->tile(id));
}

QUuid AuthenticatePage::selectedId() const
{
    return m_view->selectedId();
}

void AuthenticatePage::select(const QUuid &id)
{
    m_view->setSelectedId(id);
}

Purpose AuthenticatePage::purpose() const
{
    return m_purpose->currentIndex() == 0 ? Purpose::DataSource : Purpose::Destination;
}

QString AuthenticatePage::connectorId() const
{
    return m_connector->currentData().toString();
}

void AuthenticatePage::start()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

QUuid AuthenticatePage::target() const
{
    const bool onTile = m_view->hasFocus() || m_menu->isVisible();
    return onTile ? m_view->currentId() : selectedId();
}

void AuthenticatePage::openMenu(const QUuid &id, QPoint position)
{
    const CredentialTile *tile = m_model->tile(id);
    m_test->setText(tile && tile->progress ? tr("Stop the test") : tr("Test connection"));
    m_view->setFocus(Qt::OtherFocusReason);
    m_menu->popup(position);
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
    if (!selectedId().isNull())
        Q_EMIT nextRequested(selectedId(), purpose());
}

void AuthenticatePage::refresh()
{
    m_tags->setTags(m_model->total(), m_model->tags());
    m_foot->setSelected(m_model->tile(selectedId()));
    const bool none = m_model->total() == 0;
    m_empty->setVisible(m_model->shown() == 0);
    if (none) {
        m_empty->setWords(Icon::Key, tr("Your credentials will stand here, one tile each."));
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
    // Beside "Add Credential", which stays.
    const QRect first = m_view->tileGeometry(m_model->index(0));
    m_empty->setGeometry(first.right() + 16, first.top(), m_view->viewport()->width() - first.right() - 40,
                         first.height());
}

bool AuthenticatePage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize) {
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
            m_view->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace credenza
