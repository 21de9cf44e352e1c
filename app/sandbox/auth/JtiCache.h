// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QMutex>
#include <QString>

namespace credenza::sandbox
{

/// Remembers each `jti` of each issuer until its assertion has expired, so that none is taken twice (SMART 2.2,
/// "Protocol details"). Safe from several threads.
class JtiCache
{
public:
    /// True the first time; false while an assertion with the same issuer and `jti` could still be valid.
    /// Times are seconds since the epoch.
    [[nodiscard]] bool takeFirstUse(const QString &issuer, const QString &jti, qint64 expires, qint64 now);
    /// How many are remembered, those included that have expired since the last clearing.
    [[nodiscard]] qsizetype size() const;

private:
    mutable QMutex m_mutex;
    QHash<std::pair<QString, QString>, qint64> m_expiryOf;
    qsizetype m_clearAt = 1024;
};

} // namespace credenza::sandbox
