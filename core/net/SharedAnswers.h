// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace credenza
{

/// Answers that many flows of one run ask for alike: one server's SMART configuration, its CapabilityStatement. The first
/// flow asks, the others wait for it and get the same; where it fails, each asks for itself. Only whole answers with status 200 to GET requests without a
/// token are shared, for as long as this object lives; every header has to agree. Safe from several threads.
class SharedAnswers
{
public:
    [[nodiscard]] Result<HttpReply> get(const HttpRequest &request, HttpTransport &transport, const std::stop_token &stop);
    [[nodiscard]] static bool canShare(const HttpRequest &request);

private:
    struct Entry {
        bool isUnderway = false;
        bool isEachOnesOwn = false; ///< the first was not answered well: from then on each asks, at the same time
        std::optional<HttpReply> reply;
        std::chrono::steady_clock::time_point receivedAt;
    };
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::map<QByteArray, Entry> m_entries;
};

/// A transport whose requests may be answered by what others asked before. One instance serves one thread.
class SharingTransport final : public HttpTransport
{
public:
    /// Both must outlive this.
    SharingTransport(SharedAnswers &shared, HttpTransport &transport) : m_shared(shared), m_transport(transport) {}

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override;
    [[nodiscard]] QList<QSslCertificate> receivedChain() const override { return m_chain; }

private:
    SharedAnswers &m_shared;
    HttpTransport &m_transport;
    QList<QSslCertificate> m_chain;
};

} // namespace credenza
