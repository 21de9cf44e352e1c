// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/FileModel.h"

#include "core/fhir/ReferenceTarget.h"
#include "ui/browse/ResultsModel.h"

#include <QLocale>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype keptSummaries = 4096;
constexpr std::uint32_t quickSummary = 24 * 1024;  // of a line: a longer one is read elsewhere
constexpr std::uint32_t quickSummaries = 64 * 1024; // of all lines of one turn of the event loop
constexpr std::uint32_t quickRead = 512 * 1024;   // for one resource to look at
constexpr std::uint32_t largestSummary = 16 * 1024 * 1024;
constexpr qsizetype mostBroken = 10'000;
constexpr std::size_t mostReferrers = 12;

} // namespace

FileModel::FileModel(const QString &path, QObject *parent)
    : QAbstractTableModel(parent), m_path(path), m_entries(std::make_shared<std::vector<FileEntry>>()),
      m_summaries(keptSummaries), m_later(new QTimer(this))
{
    m_later->setSingleShot(true);
    m_later->setInterval(0);
    connect(m_later, &QTimer::timeout, this, &FileModel::summarizeWaiting);
}

void FileModel::open()
{
    m_reading = true;
    m_opened.start();
    struct Indexed {
        double seconds = 0;
    };
    m_indexing = runInBackground<Indexed>(
        this,
        [this, path = m_path](std::stop_token stop) -> Result<Indexed> {
            const auto file = TRY(ResourceFile::open(path, stop));
            QMetaObject::invokeMethod(this, [this, file] { m_file = file; });
            const auto begun = std::chrono::steady_clock::now();
            TRY(file->index(stop, [this](std::vector<FileEntry> entries, qint64 bytesDone) {
                auto batch = std::make_shared<const std::vector<FileEntry>>(std::move(entries));
                QMetaObject::invokeMethod(this, [this, batch, bytesDone] { takeBatch(*batch, bytesDone); });
            }));
            return Indexed{std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
        },
        [this](const Result<Indexed> &result) {
            m_reading = false;
            if (!result && m_entries->empty()) {
                Q_EMIT failed(result.error());
                return;
            }
            // Of a damaged gzip file, what came before the damage is shown.
            m_seconds = result ? result->seconds : 0;
            Q_EMIT indexed(m_seconds);
            if (!result)
                Q_EMIT failed(result.error());
            applyFilter(); // what was asked for meanwhile
            makeIndex();
            verify();
        });
}

void FileModel::takeBatch(const std::vector<FileEntry> &entries, qint64 bytesDone)
{
    if (entries.empty())
        return;
    const auto first = static_cast<int>(m_entries->size());
    if (m_entries->empty())
        m_firstRows = m_opened.elapsed();
    if (!m_rows)
        beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    for (const FileEntry &entry : entries)
        m_counts[entry.type]++;
    appendEntries(*m_entries, entries, bytesDone, bytes());
    if (!m_rows)
        endInsertRows();
    Q_EMIT progressed(bytesDone);
}

void FileModel::makeIndex()
{
    m_indexMaking = runInBackground<EntryIndex>(
        this,
        [file = m_file, entries = m_entries](const std::stop_token &stop) {
            return EntryIndex::make(*file, *entries, stop);
        },
        [this](Result<EntryIndex> index) {
            if (index)
                m_index = std::make_shared<const EntryIndex>(std::move(*index));
        });
}

void FileModel::verify()
{
    using Problems = QMap<qint64, QString>;
    m_isVerifying = true;
    m_verifying = runInBackground<Problems>(
        this,
        [file = m_file, entries = m_entries](std::stop_token stop) -> Result<Problems> {
            Problems problems;
            TRY(file->verify(*entries, std::move(stop), [&problems](qsizetype entry, const QString &problem) {
                if (problems.size() < mostBroken)
                    problems.insert(entry, problem);
            }));
            return problems;
        },
        [this](const Result<Problems> &problems) {
            m_isVerifying = false;
            if (!problems)
                return;
            m_broken = *problems;
            m_summaries.clear();
            if (rowCount() > 0)
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
            Q_EMIT progressed(bytes());
        });
}

QMap<QString, qint64> FileModel::types() const
{
    QMap<QString, qint64> types;
    for (auto count = m_counts.begin(); count != m_counts.end(); ++count) {
        FileEntry entry;
        entry.type = count.key();
        if (const QString name = m_file->type(entry); !name.isEmpty())
            types[name] += count.value();
    }
    return types;
}

void FileModel::setFilter(const QString &type, const QString &text)
{
    const EntryFilter filter{type, text};
    if (filter == m_filter && !m_showsBroken)
        return;
    m_showsBroken = false;
    m_filter = filter;
    m_filtering.cancel();
    if (!m_reading)
        applyFilter();
}

void FileModel::applyFilter()
{
    if (m_filter == EntryFilter{} || !m_file) {
        if (m_rows)
            setRows({});
        return;
    }
    m_filtering.replace(runInBackground<std::vector<quint32>>(
        this,
        [file = m_file, entries = m_entries, filter = m_filter](const std::stop_token &stop) {
            return matchingEntries(*file, *entries, filter, stop);
        },
        [this, filter = m_filter](Result<std::vector<quint32>> rows) {
            if (rows && filter == m_filter && !m_showsBroken)
                setRows(std::move(*rows));
        }));
}

void FileModel::showBroken(bool only)
{
    if (only == m_showsBroken)
        return;
    m_showsBroken = only;
    m_filtering.cancel();
    if (!only) {
        applyFilter();
        return;
    }
    std::vector<quint32> rows;
    for (const qint64 entry : m_broken.keys())
        rows.push_back(static_cast<quint32>(entry));
    setRows(std::move(rows));
}

void FileModel::setRows(std::optional<std::vector<quint32>> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

qint64 FileModel::entryOf(int row) const
{
    return m_rows ? (*m_rows)[static_cast<std::size_t>(row)] : row;
}

const FileEntry &FileModel::placeOf(int row) const
{
    return (*m_entries)[static_cast<std::size_t>(entryOf(row))];
}

int FileModel::rowOfLine(qint64 line) const
{
    if (!m_rows)
        return line >= 1 && line <= lines() ? static_cast<int>(line - 1) : -1;
    const auto found = std::ranges::lower_bound(*m_rows, static_cast<quint32>(std::max<qint64>(0, line - 1)));
    return found == m_rows->end() ? -1 : static_cast<int>(found - m_rows->begin());
}

int FileModel::rowOf(const QString &path) const
{
    if (!m_index)
        return -1;
    const qsizetype entry = m_index->find(*m_file, *m_entries, path.section(u'/', 0, 0), path.section(u'/', 1, 1));
    const int row = entry < 0 ? -1 : rowOfLine(entry + 1);
    return row >= 0 && entryOf(row) == entry ? row : -1;
}

void FileModel::find(const QString &reference, std::function<void(qint64)> done)
{
    if (!m_index) {
        done(0);
        return;
    }
    const ReferenceTarget target = referenceTarget(reference, {});
    const qsizetype known =
        target.kind == ReferenceKind::SameServer
            ? m_index->find(*m_file, *m_entries, target.path.section(u'/', 0, 0), target.path.section(u'/', 1, 1))
            : -1;
    if (known >= 0) {
        done(known + 1);
        return;
    }
    m_looking.add(runInBackground<qsizetype>(
        this,
        [file = m_file, entries = m_entries, index = m_index, reference](const std::stop_token &stop) {
            return findReferenced(*file, *entries, *index, reference, stop);
        },
        [done = std::move(done)](const Result<qsizetype> &entry) {
            if (entry)
                done(*entry + 1);
        }));
}

void FileModel::findReferrers(const Resource &resource, std::function<void(QList<Referrer>)> done)
{
    m_looking.cancel();
    const quint64 number = ++m_searches;
    if (!m_file || m_reading)
        return;
    m_looking.add(runInBackground<QList<Referrer>>(
        this,
        [file = m_file, entries = m_entries, type = resource.type(),
         id = resource.id()](const std::stop_token &stop) -> Result<QList<Referrer>> {
            QList<Referrer> found;
            const auto places = TRY(referringEntries(*file, *entries, type, id, mostReferrers, stop));
            for (const qsizetype place : places) {
                const FileEntry &entry = (*entries)[static_cast<std::size_t>(place)];
                const auto other = entry.length <= largestSummary ? file->read(entry) : Result<Resource>(cancelled());
                if (other)
                    found.append({other->type(), summaryLine(*other), other->path(), place + 1});
            }
            return found;
        },
        [this, number, done = std::move(done)](const Result<QList<Referrer>> &found) {
            if (found && number == m_searches)
                done(*found);
        }));
}

qint64 FileModel::bytesOf(int row) const
{
    return placeOf(row).length;
}

Result<Resource> FileModel::resource(int row) const
{
    return m_file->read(placeOf(row));
}

bool FileModel::isLarge(int row) const
{
    return placeOf(row).length > quickRead;
}

void FileModel::read(int row, std::function<void(Result<Resource>)> done)
{
    const quint64 number = ++m_reads;
    m_readers.replace(runInBackground<Resource>(
        this, [file = m_file, entry = placeOf(row)](const std::stop_token &) { return file->read(entry); },
        [this, number, done = std::move(done)](Result<Resource> resource) {
            if (number == m_reads)
                done(std::move(resource));
        }));
}

ResourceSource FileModel::makeSource(const QList<int> &rows) const
{
    std::optional<std::vector<quint32>> wanted = m_rows;
    if (!rows.isEmpty()) {
        wanted.emplace();
        for (const int row : rows)
            wanted->push_back(static_cast<quint32>(entryOf(row)));
    }
    return [file = m_file, entries = m_entries, wanted = std::move(wanted),
            at = std::size_t(0)]() mutable -> Result<std::optional<Resource>> {
        const std::size_t count = wanted ? wanted->size() : entries->size();
        while (at < count) {
            const FileEntry &entry = (*entries)[wanted ? (*wanted)[at] : at];
            ++at;
            if (auto resource = file->read(entry))
                return std::optional(std::move(*resource));
        }
        return std::nullopt;
    };
}

int FileModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return static_cast<int>(m_rows ? m_rows->size() : m_entries->size());
}

int FileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FileModel::summaryOf(int row) const
{
    const qint64 entry = entryOf(row);
    if (const QString *known = m_summaries.object(entry))
        return *known;
    const FileEntry &place = placeOf(row);
    QString summary;
    if (m_broken.contains(entry)) {
        summary = m_broken.value(entry);
    } else if (place.length > largestSummary) {
        summary = tr("%1, too large for a summary here").arg(QLocale().formattedDataSize(place.length));
    } else if (place.length > quickSummary || m_summarized + place.length > quickSummaries) {
        m_waiting.insert(entry, place);
        m_later->start();
        return u"…"_s;
    } else if (place.type != BlankEntry) {
        m_summarized += place.length;
        m_later->start();
        const auto resource = m_file->read(place);
        summary = resource ? summaryLine(*resource) : resource.error().message;
    }
    m_summaries.insert(entry, new QString(summary));
    return summary;
}

void FileModel::summarizeWaiting()
{
    m_summarized = 0; // the turn is over
    if (m_isSummarizing || m_waiting.isEmpty())
        return;
    m_isSummarizing = true;
    using Summaries = QMap<qint64, QString>;
    m_summarizing.add(runInBackground<Summaries>(
        this,
        [file = m_file, wanted = std::exchange(m_waiting, {})](const std::stop_token &stop) -> Result<Summaries> {
            Summaries summaries;
            for (auto entry = wanted.begin(); entry != wanted.end(); ++entry) {
                if (stop.stop_requested())
                    return cancelled();
                const auto resource = file->read(entry.value());
                summaries.insert(entry.key(), resource ? summaryLine(*resource) : resource.error().message);
            }
            return summaries;
        },
        [this](const Result<Summaries> &summaries) {
            m_isSummarizing = false;
            if (!summaries)
                return;
            for (auto summary = summaries->begin(); summary != summaries->end(); ++summary) {
                m_summaries.insert(summary.key(), new QString(summary.value()));
                if (const int row = rowOfLine(summary.key() + 1); row >= 0)
                    Q_EMIT dataChanged(index(row, SummaryColumn), index(row, SummaryColumn));
            }
            summarizeWaiting();
        }));
}

QVariant FileModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const qint64 entry = entryOf(index.row());
    const FileEntry &place = placeOf(index.row());
    const bool isBroken = place.type == BrokenEntry || m_broken.contains(entry);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        switch (index.column()) {
        case LineColumn:
            return QLocale().toString(entry + 1);
        case TypeColumn:
            return m_file->type(place);
        case IdColumn:
            return m_file->id(place);
        default:
            return summaryOf(index.row());
        }
    case Qt::AccessibleDescriptionRole:
        return isBroken ? tr("broken") : QVariant();
    case ResultsModel::KindRole:
        return static_cast<int>(index.column() == SummaryColumn ? ColumnKind::Text
                                : index.column() == TypeColumn  ? ColumnKind::Quiet
                                                                : ColumnKind::Number);
    case ResultsModel::ErrorRole:
        return index.column() == SummaryColumn && isBroken;
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignVCenter | (index.column() == LineColumn ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant FileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignVCenter | (section == LineColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case LineColumn:
        return isBundle() ? tr("Entry") : tr("Line");
    case TypeColumn:
        return tr("Type");
    case IdColumn:
        return u"id"_s;
    default:
        return tr("Summary");
    }
}

} // namespace credenza
