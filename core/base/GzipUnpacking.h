// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QFile>
#include <QTemporaryFile>

#include <memory>
#include <stop_token>

namespace credenza
{

/// Unpacks a gzip file (RFC 1952), one or several members, block by block into a nameless temporary file.
class GzipUnpacking
{
public:
    static constexpr qint64 blockSize = 1024 * 1024;

    /// Whether the file begins like gzip.
    [[nodiscard]] static bool isGzip(QFile &file);
    /// Takes the opened file. Errors: file.unreadable where no temporary file can be made.
    [[nodiscard]] static Result<std::unique_ptr<GzipUnpacking>> begin(std::unique_ptr<QFile> packed);
    ~GzipUnpacking();
    Q_DISABLE_COPY_MOVE(GzipUnpacking)

    /// Adds a block to `descriptor()`: as large as `blockSize`, the last one excepted.
    /// Errors: file.not-gzip, file.no-space, file.unreadable, cancelled; the file is no use any more then.
    [[nodiscard]] Result<void> unpackBlock(const std::stop_token &stop);
    [[nodiscard]] bool isAtEnd() const { return m_isAtEnd; }
    /// Bytes unpacked so far.
    [[nodiscard]] qint64 size() const { return m_size; }
    /// Bytes of the packed file, and how many of them are used up.
    [[nodiscard]] qint64 packedSize() const { return m_packed->size(); }
    [[nodiscard]] qint64 packedDone() const;
    /// Of the temporary file.
    [[nodiscard]] int descriptor() const { return m_plain->handle(); }

private:
    GzipUnpacking();
    class Inflater;
    [[nodiscard]] Result<void> fill(const std::stop_token &stop);
    [[nodiscard]] Failure notGzip() const;

    std::unique_ptr<QFile> m_packed;
    std::unique_ptr<QTemporaryFile> m_plain;
    std::unique_ptr<Inflater> m_inflater;
    QString m_folder;
    QByteArray m_input;
    QByteArray m_output;
    qint64 m_filled = 0; // of m_output
    qint64 m_size = 0;
    qint64 m_room = 0;
    bool m_isInMember = true;
    bool m_isAtEnd = false;
};

} // namespace credenza
