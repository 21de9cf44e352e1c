// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/MappedFile.h"
#include "core/fhir/LineScan.h"
#include "core/fhir/ResourceSummary.h"

#include <QMap>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace credenza
{

/// What a file of FHIR data is.
enum class FileShape : std::uint8_t { Lines, Bundle, Single };

/// A local file of FHIR data of any size, read in place: NDJSON, a Bundle or one resource, plain or gzip. The index
/// has 24 bytes for each line or entry. A gzip file is unpacked while it is indexed.
class ResourceFile
{
public:
    /// Hears of entries in their order in the file, on the thread that indexes. Row n of an NDJSON file is its line
    /// n + 1: empty lines have entries too.
    using Batch = std::function<void(std::vector<FileEntry> entries, qint64 bytesDone)>;

    /// Maps the file and finds out its shape. Errors: those of MappedFile::open() and unpackTo().
    [[nodiscard]] static Result<std::shared_ptr<ResourceFile>> open(const QString &path, std::stop_token stop);

    /// From any thread; known for certain once all is indexed.
    [[nodiscard]] FileShape shape() const { return m_shape; }
    [[nodiscard]] const MappedFile &file() const { return *m_file; }
    /// Bytes of the text, unpacked; an estimate while it is being unpacked.
    [[nodiscard]] qint64 size() const { return m_file->expectedSize(); }

    /// Finds all entries, on all processors; the first ones come after a quarter of a megabyte. Only what it takes to
    /// find type and id is looked at: verify() tells what is broken further in.
    /// Errors: cancelled, and those of MappedFile::unpackTo(): what was found before stays good then.
    [[nodiscard]] Result<void> index(std::stop_token stop, const Batch &batch);

    /// The number of a broken entry (its place in `entries`), and why.
    using Broken = std::function<void(qsizetype entry, const QString &problem)>;
    /// Reads every entry to its end and reports those that are no JSON. Errors: cancelled.
    [[nodiscard]] Result<void> verify(const std::vector<FileEntry> &entries, std::stop_token stop,
                                      const Broken &broken) const;

    [[nodiscard]] QByteArrayView text(const FileEntry &entry) const;
    [[nodiscard]] QString id(const FileEntry &entry) const;
    /// Empty for blank and broken entries.
    [[nodiscard]] QString type(const FileEntry &entry) const;
    /// Parses one entry. Errors: those of parseResource(), file.entry-too-large.
    [[nodiscard]] Result<Resource> read(const FileEntry &entry) const;
    /// The first entry of "Type/id"; -1 if there is none.
    [[nodiscard]] qsizetype find(const std::vector<FileEntry> &entries, const QString &path) const;
    /// Whether the entry's text holds `needle`, byte for byte.
    [[nodiscard]] bool holds(const FileEntry &entry, QByteArrayView needle) const;

private:
    ResourceFile() = default;
    class Collector;
    /// Errors: those of MappedFile::unpackTo().
    [[nodiscard]] Result<void> findShape(const std::stop_token &stop);
    [[nodiscard]] std::optional<FileShape> shapeOfStart(qsizetype most) const;
    [[nodiscard]] std::uint16_t numberOf(QByteArrayView typeName);
    [[nodiscard]] Result<void> indexLines(const std::stop_token &stop, const Batch &batch);
    [[nodiscard]] Result<void> indexBundle(const std::stop_token &stop, const Batch &batch);
    void indexSingle(const Batch &batch);

    std::shared_ptr<MappedFile> m_file;
    std::atomic<FileShape> m_shape = FileShape::Lines;
    mutable std::mutex m_typesMutex; // types are numbered by several threads at once
    QMap<QByteArray, std::uint16_t> m_numbers;
    std::vector<QString> m_types;
};

/// What a file holds, for `file stat`.
struct FileStatistics {
    FileShape shape = FileShape::Lines;
    bool wasCompressed = false;
    qint64 bytes = 0; ///< unpacked
    qint64 lines = 0; ///< or entries
    qint64 resources = 0;
    QMap<QString, qint64> types;
    struct BrokenLine {
        qint64 line = 0; ///< from 1
        qint64 offset = 0;
        QString problem;
    };
    QList<BrokenLine> broken; ///< at most 1000 of them
    qint64 brokenCount = 0;
};

/// Indexes and verifies the whole file. Errors: those of ResourceFile::open(), cancelled.
[[nodiscard]] Result<FileStatistics> fileStatistics(const QString &path, std::stop_token stop);

} // namespace credenza
