// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/fhir/ResourceStream.h"
#include "core/base/Clock.h"
#include "core/base/Random.h"

#include <QHash>
#include <QMutex>
#include <QQueue>

#include <memory>

namespace credenza::sandbox
{

/// Where the next page of a search begins.
struct PagingSession {
    std::shared_ptr<const Search> search; ///< shared by all pages of one search
    Cursor cursor;
    QString clientId; ///< who searched; the session is of no use to another
};

/// The sessions behind `next` links: opaque ids in Epic's style ("12-BED0…") that expire. A link may be fetched again
/// until then. Holds at most 4096; the oldest go first. Safe from several threads.
class PagingSessions
{
public:
    PagingSessions(RandomSource &random, const Clock &clock, std::chrono::seconds lifetime)
        : m_random(random), m_clock(clock), m_lifetime(lifetime)
    {
    }

    [[nodiscard]] QString keep(const PagingSession &session);
    /// Nothing if the id is unknown, has expired, or is another client's.
    [[nodiscard]] std::optional<PagingSession> find(const QString &id, const QString &clientId) const;

private:
    struct Entry {
        PagingSession session;
        std::chrono::steady_clock::time_point expires;
    };
    void dropOld();

    RandomSource &m_random;
    const Clock &m_clock;
    std::chrono::seconds m_lifetime;
    mutable QMutex m_mutex;
    QHash<QString, Entry> m_sessions;
    QQueue<QString> m_order; // oldest first, which is also the order of expiry
};

} // namespace credenza::sandbox
