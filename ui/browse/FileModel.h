// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/fhir/ResourceFile.h"
#include "core/fhir/ResourceWriter.h"

#include <QAbstractTableModel>
#include <QCache>

#include <optional>

namespace credenza
{

/// One opened file as a table of line, type, id and summary. Indexed in the background, rows appear as they are found;
/// afterwards it is verified to the last byte. A row is parsed when it is looked at.
class FileModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { LineColumn, TypeColumn, IdColumn, SummaryColumn, ColumnCount };

    explicit FileModel(const QString &path, QObject *parent = nullptr);

    /// Begins to read; started() or failed() follows.
    void open();
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool isReading() const { return m_reading; }
    [[nodiscard]] qint64 bytes() const { return m_file ? m_file->size() : 0; }
    [[nodiscard]] qint64 lines() const { return m_entries ? std::ssize(*m_entries) : 0; }
    /// The types found with their numbers of resources, of the whole file.
    [[nodiscard]] QMap<QString, qint64> types() const;
    [[nodiscard]] const QMap<qint64, QString> &broken() const { return m_broken; }
    /// Shows only entries of a type (empty: all) whose text holds `text`. Works in the background.
    void setFilter(const QString &type, const QString &text);
    [[nodiscard]] bool isFiltered() const { return m_rows.has_value(); }
    /// The row that shows a line from 1 on, or the next one shown after it; -1 if there is none.
    [[nodiscard]] int rowOfLine(qint64 line) const;
    /// The row of "Type/id"; -1 if it is not in the file or not shown.
    [[nodiscard]] int rowOf(const QString &path) const;
    [[nodiscard]] qint64 lineOf(int row) const { return entryOf(row) + 1; }
    [[nodiscard]] qint64 bytesOf(int row) const;
    [[nodiscard]] Result<Resource> resource(int row) const;
    /// Resources of the rows shown, for saving on a worker thread.
    [[nodiscard]] ResourceSource makeSource() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// More is known: lines, types, broken lines.
    void progressed(qint64 bytesDone);
    /// All lines are known; verifying goes on.
    void indexed(double seconds);
    void failed(const credenza::Error &error);

private:
    using Entries = std::shared_ptr<std::vector<FileEntry>>;
    void takeBatch(std::vector<FileEntry> entries, qint64 bytesDone);
    void verify();
    [[nodiscard]] qint64 entryOf(int row) const;
    [[nodiscard]] QString summaryOf(qint64 entry) const;

    QString m_path;
    std::shared_ptr<ResourceFile> m_file;
    Entries m_entries; // grows on this thread until all is indexed, then read by others too
    QMap<std::uint16_t, qint64> m_counts;
    std::optional<std::vector<quint32>> m_rows;
    QMap<qint64, QString> m_broken;
    mutable QCache<qint64, QString> m_summaries;
    bool m_reading = false;
    BackgroundJob m_filtering;
    BackgroundJob m_verifying;
    BackgroundJob m_indexing; // the jobs last: they end before what they touch
};

} // namespace credenza
