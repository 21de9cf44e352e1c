// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/TokenStore.h"

#include <QCryptographicHash>
#include <QMutexLocker>

#include <algorithm>
#include <array>

namespace credenza::sandbox
{

namespace
{

QByteArray digestOf(QByteArrayView token)
{
    return QCryptographicHash::hash(token.toByteArray(), QCryptographicHash::Sha256);
}

} // namespace

QByteArray TokenStore::issue(const Grant &grant, qint64 now)
{
    QByteArray bytes(32, Qt::Uninitialized);
    const QMutexLocker lock(&m_mutex);
    m_random.fill(std::as_writable_bytes(std::span(bytes.data(), static_cast<std::size_t>(bytes.size()))));
    const QByteArray token = bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    if (m_grants.size() >= m_clearAt) {
        m_grants.removeIf([now](const auto &entry) { return entry.value().expires <= now; });
        m_clearAt = std::max<qsizetype>(1024, 2 * m_grants.size());
    }
    m_grants.insert(digestOf(token), grant);
    return token;
}

std::optional<Grant> TokenStore::find(QByteArrayView token, qint64 now) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_grants.constFind(digestOf(token));
    if (found == m_grants.constEnd() || found->expires <= now)
        return std::nullopt;
    return *found;
}

} // namespace credenza::sandbox
