// SPDX-License-Identifier: Apache-2.0
#include "core/base/MappedFile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <filesystem>
#include <limits>
#include <system_error>

#include <sys/mman.h>
#include <unistd.h>

#include <zlib.h>

namespace credenza
{

namespace
{

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

constexpr qsizetype blockSize = 1024 * 1024;
constexpr qint64 spaceKeptFree = 256LL * 1024 * 1024;

Failure unreadable(const QString &path, const QString &why)
{
    return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                FileText::tr("%1 can't be read: %2.").arg(path, why),
                FileText::tr("Check that the file may be read by you."));
}

bool isGzip(QFile &file)
{
    return file.peek(2) == QByteArrayLiteral("\x1f\x8b");
}

/// zlib's state, released in any case.
class Inflater
{
public:
    Inflater() { m_isReady = inflateInit2(&m_stream, 15 + 16) == Z_OK; } // + 16: gzip, nothing else
    ~Inflater()
    {
        if (m_isReady)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflater)

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] z_stream &stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_isReady = false;
};

Failure notGzip(const QString &path)
{
    return fail(ErrorKind::Failed, QStringLiteral("file.not-gzip"),
                FileText::tr("%1 is a damaged or unfinished gzip file.").arg(path),
                FileText::tr("Get the file once more; 'gzip -t' checks it."));
}

Result<void> unpack(QFile &packed, QTemporaryFile &plain, const std::stop_token &stop)
{
    Inflater inflater;
    if (!inflater.isReady())
        return unreadable(packed.fileName(), FileText::tr("out of memory"));
    QByteArray output(blockSize, Qt::Uninitialized);
    // Asks the file system, not the table of mounts: in a container the folder's file system may not be in that.
    const QString folder = QFileInfo(plain).absolutePath();
    std::error_code unknown;
    const auto space = std::filesystem::space(QFile::encodeName(folder).toStdString(), unknown);
    qint64 room =
        unknown ? std::numeric_limits<qint64>::max() : static_cast<qint64>(space.available) - spaceKeptFree;
    bool isInMember = true;
    for (QByteArray input = packed.read(blockSize); !input.isEmpty(); input = packed.read(blockSize)) {
        inflater.stream().next_in = reinterpret_cast<Bytef *>(input.data());
        inflater.stream().avail_in = static_cast<uInt>(input.size());
        do {
            if (stop.stop_requested())
                return cancelled();
            if (!isInMember) { // several members, one after the other, are one file
                if (inflateReset(&inflater.stream()) != Z_OK)
                    return notGzip(packed.fileName());
                isInMember = true;
            }
            inflater.stream().next_out = reinterpret_cast<Bytef *>(output.data());
            inflater.stream().avail_out = static_cast<uInt>(output.size());
            const int state = inflate(&inflater.stream(), Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
                return notGzip(packed.fileName());
            const qint64 made = output.size() - inflater.stream().avail_out;
            room -= made;
            if (room < 0 || plain.write(output.constData(), made) != made)
                return fail(
                    ErrorKind::Failed, QStringLiteral("file.no-space"),
                    FileText::tr("There is no space to unpack %1 in %2.").arg(packed.fileName(), folder),
                    FileText::tr("Set TMPDIR to a folder with more space."));
            isInMember = state != Z_STREAM_END;
            if (state == Z_BUF_ERROR)
                break;
        } while (inflater.stream().avail_in > 0 || inflater.stream().avail_out == 0);
    }
    if (isInMember)
        return notGzip(packed.fileName());
    if (!plain.flush())
        return unreadable(packed.fileName(), plain.errorString());
    return {};
}

} // namespace

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const QString &path, std::stop_token stop)
{
    const QFileInfo info(path);
    if (!info.exists())
        return fail(ErrorKind::NotFound, QStringLiteral("file.not-found"),
                    FileText::tr("There is no file %1.").arg(path), FileText::tr("Check the path."));
    if (info.isDir())
        return unreadable(path, FileText::tr("it is a folder"));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    const std::shared_ptr<MappedFile> mapped(new MappedFile);
    mapped->m_path = path;
    if (!isGzip(file)) {
        TRY(mapped->map(file.handle(), file.size()));
        return mapped;
    }
    QTemporaryFile plain(QDir::tempPath() + QStringLiteral("/credenza-XXXXXX"));
    if (!plain.open())
        return unreadable(path, plain.errorString());
    QFile::remove(plain.fileName()); // the open file lives on without a name
    TRY(unpack(file, plain, stop));
    mapped->m_wasCompressed = true;
    TRY(mapped->map(plain.handle(), plain.size()));
    return mapped;
}

Result<void> MappedFile::map(int descriptor, qint64 size)
{
    // Anonymous pages are reserved first, so that there is something readable behind the file's last page.
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    const std::size_t fileBytes = (static_cast<std::size_t>(size) + page - 1) / page * page;
    m_reservedSize = fileBytes + page;
    void *reserved = mmap(nullptr, m_reservedSize, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (reserved == MAP_FAILED)
        return unreadable(m_path, FileText::tr("out of memory"));
    m_reserved = reserved;
    m_data = static_cast<const char *>(reserved);
    m_size = static_cast<qsizetype>(size);
    if (size > 0 &&
        mmap(reserved, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) == MAP_FAILED)
        return unreadable(m_path, FileText::tr("it can't be mapped"));
    return {};
}

MappedFile::~MappedFile()
{
    if (m_reserved != nullptr)
        munmap(m_reserved, m_reservedSize);
}

} // namespace credenza
