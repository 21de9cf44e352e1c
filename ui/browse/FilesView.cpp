// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/FilesView.h"

#include "core/fhir/ReferenceTarget.h"
#include "ui/browse/BrowseDelegates.h"
#include "ui/browse/FileModel.h"
#include "ui/browse/ResourcePane.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ComboBox.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/LineEdit.h"
#include "ui/widgets/TextLabel.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListWidget>
#include <QLocale>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int listWidth = 216;
constexpr int linesWidth = 432;
constexpr int resourceWidth = 544;
constexpr int widthForList = 1112; // of the view: 1200 of the window, without the rail
constexpr int filterDelay = 300;   // ms after the last key
constexpr int referrerDelay = 250; // ms a line stays chosen before the file is looked through for what refers to it

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

} // namespace

FilesView::FilesView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_list(new QListWidget),
      m_name(new ElidingLabel(theme, {}, Qt::ElideMiddle, TextStyle::Heading)),
      m_fileChoice(new ComboBox(theme, tr("Opened file"))),
      m_back(new IconButton(theme, Icon::ArrowLeft, tr("Back (Alt+Left)"))),
      m_forward(new IconButton(theme, Icon::ArrowRight, tr("Forward (Alt+Right)"))),
      m_broken(new Button(theme, {}, ButtonKind::Danger, ButtonSize::Small)),
      m_type(new ComboBox(theme, tr("Filter by type"))), m_filter(new LineEdit(theme, TextStyle::Mono, 28)),
      m_line(new LineEdit(theme, TextStyle::Mono, 28)),
      m_count(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_save(new Button(theme, tr("Save as…"), ButtonKind::Secondary, ButtonSize::Small)), m_table(new QTableView),
      m_empty(new EmptyState(theme)), m_tableStack(new QStackedWidget), m_resource(new ResourcePane(theme)),
      m_filterDelay(new QTimer(this)), m_referrerDelay(new QTimer(this))
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
    connect(m_resource, &ResourcePane::attachmentActivated, this, &FilesView::openAttachment);
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
    for (QTimer *timer : {m_filterDelay, m_referrerDelay})
        timer->setSingleShot(true);
    m_filterDelay->setInterval(filterDelay);
    m_referrerDelay->setInterval(referrerDelay);
    connect(m_filterDelay, &QTimer::timeout, this, &FilesView::applyFilter);
    connect(m_referrerDelay, &QTimer::timeout, this, [this] {
        FileModel *file = current();
        const QString path = m_resource->resource().path();
        if (file == nullptr || !m_resource->resource().document)
            return;
        file->findReferrers(m_resource->resource(), [this, path](const QList<FileModel::Referrer> &found) {
            if (m_resource->resource().path() != path)
                return;
            QList<SummaryView::Referrer> referrers;
            for (const FileModel::Referrer &one : found)
                referrers.append({one.type, one.title, one.path});
            m_resource->setRelated({}, referrers, tr("in this file"));
        });
    });
    showFile(-1);
    showTrail();
}

FilesView::~FilesView()
{
    m_table->setModel(nullptr); // the models go before the views do
}

QWidget *FilesView::makeList()
{
    auto *pane = new Pane(m_theme, Role::Surface);
    m_listPane = pane;
    pane->setProperty("pane", true);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new TextLabel(m_theme, tr("Opened files"), TextStyle::SmallStrong, Role::Text3);
    head->setContentsMargins(12, 0, 12, 0);
    head->setFixedHeight(m_theme.scaled(40));
    column->addWidget(head);
    m_list->setAccessibleName(tr("Opened files"));
    m_list->setItemDelegate(new FileDelegate(m_theme, m_list));
    m_list->setProperty("ownFocus", true);
    m_list->setMouseTracking(true);
    m_list->setObjectName(u"files"_s);
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
    pane->setProperty("pane", true);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    head->setFixedHeight(m_theme.scaled(44));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    row->addWidget(m_fileChoice, 1);
    row->addWidget(m_name, 1);
    m_fileChoice->hide();
    m_broken->setLeadingIcon(Icon::XCircle);
    m_broken->setCheckable(true);
    m_broken->setObjectName(u"brokenLines"_s);
    m_broken->setToolTip(tr("Show only what is broken, with its line"));
    row->addWidget(m_broken);
    connect(m_back, &QAbstractButton::clicked, this, &FilesView::goBack);
    connect(m_forward, &QAbstractButton::clicked, this, &FilesView::goForward);
    connect(m_fileChoice, &QComboBox::activated, this, [this](int at) { m_list->setCurrentRow(at); });
    connect(m_broken, &QAbstractButton::clicked, this, [this](bool only) {
        if (FileModel *file = current())
            file->showBroken(only);
    });
    column->addWidget(head);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(8);
    m_type->setFixedSize(m_theme.scaled(132), m_theme.scaled(28));
    m_filter->setLeadingIcon(Icon::Filter);
    m_filter->setPlaceholder(tr("Filter: text, or code=8480-6"));
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
    auto *counts = new QHBoxLayout;
    counts->setContentsMargins(12, 0, 12, 8);
    counts->addWidget(m_count, 1);
    m_save->setLeadingIcon(Icon::Save);
    counts->addWidget(m_save);
    column->addLayout(counts);
    m_table->setItemDelegate(new CellDelegate(m_theme, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
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
    m_tableStack->addWidget(m_table);
    m_tableStack->addWidget(m_empty);
    column->addWidget(m_tableStack, 1);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        m_type->setCurrentIndex(0);
        m_filter->edit()->clear();
        applyFilter();
    });
    connect(m_filter->edit(), &QLineEdit::returnPressed, this, &FilesView::applyFilter);
    connect(m_filter->edit(), &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            applyFilter();
        else
            m_filterDelay->start();
    });
    connect(m_type, &QComboBox::activated, this, &FilesView::applyFilter);
    connect(m_line->edit(), &QLineEdit::returnPressed, this, &FilesView::goToLine);
    connect(m_save, &QAbstractButton::clicked, this, &FilesView::save);
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
    auto *item = new QListWidgetItem(QFileInfo(path).fileName());
    item->setToolTip(path);
    m_list->addItem(item);
    m_fileChoice->addItem(QFileInfo(path).fileName());
    const auto refresh = [this, file, item] {
        item->setText(QFileInfo(file->path()).fileName() + u'\n' +
                      (file->isBundle() ? tr("%1 entries, %2") : tr("%1 lines, %2"))
                          .arg(QLocale().toString(file->lines()), sizeText(file->bytes())));
        if (file == current())
            showCounts();
    };
    connect(file, &FileModel::progressed, this, refresh);
    connect(file, &FileModel::indexed, this, [this, file, refresh] {
        refresh();
        if (file == current())
            showFile(m_list->currentRow());
    });
    connect(file, &FileModel::failed, this, [this, item](const Error &error) {
        item->setText(item->text().section(u'\n', 0, 0) + u'\n' + error.message);
        Q_EMIT announced(error.message);
    });
    connect(file, &QAbstractItemModel::modelReset, this, [this, file] {
        if (file != current())
            return;
        showCounts();
        if (file->rowCount() > 0)
            m_table->selectRow(0);
    });
    m_list->setCurrentRow(m_list->count() - 1);
    file->open();
}

void FilesView::clear()
{
    m_table->setModel(nullptr);
    m_filterDelay->stop();
    m_referrerDelay->stop();
    m_list->clear();
    m_fileChoice->clear();
    m_files.clear();
    m_trail.clear();
    m_trailAt = -1;
    showTrail();
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
    m_fileChoice->setCurrentIndex(index);
    m_filterDelay->stop();
    const QSignalBlocker quiet(m_filter->edit());
    m_filter->setText(file ? file->filter().text : QString());
    m_type->clear();
    m_type->addItem(tr("All types"), QString());
    if (file && !file->isReading()) {
        const auto types = file->types();
        for (auto type = types.begin(); type != types.end(); ++type)
            m_type->addItem(u"%1 (%2)"_s.arg(type.key(), QLocale().toString(type.value())), type.key());
        m_type->setCurrentIndex(std::max(0, m_type->findData(file->filter().type)));
        m_table->setColumnHidden(FileModel::TypeColumn, types.size() < 2);
        m_type->setVisible(types.size() > 1);
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
    m_broken->setText(broken == 1 ? tr("1 bad line") : tr("%1 bad lines").arg(QLocale().toString(broken)));
    m_broken->setChecked(file && file->showsBroken());
    showTable();
    if (file == nullptr) {
        m_count->setContent({});
        Q_EMIT statusChanged({});
        return;
    }
    const QString lines = QLocale().toString(file->lines());
    const QString of = file->isBundle() ? tr("%1 of %2 entries") : tr("%1 of %2 lines");
    const QString all = file->isBundle() ? tr("%1 entries, %2") : tr("%1 lines, %2");
    QString counts = file->isFiltered()  ? of.arg(QLocale().toString(file->rowCount()), lines)
                     : file->isReading() ? tr("%1 lines so far").arg(lines)
                                         : all.arg(lines, sizeText(file->bytes()));
    if (file->isVerifying())
        counts += u", "_s + tr("looking for broken lines…");
    m_count->setContent(counts);
    Q_EMIT statusChanged(
        file->isReading() ? tr("Reading…")
                          : tr("Indexed %1 lines in %2 s").arg(lines).arg(std::max(0.01, file->seconds()), 0, 'f', 2));
}

void FilesView::showTable()
{
    const FileModel *file = current();
    const bool isEmpty = file != nullptr && !file->isReading() && file->rowCount() == 0;
    if (isEmpty && file->isFiltered())
        m_empty->setWords(Icon::Filter, tr("Nothing here matches the filter."), tr("Clear the filter"));
    else if (isEmpty)
        m_empty->setWords(Icon::FileText, tr("The file holds no resources."));
    m_tableStack->setCurrentIndex(isEmpty ? 1 : 0);
    if (isEmpty)
        m_resource->showNothing(tr("Choose a line to see its resource."));
}

void FilesView::showRow(int row)
{
    FileModel *file = current();
    m_referrerDelay->stop();
    if (file == nullptr || row < 0)
        return;
    if (!file->isLarge(row)) {
        showResource(row, file->resource(row));
        return;
    }
    m_resource->showNothing(tr("Reading %1…").arg(sizeText(file->bytesOf(row))));
    const qint64 line = file->lineOf(row);
    file->read(row, [this, file, line](const Result<Resource> &resource) {
        const int now = m_table->currentIndex().row();
        if (file == current() && now >= 0 && now < file->rowCount() && file->lineOf(now) == line)
            showResource(now, resource);
    });
}

void FilesView::showResource(int row, const Result<Resource> &resource)
{
    const FileModel *file = current();
    if (!resource) {
        const QString place = file->isBundle() ? tr("Entry %1: %2") : tr("Line %1: %2");
        m_resource->showNothing(place.arg(QLocale().toString(file->lineOf(row)), resource.error().message));
        return;
    }
    m_resource->setResource(*resource);
    const QString place = file->isBundle() ? tr("entry %1, %2 bytes") : tr("line %1, %2 bytes");
    m_resource->setDetail(place.arg(QLocale().toString(file->lineOf(row)), QLocale().toString(file->bytesOf(row))));
    m_resource->setPosition(row + 1, file->rowCount());
    m_referrerDelay->start();
}

void FilesView::save()
{
    const FileModel *file = current();
    if (file == nullptr)
        return;
    QList<int> rows;
    if (m_table->selectionModel() != nullptr) {
        for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
            rows.append(index.row());
    }
    std::ranges::sort(rows);
    if (rows.size() < 2)
        rows.clear(); // one is always chosen: all that is shown is meant then
    const QString type = !file->filter().type.isEmpty() ? file->filter().type
                         : file->types().size() == 1    ? file->types().firstKey()
                                                        : QString();
    Q_EMIT saveRequested(file->makeSource(rows), columnsFor(type));
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
    m_filterDelay->stop();
    if (FileModel *file = current())
        file->setFilter(m_type->currentData().toString(), m_filter->text());
}

void FilesView::follow(const QString &reference)
{
    const ReferenceTarget target = referenceTarget(reference, {});
    if (target.kind == ReferenceKind::Contained) {
        const Resource holder = m_resource->resource();
        if (const Resource contained = containedResource(holder, target.path); contained.document) {
            m_resource->setResource(contained, {{holder.type(), resourceTitle(holder.root), holder.path()}});
            m_resource->setDetail(tr("contained"));
        } else {
            Q_EMIT announced(tr("There is no contained resource %1.").arg(reference));
        }
        return;
    }
    if (current() != nullptr)
        followIn(static_cast<std::size_t>(m_list->currentRow()), reference);
}

void FilesView::followIn(std::size_t file, const QString &reference)
{
    const auto here = static_cast<std::size_t>(std::max(0, m_list->currentRow()));
    FileModel *model = m_files[file].get();
    model->find(reference, [this, model, file, here, reference](qint64 line) {
        const bool isOpen = file < m_files.size() && m_files[file].get() == model;
        if (!isOpen)
            return;
        if (line > 0) {
            const int row = m_table->currentIndex().row();
            if (const FileModel *from = current(); from != nullptr && row >= 0 && row < from->rowCount()) {
                m_trail.resize(m_trailAt + 1);
                m_trail.append({from->path(), from->lineOf(row)});
                m_trail.append({model->path(), line});
                m_trailAt = m_trail.size() - 1;
            }
            showLine(file, line);
            showTrail();
            return;
        }
        // The file itself first, then the others in their order: an export has a file for each type.
        for (std::size_t other = file == here ? 0 : file + 1; other < m_files.size(); ++other) {
            if (other != here && !m_files[other]->isReading()) {
                followIn(other, reference);
                return;
            }
        }
        Q_EMIT announced(m_files.size() > 1 ? tr("%1 is in none of the opened files.").arg(reference)
                                            : tr("%1 is not in this file.").arg(reference));
    });
}

void FilesView::showLine(std::size_t file, qint64 line)
{
    m_list->setCurrentRow(static_cast<int>(file));
    FileModel *model = m_files[file].get();
    int row = model->rowOfLine(line);
    if (row < 0 || model->lineOf(row) != line) { // filtered out: what is asked for goes before the filter
        model->showBroken(false);
        model->setFilter({}, {});
        showFile(static_cast<int>(file));
        row = model->rowOfLine(line);
    }
    if (row < 0)
        return;
    if (m_table->currentIndex().row() == row)
        showRow(row); // a contained resource stood in its place
    m_table->selectRow(row);
    m_table->scrollTo(m_table->currentIndex(), QAbstractItemView::PositionAtCenter);
}

void FilesView::walk(int by)
{
    const qsizetype to = m_trailAt + by;
    if (to < 0 || to >= m_trail.size())
        return;
    m_trailAt = to;
    const Stop stop = m_trail.at(to);
    for (std::size_t file = 0; file < m_files.size(); ++file) {
        if (m_files[file]->path() == stop.path)
            showLine(file, stop.line);
    }
    showTrail();
}

void FilesView::showTrail()
{
    m_back->setEnabled(m_trailAt > 0);
    m_forward->setEnabled(m_trailAt + 1 < m_trail.size());
}

void FilesView::openAttachment(const JsonValue &attachment)
{
    const AttachmentSource source = attachmentSource(attachment);
    if (!source.data.isEmpty()) {
        Q_EMIT attachmentArrived(attachmentContent(source, source.data, source.contentType));
        return;
    }
    FileModel *file = current();
    if (file == nullptr)
        return;
    file->find(source.url, [this, file, source](qint64 line) {
        const int row = line > 0 ? file->rowOfLine(line) : -1;
        const auto binary = row >= 0 && file->lineOf(row) == line ? file->resource(row) : Result<Resource>(cancelled());
        if (!binary || binary->type() != u"Binary") {
            Q_EMIT announced(tr("The attachment is not in the file: %1").arg(source.url));
            return;
        }
        const AttachmentSource content = attachmentSource(binary->root);
        Q_EMIT attachmentArrived(attachmentContent(source, content.data, content.contentType));
    });
}

void FilesView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool hasRoom = event->size().width() >= m_theme.scaled(widthForList);
    m_listPane->setVisible(hasRoom);
    m_name->setVisible(hasRoom);
    m_fileChoice->setVisible(!hasRoom);
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
