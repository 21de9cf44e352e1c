// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/ScopeSet.h"

#include <QHash>
#include <QJsonObject>
#include <QMutex>
#include <QUrl>

#include <optional>

namespace credenza::sandbox
{

/// A client as it was registered: either with its keys or with the address of its JWK Set.
struct RegisteredClient {
    QString id;
    QList<QJsonObject> keys;
    QUrl jwksUri;
    ScopeSet scopes;
};

/// The clients the sandbox knows. Safe from several threads.
class ClientRegistry
{
public:
    /// False if the id is taken, or the registry is full (10 000).
    [[nodiscard]] bool add(const RegisteredClient &client);
    [[nodiscard]] std::optional<RegisteredClient> find(const QString &id) const;

private:
    mutable QMutex m_mutex;
    QHash<QString, RegisteredClient> m_clients;
};

} // namespace credenza::sandbox
