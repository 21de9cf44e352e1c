// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"

#include <memory>

namespace credenza
{

/// HttpTransport on QNetworkAccessManager, with its defaults made safe (qt.md §4): a POST body is never re-sent
/// silently, redirects by our policy, a total deadline beside the idle time-out, subjectAltName checked, TLS 1.2 or
/// later, no cookies, our own User-Agent, capped bodies. Waits on the calling thread in an event loop of its own, so
/// never use it on the GUI thread. Create and use it on one thread.
class QtHttpTransport final : public HttpTransport
{
public:
    QtHttpTransport();
    ~QtHttpTransport() override;
    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override;
    [[nodiscard]] QList<QSslCertificate> receivedChain() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace credenza
