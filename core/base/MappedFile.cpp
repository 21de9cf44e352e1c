// SPDX-License-Identifier: Apache-2.0
#include "core/base/MappedFile.h"

#include "core/base/GzipUnpacking.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <sys/mman.h>
#include <unistd.h>

namespace credenza
{

namespace
{

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

Failure unreadable(const QString &path, const QString &why)
{
    return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                FileText::tr("%1 can't be read: %2.").arg(path, why),
                FileText::tr("Check that the file may be read by you."));
}

std::size_t wholePages(qint64 size)
{
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (static_cast<std::size_t>(size) + page - 1) / page * page;
}

} // namespace

MappedFile::MappedFile() = default;

Result<std::shared_ptr<MappedFile>> MappedFile::open(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorKind::NotFound, QStringLiteral("file.not-found"),
                    FileText::tr("There is no file %1.").arg(path), FileText::tr("Check the path."));
    if (info.isDir())
        return unreadable(path, FileText::tr("it is a folder"));
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return unreadable(path, file->errorString());
    std::shared_ptr<MappedFile> mapped(new MappedFile);
    mapped->m_path = path;
    if (GzipUnpacking::isGzip(*file)) {
        // Deflate makes at most 1032 bytes of one: an address for each is reserved, which takes no memory. Where addresses
        // are limited, as many as real data may need.
        constexpr qint64 mostFromOne = 1040;
        constexpr qint64 usuallyAtMost = 40;
        mapped->m_wasCompressed = true;
        if (!mapped->reserve(file->size() * mostFromOne))
            TRY(mapped->reserve(file->size() * usuallyAtMost));
        mapped->m_unpacking = TRY(GzipUnpacking::begin(std::move(file)));
        return mapped;
    }
    const qint64 size = file->size();
    TRY(mapped->reserve(size));
    TRY(mapped->map(file->handle(), 0, size));
    mapped->m_size = static_cast<qsizetype>(size);
    mapped->m_expectedSize = size;
    mapped->m_isComplete = true;
    return mapped;
}

Result<void> MappedFile::reserve(qint64 size)
{
    // Anonymous pages are reserved first, so that there is something readable behind the file's last page.
    m_reservedSize = wholePages(size) + wholePages(1);
    void *reserved = mmap(nullptr, m_reservedSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED)
        return unreadable(m_path, FileText::tr("out of memory"));
    m_reserved = reserved;
    m_data = static_cast<const char *>(reserved);
    return {};
}

Result<void> MappedFile::map(int descriptor, qint64 from, qint64 size)
{
    char *place = static_cast<char *>(m_reserved) + from;
    if (size > 0 && mmap(place, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor,
                         static_cast<off_t>(from)) == MAP_FAILED)
        return unreadable(m_path, FileText::tr("it can't be mapped"));
    return {};
}

Result<void> MappedFile::unpackTo(qsizetype bytes, const std::stop_token &stop)
{
    while (m_unpacking && m_size < bytes) {
        const qint64 from = m_unpacking->size();
        const Result<void> unpacked = m_unpacking->unpackBlock(stop);
        const qint64 size = m_unpacking->size();
        // All blocks but the last are whole pages, so each is mapped behind the one before.
        const bool hasRoom = size <= static_cast<qint64>(m_reservedSize) - padding;
        const Result<void> mapped = hasRoom ? map(m_unpacking->descriptor(), from, size - from)
                                            : Result<void>(unreadable(m_path, FileText::tr("it can't be mapped")));
        if (!mapped) { // what is there stays
            m_expectedSize = from;
            m_isComplete = true;
            m_unpacking.reset();
            return mapped;
        }
        const double share = static_cast<double>(m_unpacking->packedDone()) /
                             static_cast<double>(std::max<qint64>(1, m_unpacking->packedSize()));
        m_expectedSize = share > 0 ? static_cast<qint64>(static_cast<double>(size) / std::min(1.0, share)) : size;
        m_size.store(static_cast<qsizetype>(size), std::memory_order_release);
        if (!unpacked && unpacked.error().code == QStringLiteral("cancelled"))
            return unpacked;
        if (!unpacked || m_unpacking->isAtEnd()) {
            m_expectedSize = size;
            m_isComplete = true;
            m_unpacking.reset();
            return unpacked;
        }
    }
    return {};
}

MappedFile::~MappedFile()
{
    if (m_reserved != nullptr)
        munmap(m_reserved, m_reservedSize);
}

} // namespace credenza
