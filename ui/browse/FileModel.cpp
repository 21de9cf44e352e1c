// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/FileModel.h"

#include "ui/browse/ResultsModel.h"

#include <QLocale>

#include <algorithm>
#include <chrono>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qsizetype keptSummaries = 4096;
constexpr std::uint32_t largestSummary = 4 * 1024 * 1024; // of a line: a longer one would stop the scrolling
constexpr qsizetype mostBroken = 10'000;

} // namespace

FileModel::FileModel(const QString &path, QObject *parent)
    : QAbstractTableModel(parent), m_path(path), m_entries(std::make_shared<std::vector<FileEntry>>()),
      m_summaries(keptSummaries)
{
}

void FileModel::open()
{
    m_reading = true;
    struct Indexed {
        double seconds = 0;
    };
    m_indexing = runInBackground<Indexed>(
        this,
        [this, path = m_path](std::stop_token stop) -> Result<Indexed> {
            const auto begun = std::chrono::steady_clock::now();
            const auto file = TRY(ResourceFile::open(path, stop));
            QMetaObject::invokeMethod(this, [this, file] { m_file = file; });
            TRY(file->index(stop, [this](std::vector<FileEntry> entries, qint64 bytesDone) {
                auto batch = std::make_shared<std::vector<FileEntry>>(std::move(entries));
                QMetaObject::invokeMethod(this, [this, batch, bytesDone] { takeBatch(std::move(*batch), bytesDone); });
            }));
            return Indexed{std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count()};
        },
        [this](const Result<Indexed> &result) {
            m_reading = false;
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            Q_EMIT indexed(result->seconds);
            verify();
        });
}

void FileModel::takeBatch(std::vector<FileEntry> entries, qint64 bytesDone)
{
    if (entries.empty())
        return;
    const auto first = static_cast<int>(m_entries->size());
    if (!m_rows)
        beginInsertRows({}, first, first + static_cast<int>(entries.size()) - 1);
    for (const FileEntry &entry : entries)
        m_counts[entry.type]++;
    m_entries->insert(m_entries->end(), entries.begin(), entries.end());
    if (!m_rows)
        endInsertRows();
    Q_EMIT progressed(bytesDone);
}

void FileModel::verify()
{
    using Problems = QMap<qint64, QString>;
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
    m_filtering.cancel();
    if (type.isEmpty() && text.isEmpty()) {
        beginResetModel();
        m_rows.reset();
        endResetModel();
        return;
    }
    if (m_reading || !m_file)
        return;
    m_filtering = runInBackground<std::vector<quint32>>(
        this,
        [file = m_file, entries = m_entries, type,
         needle = text.toUtf8()](std::stop_token stop) -> Result<std::vector<quint32>> {
            std::vector<quint32> rows;
            for (std::size_t at = 0; at < entries->size(); ++at) {
                if (at % 1024 == 0 && stop.stop_requested())
                    return cancelled();
                const FileEntry &entry = (*entries)[at];
                if (!type.isEmpty() && file->type(entry) != type)
                    continue;
                if (needle.isEmpty() || file->holds(entry, needle))
                    rows.push_back(static_cast<quint32>(at));
            }
            return rows;
        },
        [this](Result<std::vector<quint32>> rows) {
            if (!rows)
                return;
            beginResetModel();
            m_rows = std::move(*rows);
            endResetModel();
        });
}

qint64 FileModel::entryOf(int row) const
{
    return m_rows ? (*m_rows)[static_cast<std::size_t>(row)] : row;
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
    if (!m_file)
        return -1;
    const qsizetype entry = m_file->find(*m_entries, path);
    const int row = entry < 0 ? -1 : rowOfLine(entry + 1);
    return row >= 0 && entryOf(row) == entry ? row : -1;
}

qint64 FileModel::bytesOf(int row) const
{
    return (*m_entries)[static_cast<std::size_t>(entryOf(row))].length;
}

Result<Resource> FileModel::resource(int row) const
{
    return m_file->read((*m_entries)[static_cast<std::size_t>(entryOf(row))]);
}

ResourceSource FileModel::makeSource() const
{
    return [file = m_file, entries = m_entries, rows = m_rows,
            at = std::size_t(0)]() mutable -> Result<std::optional<Resource>> {
        const std::size_t count = rows ? rows->size() : entries->size();
        while (at < count) {
            const FileEntry &entry = (*entries)[rows ? (*rows)[at] : at];
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

QString FileModel::summaryOf(qint64 entry) const
{
    if (const QString *known = m_summaries.object(entry))
        return *known;
    const FileEntry &place = (*m_entries)[static_cast<std::size_t>(entry)];
    QString summary;
    if (m_broken.contains(entry)) {
        summary = m_broken.value(entry);
    } else if (place.length > largestSummary) {
        summary = tr("%1, too large for a summary here").arg(QLocale().formattedDataSize(place.length));
    } else if (place.type != BlankEntry) {
        const auto resource = m_file->read(place);
        summary = resource ? summaryLine(*resource) : resource.error().message;
    }
    m_summaries.insert(entry, new QString(summary));
    return summary;
}

QVariant FileModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const qint64 entry = entryOf(index.row());
    const FileEntry &place = (*m_entries)[static_cast<std::size_t>(entry)];
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
            return summaryOf(entry);
        }
    case ResultsModel::KindRole:
        return static_cast<int>(index.column() == SummaryColumn ? ColumnKind::Text
                                : index.column() == TypeColumn  ? ColumnKind::Quiet
                                                                : ColumnKind::Number);
    case ResultsModel::ErrorRole:
        return index.column() == SummaryColumn && (place.type == BrokenEntry || m_broken.contains(entry));
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
        return tr("Line");
    case TypeColumn:
        return tr("Type");
    case IdColumn:
        return u"id"_s;
    default:
        return tr("Summary");
    }
}

} // namespace credenza
