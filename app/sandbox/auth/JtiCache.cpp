// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/JtiCache.h"

#include <QMutexLocker>

#include <algorithm>

namespace credenza::sandbox
{

bool JtiCache::takeFirstUse(const QString &issuer, const QString &jti, qint64 expires, qint64 now)
{
    const QMutexLocker lock(&m_mutex);
    if (m_expiryOf.size() >= m_clearAt) {
        m_expiryOf.removeIf([now](const auto &entry) { return entry.value() <= now; });
        m_clearAt = std::max<qsizetype>(1024, 2 * m_expiryOf.size());
    }
    qint64 &remembered = m_expiryOf[{issuer, jti}];
    if (remembered > now)
        return false;
    remembered = expires;
    return true;
}

qsizetype JtiCache::size() const
{
    const QMutexLocker lock(&m_mutex);
    return m_expiryOf.size();
}

} // namespace credenza::sandbox
