// SPDX-License-Identifier: Apache-2.0
#include "core/net/OneShotBody.h"

#include <algorithm>
#include <utility>

namespace credenza
{

OneShotBody::OneShotBody(QByteArray body) : m_body(std::move(body))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OneShotBody::bytesAvailable() const
{
    return m_body.size() - m_position + QIODevice::bytesAvailable();
}

qint64 OneShotBody::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min(maxSize, m_body.size() - m_position);
    if (count <= 0)
        return m_position == m_body.size() ? -1 : 0; // -1: the end of a sequential device
    std::copy_n(m_body.constData() + m_position, count, data);
    m_position += count;
    return count;
}

qint64 OneShotBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace credenza
