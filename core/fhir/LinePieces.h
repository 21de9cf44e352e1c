// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/MappedFile.h"
#include "core/fhir/LineScan.h"

#include <functional>
#include <optional>
#include <vector>

namespace credenza
{

/// Some whole lines of a file: [begin, end).
struct LinePiece {
    const char *begin = nullptr;
    const char *end = nullptr;
};

/// A file in pieces of whole lines, small ones first, so that something can be shown at once; a gzip file is unpacked
/// as far as the next piece needs.
class LinePieces
{
public:
    /// `file` must outlive it.
    explicit LinePieces(MappedFile &file) : m_file(file) {}
    /// The next piece, or nothing at the end. Errors: those of MappedFile::unpackTo(), after the last good piece.
    [[nodiscard]] Result<std::optional<LinePiece>> next(const std::stop_token &stop);

private:
    MappedFile &m_file;
    std::optional<Error> m_damage;
    qsizetype m_from = 0;
    qsizetype m_size = 256 * 1024;
};

/// Scans all pieces on all processors, and hands on what was found in the order of the file, on the calling thread.
/// `scan` is called by several threads at once. Errors: those of LinePieces::next(), cancelled.
[[nodiscard]] Result<void> scanPieces(MappedFile &file, const std::stop_token &stop,
                                      const std::function<std::vector<FileEntry>(LinePiece)> &scan,
                                      const std::function<void(std::vector<FileEntry>, qint64 bytesDone)> &found);

} // namespace credenza
