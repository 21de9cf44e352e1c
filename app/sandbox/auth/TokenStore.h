// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/ScopeSet.h"
#include "core/base/Random.h"

#include <QHash>
#include <QMutex>

#include <optional>

namespace credenza::sandbox
{

/// What a token stands for.
struct Grant {
    QString clientId;
    ScopeSet scopes;
    qint64 expires = 0; ///< seconds since the epoch
};

/// The access tokens that were handed out, kept as digests only. Safe from several threads.
class TokenStore
{
public:
    explicit TokenStore(RandomSource &random) : m_random(random) {}

    /// A fresh opaque token of 256 random bits for `grant`.
    [[nodiscard]] QByteArray issue(const Grant &grant, qint64 now);
    /// What the token allows; nothing if it is unknown or has expired.
    [[nodiscard]] std::optional<Grant> find(QByteArrayView token, qint64 now) const;

private:
    RandomSource &m_random;
    mutable QMutex m_mutex;
    QHash<QByteArray, Grant> m_grants; // by SHA-256 of the token
    qsizetype m_clearAt = 1024;
};

} // namespace credenza::sandbox
