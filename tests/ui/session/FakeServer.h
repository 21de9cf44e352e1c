// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"
#include "ui/session/VaultSession.h"

#include <QByteArrayList>

#include <atomic>
#include <memory>
#include <mutex>

namespace credenza::test
{

/// How the server behind the transports of a test behaves; may be changed while they run.
struct FakeServer {
    enum class Mode {
        Grants,        ///< everything works
        RefusesClient, ///< Epic's invalid_client without a reason
        Echoes,        ///< refuses, and sends back in its words what it got
        Hangs,         ///< the token endpoint never answers
        HangsDeaf      ///< nor does the transport notice that it should stop, for a second
    };
    std::atomic<Mode> mode{Mode::Grants};
    std::atomic<int> requests{0};
    std::atomic<int> tokenRequests{0};
    std::atomic<qint64> deadline{0}; ///< of the latest request, in milliseconds
    /// What is at every address that ends in .json or /Endpoints/R4. Set it before anybody asks.
    QByteArray publicFile;

    /// The assertions that were sent to the token endpoint.
    [[nodiscard]] QByteArrayList assertions() const;
    void record(const QByteArray &assertion);
    /// The access token that is granted.
    static constexpr const char *token = "not-a-real-token";

private:
    mutable std::mutex m_mutex;
    QByteArrayList m_assertions;
};

/// The base URL and token endpoint the server answers for.
[[nodiscard]] QString fakeBaseUrl();
[[nodiscard]] QString fakeTokenEndpoint();

/// Transports that ask `server`.
[[nodiscard]] TransportFactory transportsTo(std::shared_ptr<FakeServer> server);

} // namespace credenza::test
