// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QByteArrayView>

#include <memory>
#include <stop_token>

namespace credenza
{

/// A whole file as read-only memory, with at least `padding` readable bytes behind its end, as SIMD readers need. A
/// gzip file (RFC 1952) is unpacked first, to a nameless temporary file that only this process can read and that goes
/// with it. Share it: `contents()` is valid as long as the object is.
class MappedFile
{
public:
    static constexpr std::size_t padding = 256;

    /// Errors: file.not-found (NotFound), file.unreadable, file.not-gzip, file.no-space (Failed), cancelled.
    [[nodiscard]] static Result<std::shared_ptr<const MappedFile>> open(const QString &path, std::stop_token stop);
    ~MappedFile();
    Q_DISABLE_COPY_MOVE(MappedFile)

    [[nodiscard]] QByteArrayView contents() const { return {m_data, m_size}; }
    /// As the person named it.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] bool wasCompressed() const { return m_wasCompressed; }

private:
    MappedFile() = default;
    [[nodiscard]] Result<void> map(int descriptor, qint64 size);

    QString m_path;
    const char *m_data = nullptr;
    qsizetype m_size = 0;
    void *m_reserved = nullptr;
    std::size_t m_reservedSize = 0;
    bool m_wasCompressed = false;
};

} // namespace credenza
