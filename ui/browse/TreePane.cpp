// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/TreePane.h"

#include "ui/browse/JsonTreeModel.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QShortcut>
#include <QTreeView>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int rowHeight = 23;
constexpr int smallResource = 60;                // values that may all stand open at once
constexpr std::size_t quickSearch = 4'000;       // values looked through within a frame
constexpr qsizetype quickSearchText = 1'000'000; // bytes

Role roleOf(JsonKind kind, bool isKey, bool isLink)
{
    if (isKey)
        return Role::SyntaxKey;
    if (isLink)
        return Role::Accent;
    switch (kind) {
    case JsonKind::String:
        return Role::SyntaxString;
    case JsonKind::Number:
        return Role::SyntaxNumber;
    case JsonKind::Boolean:
    case JsonKind::Null:
        return Role::SyntaxLiteral;
    default:
        return Role::Text3;
    }
}

} // namespace

TreeDelegate::TreeDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), m_theme.scaled(rowHeight)};
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(option.rect, m_theme.color(Role::Selected));
    const auto kind = static_cast<JsonKind>(index.data(JsonTreeModel::KindRole).toInt());
    const bool isKey = index.column() == JsonTreeModel::KeyColumn;
    const bool isType = index.column() == JsonTreeModel::TypeColumn;
    const bool isLink = !index.data(JsonTreeModel::ReferenceRole).toString().isEmpty();
    painter->setFont(m_theme.font(TextStyle::Mono));
    const QRect box = option.rect.adjusted(4, 0, -4, 0);
    const QString text = painter->fontMetrics().elidedText(index.data().toString().replace(u'\n', u' '),
                                                           isLink ? Qt::ElideMiddle : Qt::ElideRight, box.width());
    const QString match = index.data(JsonTreeModel::MatchRole).toString();
    if (!match.isEmpty()) {
        for (qsizetype at = text.indexOf(match, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(match, at + match.size(), Qt::CaseInsensitive)) {
            const int from = painter->fontMetrics().horizontalAdvance(text.first(at));
            const int width = painter->fontMetrics().horizontalAdvance(text.sliced(at, match.size()));
            painter->fillRect(QRect(box.left() + from, box.top() + 3, width, box.height() - 6),
                              m_theme.color(Role::Mark));
        }
    }
    painter->setPen(m_theme.color(isType ? Role::Text2 : roleOf(kind, isKey, isLink)));
    painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter->restore();
}

TreePane::TreePane(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_model(new JsonTreeModel(this)), m_view(new QTreeView),
      m_search(new LineEdit(theme, TextStyle::Mono, 28)),
      m_found(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_path(new ElidingLabel(theme, {}, Qt::ElideLeft, TextStyle::Mono))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(16, 8, 16, 8);
    m_search->setLeadingIcon(Icon::Search);
    m_search->setPlaceholder(tr("Search keys and values"));
    m_search->edit()->setAccessibleName(tr("Search in the tree"));
    m_search->addTrailing(m_found);
    tools->addWidget(m_search, 1);
    auto *previous = new IconButton(theme, Icon::ArrowUp, tr("Previous match (Shift+F3)"));
    auto *next = new IconButton(theme, Icon::ArrowDown, tr("Next match (F3)"));
    auto *unfold = new IconButton(theme, Icon::Sort, tr("Unfold all, or fold all but the first level"));
    tools->addWidget(previous);
    tools->addWidget(next);
    tools->addWidget(unfold);
    layout->addLayout(tools);

    m_view->setModel(m_model);
    m_view->setItemDelegate(new TreeDelegate(theme, m_view));
    m_view->setUniformRowHeights(true);
    m_view->setIndentation(theme.scaled(14));
    m_view->setAccessibleName(tr("Tree of the resource"));
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setSectionResizeMode(JsonTreeModel::KeyColumn, QHeaderView::Interactive);
    m_view->header()->setSectionResizeMode(JsonTreeModel::ValueColumn, QHeaderView::Stretch);
    m_view->header()->setSectionResizeMode(JsonTreeModel::TypeColumn, QHeaderView::Interactive);
    layout->addWidget(m_view, 1);

    auto *foot = new Pane(theme, Role::Surface, Qt::TopEdge);
    foot->setFixedHeight(theme.scaled(40));
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_path, 1);
    auto *path = new Button(theme, tr("FHIRPath"), ButtonKind::Secondary, ButtonSize::Small);
    path->setLeadingIcon(Icon::Copy);
    auto *pointer = new Button(theme, tr("Pointer"), ButtonKind::Secondary, ButtonSize::Small);
    pointer->setLeadingIcon(Icon::Copy);
    row->addWidget(path);
    row->addWidget(pointer);
    layout->addWidget(foot);

    connect(m_search->edit(), &QLineEdit::textChanged, this, &TreePane::search);
    connect(m_search->edit(), &QLineEdit::returnPressed, this, [this] { step(1); });
    connect(next, &QAbstractButton::clicked, this, [this] { step(1); });
    connect(previous, &QAbstractButton::clicked, this, [this] { step(-1); });
    connect(unfold, &QAbstractButton::clicked, this, [this] {
        const QModelIndex root = m_model->index(0, 0);
        const QModelIndex first = m_model->index(0, 0, root);
        const bool isOpen = first.isValid() && m_view->isExpanded(first);
        if (isOpen || m_model->rowCount(root) > 1000)
            m_view->collapseAll();
        else
            m_view->expandRecursively(root, 5);
        m_view->expand(root);
    });
    for (const auto &[keys, by] :
         {std::pair{QKeySequence(Qt::Key_F3), 1}, std::pair{QKeySequence(Qt::SHIFT | Qt::Key_F3), -1}}) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, by = by] { step(by); });
    }
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &TreePane::showPath);
    connect(m_view, &QTreeView::activated, this, [this](const QModelIndex &index) {
        const QString reference = index.data(JsonTreeModel::ReferenceRole).toString();
        if (!reference.isEmpty())
            Q_EMIT referenceActivated(reference);
    });
    connect(path, &QAbstractButton::clicked, this, [this] { copy(m_model->fhirPath(m_view->currentIndex())); });
    connect(pointer, &QAbstractButton::clicked, this, [this] { copy(m_model->pointer(m_view->currentIndex())); });
}

void TreePane::setResource(const Resource &resource)
{
    m_resource = resource;
    m_model->setResource(resource);
    m_view->setColumnWidth(JsonTreeModel::KeyColumn, std::max(m_theme.scaled(150), m_view->width() * 2 / 5));
    m_view->setColumnWidth(JsonTreeModel::TypeColumn, m_theme.scaled(96));
    const QModelIndex root = m_model->index(0, 0);
    m_view->expand(root);
    if (resource.document && resource.document->size() <= smallResource)
        m_view->expandRecursively(root, 4);
    m_view->setCurrentIndex(root);
    search(m_search->text());
}

void TreePane::focusSearch()
{
    m_search->edit()->setFocus(Qt::ShortcutFocusReason);
    m_search->edit()->selectAll();
}

void TreePane::search(const QString &text)
{
    const quint64 number = ++m_searches;
    m_searching.cancel();
    m_model->mark(text);
    m_view->viewport()->update();
    if (text.isEmpty() || !m_resource.document) {
        showMatches({});
        return;
    }
    if (m_resource.root.nodes() <= quickSearch && m_resource.document->textSize() <= quickSearchText) {
        if (const auto found = findInResource(m_resource, text, {}))
            showMatches(*found);
        return;
    }
    m_matches.clear();
    m_found->setContent(tr("searching…"));
    m_searching.add(runInBackground<QList<quint32>>(
        this,
        [resource = m_resource, text](const std::stop_token &stop) { return findInResource(resource, text, stop); },
        [this, number](const Result<QList<quint32>> &found) {
            if (found && number == m_searches)
                showMatches(*found);
        }));
}

void TreePane::showMatches(const QList<quint32> &matches)
{
    m_matches = matches;
    m_current = -1;
    if (m_search->text().isEmpty())
        m_found->setContent({});
    else if (m_matches.isEmpty())
        m_found->setContent(tr("none"));
    else
        step(1);
}

void TreePane::step(int by)
{
    if (m_matches.isEmpty())
        return;
    const auto count = static_cast<int>(m_matches.size());
    m_current = (m_current + by + count) % count;
    const QModelIndex match = m_model->indexOf(m_matches.at(m_current));
    if (!match.isValid()) {
        m_found->setContent(tr("%1 of %2, in what is not shown").arg(m_current + 1).arg(count));
        return;
    }
    for (QModelIndex above = match.parent(); above.isValid(); above = above.parent())
        m_view->expand(above);
    m_view->setCurrentIndex(match);
    m_view->scrollTo(match);
    m_found->setContent(tr("%1 of %2").arg(m_current + 1).arg(count));
}

void TreePane::showPath()
{
    m_path->setText(m_model->fhirPath(m_view->currentIndex()));
}

void TreePane::copy(const QString &text)
{
    copyToClipboard(text);
    Q_EMIT copied(tr("Path copied"));
}

} // namespace credenza
