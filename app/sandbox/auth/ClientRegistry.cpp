// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/ClientRegistry.h"

#include <QMutexLocker>

namespace credenza::sandbox
{

bool ClientRegistry::add(const RegisteredClient &client)
{
    constexpr qsizetype maximum = 10'000;
    const QMutexLocker lock(&m_mutex);
    if (m_clients.contains(client.id) || m_clients.size() >= maximum)
        return false;
    m_clients.insert(client.id, client);
    return true;
}

std::optional<RegisteredClient> ClientRegistry::find(const QString &id) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_clients.constFind(id);
    return found == m_clients.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace credenza::sandbox
