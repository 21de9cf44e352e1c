// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/RunningJobs.h"
#include "core/fhir/FileSearch.h"
#include "core/fhir/ResourceWriter.h"

#include <QAbstractTableModel>
#include <QCache>
#include <QElapsedTimer>

#include <optional>

class QTimer;

namespace credenza
{

/// One opened file as a table of line, type, id and summary. Indexed in the background, rows appear as they are found;
/// afterwards it is verified to the last byte. A row is parsed when it is looked at, a large one in the background.
class FileModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LineColumn, TypeColumn, IdColumn, SummaryColumn, ColumnCount };

    explicit FileModel(const QString &path, QObject *parent = nullptr);

    /// Begins to read; indexed() or failed() follows.
    void open();
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    /// Whether lines are read to their end, to find what is broken in them.
    [[nodiscard]] bool isVerifying() const { return m_isVerifying; }
    [[nodiscard]] bool isBundle() const { return m_file && m_file->shape() != FileShape::Lines; }
    [[nodiscard]] qint64 bytes() const { return m_file ? m_file->size() : 0; }
    [[nodiscard]] qint64 lines() const { return std::ssize(*m_entries); }
    /// How long the index took.
    [[nodiscard]] double seconds() const { return m_seconds; }
    /// Milliseconds from open() to the first rows; below 0 as long as there are none.
    [[nodiscard]] qint64 firstRowsAfter() const { return m_firstRows; }
    /// The types found with their numbers of resources, of the whole file.
    [[nodiscard]] QMap<QString, qint64> types() const;
    /// What is wrong with which entry (from 0).
    [[nodiscard]] const QMap<qint64, QString> &broken() const { return m_broken; }
    /// Shows only entries that pass; see EntryFilter. Works in the background, and waits for the index.
    void setFilter(const QString &type, const QString &text);
    [[nodiscard]] const EntryFilter &filter() const { return m_filter; }
    /// Shows the broken entries alone; a filter ends that, and so does saying false.
    void showBroken(bool only);
    [[nodiscard]] bool showsBroken() const { return m_showsBroken; }
    [[nodiscard]] bool isFiltered() const { return m_rows.has_value(); }
    /// The row that shows a line from 1 on, or the next one shown after it; -1 if there is none.
    [[nodiscard]] int rowOfLine(qint64 line) const;
    /// The row of "Type/id"; -1 if it is not in the file, not shown, or not known yet.
    [[nodiscard]] int rowOf(const QString &path) const;
    /// The line a reference leads to, from 1 on; 0 if there is none. At once where the index knows it, later where the
    /// file has to be looked through.
    void find(const QString &reference, std::function<void(qint64 line)> done);
    [[nodiscard]] qint64 lineOf(int row) const { return entryOf(row) + 1; }
    [[nodiscard]] qint64 bytesOf(int row) const;
    [[nodiscard]] Result<Resource> resource(int row) const;
    /// Whether reading a row may take longer than a frame lasts: then use read().
    [[nodiscard]] bool isLarge(int row) const;
    /// Reads a row in the background. Another read() makes that of before be forgotten.
    void read(int row, std::function<void(Result<Resource>)> done);
    /// An entry that refers to another.
    struct Referrer {
        QString type;
        QString title;
        QString path;
        qint64 line = 0;
    };
    /// Looks through the whole file for what refers to a resource: a few, in order. Another call makes that of before
    /// be forgotten.
    void findReferrers(const Resource &resource, std::function<void(QList<Referrer>)> done);
    /// Resources of the rows shown, or of these, for saving on a worker thread.
    [[nodiscard]] ResourceSource makeSource(const QList<int> &rows = {}) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// More is known: lines, types, broken lines.
    void progressed(qint64 bytesDone);
    /// All lines are known; verifying goes on. failed() may follow, where a gzip file is damaged further on.
    void indexed(double seconds);
    void failed(const credenza::Error &error);

private:
    using Entries = std::shared_ptr<std::vector<FileEntry>>;
    void takeBatch(const std::vector<FileEntry> &entries, qint64 bytesDone);
    void makeIndex();
    void verify();
    void applyFilter();
    void setRows(std::optional<std::vector<quint32>> rows);
    [[nodiscard]] qint64 entryOf(int row) const;
    [[nodiscard]] const FileEntry &placeOf(int row) const;
    [[nodiscard]] QString summaryOf(int row) const;
    void summarizeWaiting();

    QString m_path;
    std::shared_ptr<ResourceFile> m_file;
    Entries m_entries; // grows on this thread until all is indexed, then read by others too
    std::shared_ptr<const EntryIndex> m_index;
    QMap<std::uint16_t, qint64> m_counts;
    EntryFilter m_filter;
    std::optional<std::vector<quint32>> m_rows;
    QMap<qint64, QString> m_broken;
    mutable QCache<qint64, QString> m_summaries;
    mutable QMap<qint64, FileEntry> m_waiting; // whose summaries are wanted, and made elsewhere
    QTimer *m_later;
    double m_seconds = 0;
    QElapsedTimer m_opened;
    qint64 m_firstRows = -1;
    mutable std::uint32_t m_summarized = 0; // bytes, in this turn of the event loop
    quint64 m_reads = 0;
    quint64 m_searches = 0;
    bool m_reading = false;
    bool m_isVerifying = false;
    bool m_showsBroken = false;
    bool m_isSummarizing = false;
    RunningJobs m_filtering;
    RunningJobs m_looking;
    RunningJobs m_readers;
    RunningJobs m_summarizing;
    BackgroundJob m_indexMaking;
    BackgroundJob m_verifying;
    BackgroundJob m_indexing; // the jobs last: they end before what they touch
};

} // namespace credenza
