// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/PagingSessions.h"

#include <QMutexLocker>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

QString PagingSessions::keep(const PagingSession &session)
{
    const QMutexLocker lock(&m_mutex);
    dropOld();
    const QString id = u"12-"_s + randomUuid(m_random).toString(QUuid::Id128).toUpper();
    m_sessions.insert(id, {session, m_clock.ticks() + m_lifetime});
    m_order.enqueue(id);
    return id;
}

std::optional<PagingSession> PagingSessions::find(const QString &id, const QString &clientId) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_sessions.constFind(id);
    if (found == m_sessions.constEnd() || found->expires <= m_clock.ticks() || found->session.clientId != clientId)
        return std::nullopt;
    return found->session;
}

void PagingSessions::dropOld()
{
    constexpr qsizetype most = 4096;
    while (!m_order.isEmpty() &&
           (m_order.size() >= most || m_sessions.value(m_order.head()).expires <= m_clock.ticks()))
        m_sessions.remove(m_order.dequeue());
}

} // namespace credenza::sandbox
