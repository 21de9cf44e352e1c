// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/ByteSource.h"

#include <QCoreApplication>
#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace credenza
{

Result<std::size_t> MemorySource::read(std::span<std::byte> target)
{
    const std::size_t count = std::min(target.size(), m_rest.size());
    std::ranges::copy(m_rest.first(count), target.begin());
    m_rest = m_rest.subspan(count);
    return count;
}

Result<std::size_t> DeviceSource::read(std::span<std::byte> target)
{
    std::size_t used = 0;
    while (used < target.size()) {
        const qint64 got =
            m_device.read(reinterpret_cast<char *>(target.data() + used), static_cast<qint64>(target.size() - used));
        if (got < 0)
            return fail(
                ErrorKind::Failed, QStringLiteral("file.unreadable"),
                QCoreApplication::translate("ByteSource", "The file can't be read: %1.").arg(m_device.errorString()));
        if (got == 0)
            break;
        used += static_cast<std::size_t>(got);
    }
    return used;
}

Result<bool> BufferedSource::fill()
{
    if (m_at < m_buffer.size())
        return true;
    m_buffer.resize(4096);
    m_at = 0;
    const std::size_t got = TRY(m_source.read(std::as_writable_bytes(std::span(m_buffer.data(), 4096))));
    m_buffer.truncate(static_cast<qsizetype>(got));
    return got > 0;
}

Result<std::size_t> BufferedSource::read(std::span<std::byte> target)
{
    const auto buffered = std::min(target.size(), static_cast<std::size_t>(m_buffer.size() - m_at));
    if (buffered > 0)
        std::memcpy(target.data(), m_buffer.constData() + m_at, buffered);
    m_at += static_cast<qsizetype>(buffered);
    if (buffered == target.size())
        return buffered;
    const std::size_t more = TRY(m_source.read(target.subspan(buffered)));
    return buffered + more;
}

Result<QByteArray> BufferedSource::readLine(qsizetype maxBytes)
{
    QByteArray line;
    while (line.size() < maxBytes) {
        if (!TRY(fill()))
            break;
        const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_at);
        const qsizetype end = rest.indexOf('\n');
        const qsizetype count = std::min(end < 0 ? rest.size() : end + 1, maxBytes - line.size());
        line.append(rest.first(count));
        m_at += count;
        if (line.endsWith('\n'))
            break;
    }
    return line;
}

Result<QByteArrayView> BufferedSource::peek(qsizetype count)
{
    if (!TRY(fill()))
        return QByteArrayView();
    return QByteArrayView(m_buffer).sliced(m_at).first(std::min(count, m_buffer.size() - m_at));
}

} // namespace credenza
