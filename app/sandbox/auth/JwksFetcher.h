// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpTransport.h"

#include <QHash>
#include <QJsonObject>
#include <QMutex>

#include <functional>
#include <memory>

namespace credenza::sandbox
{

/// The keys of a JWK Set document; each has a string `kid` and no private member.
/// Errors: jwks.invalid, jwks.private-key.
[[nodiscard]] Result<QList<QJsonObject>> parseJwkSet(const QJsonObject &document);

/// Gets the JWK Sets that clients registered by URL, from this machine only. Keeps them as Epic does (facts §2.4): for
/// as long as `Cache-Control: max-age` says, at most 29 hours; a `kid` that is not among them makes it ask again, once
/// for each assertion. Safe from several threads.
class JwksFetcher
{
public:
    using TransportFactory = std::function<std::unique_ptr<HttpTransport>()>;

    /// `transport` makes the transport for one fetch, on the thread that needs it.
    JwksFetcher(TransportFactory transport, NetworkSettings network, const Clock &clock)
        : m_transport(std::move(transport)), m_network(std::move(network)), m_clock(clock)
    {
    }

    /// The keys behind `url`, fresh enough to hold `kid` if the server has it.
    /// Errors: jwks.not-loopback, jwks.status, jwks.invalid, jwks.private-key and those of HttpTransport.
    [[nodiscard]] Result<QList<QJsonObject>> keys(const QUrl &url, const QString &kid);

private:
    struct Entry {
        QList<QJsonObject> keys;
        std::chrono::steady_clock::time_point expires;
    };

    TransportFactory m_transport;
    NetworkSettings m_network;
    const Clock &m_clock;
    QMutex m_mutex;
    QHash<QUrl, Entry> m_cache;
};

} // namespace credenza::sandbox
