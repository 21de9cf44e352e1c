// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>

#include <atomic>
#include <memory>
#include <stop_token>

namespace credenza
{

class GzipUnpacking;

/// A whole file as read-only memory, with at least `padding` readable bytes behind its end, as SIMD readers need. A
/// gzip file (RFC 1952) is unpacked to a nameless temporary file that only this process can read and that goes with it:
/// as far as it is wanted, so that its beginning can be looked at while the rest is still packed. Share it:
/// `contents()` is valid as long as the object is, and never moves.
class MappedFile
{
public:
    static constexpr qsizetype padding = 256;

    /// Maps a plain file; of a gzip file nothing is unpacked yet.
    /// Errors: file.not-found (NotFound), file.unreadable (Failed).
    [[nodiscard]] static Result<std::shared_ptr<MappedFile>> open(const QString &path);
    ~MappedFile();
    Q_DISABLE_COPY_MOVE(MappedFile)

    /// Unpacks until `bytes` are there, or the end. Call it on one thread at a time; others may read what is there.
    /// Errors: file.not-gzip, file.no-space, file.unreadable (Failed), cancelled. What came before an error stays.
    [[nodiscard]] Result<void> unpackTo(qsizetype bytes, const std::stop_token &stop);

    /// What is there so far; all of a plain file. From any thread.
    [[nodiscard]] QByteArrayView contents() const { return {m_data, m_size.load(std::memory_order_acquire)}; }
    /// Whether `contents()` is all there is.
    [[nodiscard]] bool isComplete() const { return m_isComplete.load(std::memory_order_acquire); }
    /// How large it will be, by what is unpacked so far; exact once complete. From any thread.
    [[nodiscard]] qint64 expectedSize() const { return m_expectedSize.load(std::memory_order_acquire); }
    /// As the person named it.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool wasCompressed() const { return m_wasCompressed; }

private:
    MappedFile();
    [[nodiscard]] Result<void> reserve(qint64 size);
    [[nodiscard]] Result<void> map(int descriptor, qint64 from, qint64 size);

    QString m_path;
    const char *m_data = nullptr;
    std::atomic<qsizetype> m_size = 0;
    std::atomic<qint64> m_expectedSize = 0;
    std::atomic<bool> m_isComplete = false;
    std::unique_ptr<GzipUnpacking> m_unpacking; // until it is complete
    void *m_reserved = nullptr;
    std::size_t m_reservedSize = 0;
    bool m_wasCompressed = false;
};

} // namespace credenza
