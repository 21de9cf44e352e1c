// SPDX-License-Identifier: Apache-2.0
#include "core/base/GzipUnpacking.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <filesystem>
#include <limits>
#include <system_error>

#include <zlib.h>

namespace credenza
{

namespace
{

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

constexpr qint64 readAtOnce = 128 * 1024;
constexpr qint64 spaceKeptFree = 256LL * 1024 * 1024;

Failure unreadable(const QString &path, const QString &why)
{
    return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                FileText::tr("%1 can't be read: %2.").arg(path, why),
                FileText::tr("Check that the file may be read by you."));
}

} // namespace

/// zlib's state, released in any case.
class GzipUnpacking::Inflater
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

GzipUnpacking::GzipUnpacking() = default;
GzipUnpacking::~GzipUnpacking() = default;

bool GzipUnpacking::isGzip(QFile &file)
{
    return file.peek(2) == QByteArrayLiteral("\x1f\x8b");
}

Failure GzipUnpacking::notGzip() const
{
    return fail(ErrorKind::Failed, QStringLiteral("file.not-gzip"),
                FileText::tr("%1 is a damaged or unfinished gzip file.").arg(m_packed->fileName()),
                FileText::tr("Get the file once more; 'gzip -t' checks it."));
}

Result<std::unique_ptr<GzipUnpacking>> GzipUnpacking::begin(std::unique_ptr<QFile> packed)
{
    std::unique_ptr<GzipUnpacking> unpacking(new GzipUnpacking);
    unpacking->m_packed = std::move(packed);
    const QString path = unpacking->m_packed->fileName();
    unpacking->m_plain = std::make_unique<QTemporaryFile>(QDir::tempPath() + QStringLiteral("/credenza-XXXXXX"));
    if (!unpacking->m_plain->open())
        return unreadable(path, unpacking->m_plain->errorString());
    unpacking->m_inflater = std::make_unique<Inflater>();
    if (!unpacking->m_inflater->isReady())
        return unreadable(path, FileText::tr("out of memory"));
    // Asks the file system, not the table of mounts: in a container the folder's file system may not be in that.
    unpacking->m_folder = QFileInfo(*unpacking->m_plain).absolutePath();
    std::error_code unknown;
    const auto space =
        std::filesystem::space(QFile::encodeName(unpacking->m_folder).toStdString(), unknown);
    unpacking->m_room =
        unknown ? std::numeric_limits<qint64>::max() : static_cast<qint64>(space.available) - spaceKeptFree;
    QFile::remove(unpacking->m_plain->fileName()); // the open file lives on without a name
    unpacking->m_output.resize(blockSize);
    return unpacking;
}

qint64 GzipUnpacking::packedDone() const
{
    return m_packed->pos() - m_inflater->stream().avail_in;
}

Result<void> GzipUnpacking::fill(const std::stop_token &stop)
{
    z_stream &stream = m_inflater->stream();
    while (m_filled < blockSize) {
        if (stop.stop_requested())
            return cancelled();
        if (stream.avail_in == 0) {
            m_input = m_packed->read(readAtOnce);
            stream.next_in = reinterpret_cast<Bytef *>(m_input.data());
            stream.avail_in = static_cast<uInt>(m_input.size());
        }
        if (m_input.isEmpty()) { // zlib may hold back what is left of a member
            if (m_isInMember)
                return notGzip();
            m_isAtEnd = true;
            return {};
        }
        if (!m_isInMember) { // several members, one after the other, are one file
            if (inflateReset(&stream) != Z_OK)
                return notGzip();
            m_isInMember = true;
        }
        stream.next_out = reinterpret_cast<Bytef *>(m_output.data()) + m_filled;
        stream.avail_out = static_cast<uInt>(blockSize - m_filled);
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            return notGzip();
        m_filled = blockSize - stream.avail_out;
        m_isInMember = state != Z_STREAM_END;
    }
    return {};
}

Result<void> GzipUnpacking::unpackBlock(const std::stop_token &stop)
{
    const Result<void> filled = fill(stop);
    if (!filled && filled.error().code == QStringLiteral("cancelled"))
        return filled; // what is in the block by now is added by the next call
    m_room -= m_filled;
    if (m_room < 0 || m_plain->write(m_output.constData(), m_filled) != m_filled || !m_plain->flush())
        return fail(ErrorKind::Failed, QStringLiteral("file.no-space"),
                    FileText::tr("There is no space to unpack %1 in %2.").arg(m_packed->fileName(), m_folder),
                    FileText::tr("Set TMPDIR to a folder with more space."));
    m_size += std::exchange(m_filled, 0);
    return filled; // before a damaged place there may be much that is good
}

} // namespace credenza
