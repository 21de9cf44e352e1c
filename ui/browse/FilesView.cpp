// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/FilesView.h"

#include "core/fhir/ReferenceTarget.h"
#include "ui/browse/BrowseDelegates.h"
#include "ui/browse/FileModel.h"
#include "ui/browse/ResourcePane.h"
#include "ui/widgets/Badge.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListWidget>
#include <QLocale>
#include <QSplitter>
#include <QTableView>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int listWidth = 216;
constexpr int linesWidth = 432;
constexpr int resourceWidth = 544;

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace

FilesView::FilesView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_list(new QListWidget),
      m_name(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Heading)),
      m_broken(new Badge(theme, {BadgeKind::Error, {}, Icon::XCircle})),
      m_type(new ComboBox(theme, tr("Filter by type"))), m_filter(new LineEdit(theme, TextStyle::Mono, 28)),
      m_line(new LineEdit(theme, TextStyle::Mono, 28)),
      m_count(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_save(new Button(theme, tr("Save as…"), ButtonKind::Secondary, ButtonSize::Small)), m_table(new QTableView),
      m_resource(new ResourcePane(theme))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter;
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(makeLines());
    splitter->addWidget(m_resource);
    splitter->setSizes({theme.scaled(listWidth), theme.scaled(linesWidth), theme.scaled(resourceWidth)});
    layout->addWidget(splitter);
    connect(m_resource, &ResourcePane::copied, this, &FilesView::announced);
    connect(m_resource, &ResourcePane::referenceActivated, this, &FilesView::follow);
    connect(m_resource, &ResourcePane::attachmentActivated, this, [this](const JsonValue &attachment) {
        const AttachmentSource source = attachmentSource(attachment);
        if (source.data.isEmpty())
            Q_EMIT announced(tr("The attachment is not in the file: %1").arg(source.url));
        else
            Q_EMIT attachmentArrived(attachmentContent(source, source.data, source.contentType));
    });
    connect(m_resource, &ResourcePane::stepRequested, this,
            [this](int by) { m_table->selectRow(m_table->currentIndex().row() + by); });
    connect(m_resource, &ResourcePane::saveRequested, this, [this] {
        const Resource resource = m_resource->resource();
        bool isGiven = false;
        Q_EMIT saveRequested(
            [resource, isGiven]() mutable -> Result<std::optional<Resource>> {
                return std::exchange(isGiven, true) ? std::nullopt : std::optional(resource);
            },
            columnsFor(resource.type()));
    });
    showFile(-1);
}

FilesView::~FilesView()
{
    m_table->setModel(nullptr); // the models go before the views do
}

QWidget *FilesView::makeList()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new TextLabel(m_theme, tr("Opened files"), TextStyle::SmallStrong, Role::Text3);
    head->setContentsMargins(12, 0, 12, 0);
    head->setFixedHeight(m_theme.scaled(40));
    column->addWidget(head);
    m_list->setAccessibleName(tr("Opened files"));
    m_list->setIconSize({m_theme.scaled(16), m_theme.scaled(16)});
    m_list->setObjectName(u"files"_s);
    m_list->setWordWrap(true);
    column->addWidget(m_list, 1);
    auto *hint = new TextLabel(m_theme, tr("Drop a Bundle, a resource or NDJSON here, plain or gzip."),
                               TextStyle::Small, Role::Text3);
    hint->setWrapping(true);
    hint->setContentsMargins(12, 8, 12, 12);
    column->addWidget(hint);
    connect(m_list, &QListWidget::currentRowChanged, this, &FilesView::showFile);
    return pane;
}

QWidget *FilesView::makeLines()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.scaled(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_name, 1);
    row->addWidget(m_broken);
    m_save->setLeadingIcon(Icon::Save);
    row->addWidget(m_save);
    column->addWidget(head);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(8);
    m_type->setFixedSize(m_theme.scaled(132), m_theme.scaled(28));
    m_filter->setLeadingIcon(Icon::Filter);
    m_filter->setPlaceholder(tr("Text in the line"));
    m_filter->edit()->setAccessibleName(tr("Filter by text in the line"));
    m_filter->edit()->setObjectName(u"fileFilter"_s);
    m_line->setPlaceholder(tr("Line"));
    m_line->edit()->setAccessibleName(tr("Go to line"));
    m_line->edit()->setObjectName(u"goToLine"_s);
    m_line->setFixedWidth(m_theme.scaled(104));
    tools->addWidget(m_type);
    tools->addWidget(m_filter, 1);
    tools->addWidget(m_line);
    column->addLayout(tools);
    m_count->setContentsMargins(12, 0, 12, 6);
    column->addWidget(m_count);
    m_table->setItemDelegate(new CellDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setMouseTracking(true);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Lines"));
    m_table->setObjectName(u"lines"_s);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_theme.scaled(28));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    column->addWidget(m_table, 1);
    connect(m_filter->edit(), &QLineEdit::returnPressed, this, &FilesView::applyFilter);
    connect(m_filter->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            applyFilter();
    });
    connect(m_type, &QComboBox::activated, this, &FilesView::applyFilter);
    connect(m_line->edit(), &QLineEdit::returnPressed, this, &FilesView::goToLine);
    connect(m_save, &QAbstractButton::clicked, this, [this] {
        if (const FileModel *file = current())
            Q_EMIT saveRequested(file->makeSource(),
                                 columnsFor(file->types().size() == 1 ? file->types().firstKey() : QString()));
    });
    return pane;
}

qsizetype FilesView::count() const
{
    return std::ssize(m_files);
}

FileModel *FilesView::current() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < std::ssize(m_files) ? m_files[static_cast<std::size_t>(row)].get() : nullptr;
}

void FilesView::openFile(const QString &path)
{
    for (std::size_t at = 0; at < m_files.size(); ++at) {
        if (m_files[at]->path() == path) {
            m_list->setCurrentRow(static_cast<int>(at));
            return;
        }
    }
    m_files.push_back(std::make_unique<FileModel>(path));
    FileModel *file = m_files.back().get();
    auto *item = new QListWidgetItem(m_theme.icon(Icon::FileCode), QFileInfo(path).fileName());
    item->setToolTip(path);
    item->setSizeHint({m_theme.scaled(180), m_theme.scaled(52)});
    m_list->addItem(item);
    const auto refresh = [this, file, item] {
        item->setText(QFileInfo(file->path()).fileName() + u'\n' +
                      tr("%1 lines, %2").arg(QLocale().toString(file->lines()), sizeText(file->bytes())));
        if (file == current())
            showCounts();
    };
    connect(file, &FileModel::progressed, this, refresh);
    connect(file, &FileModel::indexed, this, [this, file, refresh](double seconds) {
        refresh();
        if (file != current())
            return;
        m_seconds = seconds;
        showFile(m_list->currentRow());
    });
    connect(file, &FileModel::failed, this, [this, item](const Error &error) {
        item->setText(item->text().section(u'\n', 0, 0) + u'\n' + error.message);
        Q_EMIT announced(error.message);
    });
    connect(file, &QAbstractItemModel::modelReset, this, [this, file] {
        if (file == current())
            showCounts();
    });
    m_list->setCurrentRow(m_list->count() - 1);
    file->open();
}

void FilesView::clear()
{
    m_table->setModel(nullptr);
    m_list->clear();
    m_files.clear();
    showFile(-1);
}

void FilesView::showFile(int index)
{
    FileModel *file = index >= 0 ? current() : nullptr;
    if (m_table->model() != file || file == nullptr) {
        m_table->setModel(file);
        m_resource->showNothing(file ? tr("Choose a line to see its resource.") : tr("No file is open."));
        if (file) {
            m_table->setColumnWidth(FileModel::LineColumn, m_theme.scaled(84));
            m_table->setColumnWidth(FileModel::TypeColumn, m_theme.scaled(104));
            m_table->setColumnWidth(FileModel::IdColumn, m_theme.scaled(104));
            connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
                    [this](const QModelIndex &row) { showRow(row.row()); });
        }
    }
    m_name->setText(file ? QFileInfo(file->path()).fileName() : QString());
    m_type->clear();
    m_type->addItem(tr("All types"), QString());
    if (file && !file->isReading()) {
        const auto types = file->types();
        for (auto type = types.begin(); type != types.end(); ++type)
            m_type->addItem(u"%1 (%2)"_s.arg(type.key(), QLocale().toString(type.value())), type.key());
        m_table->setColumnHidden(FileModel::TypeColumn, types.size() < 2);
        if (!m_table->currentIndex().isValid() && file->rowCount() > 0)
            m_table->selectRow(0);
    }
    showCounts();
}

void FilesView::showCounts()
{
    const FileModel *file = current();
    m_save->setEnabled(file != nullptr && !file->isReading() && file->rowCount() > 0);
    const qsizetype broken = file ? file->broken().size() : 0;
    m_broken->setVisible(broken > 0);
    m_broken->setBadge(
        {BadgeKind::Error, broken == 1 ? tr("1 bad line") : tr("%1 bad lines").arg(broken), Icon::XCircle});
    if (file == nullptr) {
        m_count->setContent({});
        Q_EMIT statusChanged({});
        return;
    }
    const QString lines = QLocale().toString(file->lines());
    m_count->setContent(file->isFiltered()  ? tr("%1 of %2 lines").arg(QLocale().toString(file->rowCount()), lines)
                        : file->isReading() ? tr("%1 lines so far").arg(lines)
                                            : tr("%1 lines, %2").arg(lines, sizeText(file->bytes())));
    Q_EMIT statusChanged(file->isReading() ? tr("Reading…")
                                           : tr("Indexed %1 lines in %2 s").arg(lines).arg(m_seconds, 0, 'f', 2));
}

void FilesView::showRow(int row)
{
    const FileModel *file = current();
    if (file == nullptr || row < 0)
        return;
    const auto resource = file->resource(row);
    if (!resource) {
        m_resource->showNothing(resource.error().message);
        return;
    }
    m_resource->setResource(*resource);
    m_resource->setDetail(
        tr("line %1, %2 bytes").arg(QLocale().toString(file->lineOf(row)), QLocale().toString(file->bytesOf(row))));
    m_resource->setPosition(row + 1, file->rowCount());
}

void FilesView::goToLine()
{
    const FileModel *file = current();
    bool isNumber = false;
    QString typed = m_line->text();
    const qint64 line = typed.remove(u',').remove(u'.').trimmed().toLongLong(&isNumber);
    const int row = file && isNumber ? file->rowOfLine(line) : -1;
    if (row < 0) {
        Q_EMIT announced(tr("There is no such line."));
        return;
    }
    m_table->selectRow(row);
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void FilesView::applyFilter()
{
    if (FileModel *file = current())
        file->setFilter(m_type->currentData().toString(), m_filter->text());
}

void FilesView::follow(const QString &reference)
{
    const FileModel *file = current();
    const ReferenceTarget target = referenceTarget(reference, {});
    if (file == nullptr)
        return;
    if (target.kind == ReferenceKind::Contained) {
        const Resource holder = m_resource->resource();
        for (const JsonValue contained : holder.root[u"contained"]) {
            if (contained[u"id"].text() == target.path) {
                m_resource->setResource({holder.document, contained, {}});
                m_resource->setDetail(tr("contained"));
                return;
            }
        }
    }
    const QString path = target.kind == ReferenceKind::Uuid ? u"?/"_s + reference.section(u':', -1) : target.path;
    const int row = file->rowOf(path);
    if (row < 0) {
        Q_EMIT announced(tr("%1 is not in this file, or filtered out.").arg(reference));
        return;
    }
    m_table->selectRow(row);
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void FilesView::focusLine()
{
    m_line->edit()->setFocus(Qt::ShortcutFocusReason);
    m_line->edit()->selectAll();
}

void FilesView::focusFilter()
{
    m_filter->edit()->setFocus(Qt::ShortcutFocusReason);
}

void FilesView::focusSearch()
{
    m_resource->focusSearch();
}

} // namespace credenza
