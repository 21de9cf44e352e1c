// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/SecretBytes.h"
#include "core/net/HttpTransport.h"
#include "core/smart/TestReport.h"

#include <functional>
#include <optional>
#include <vector>

namespace credenza
{

/// Passes requests on to another transport and keeps what was sent and what came back, redacted and without anybody's
/// data (withoutPatientData()); measures the server's clock from Date headers on the way.
class RecordingTransport final : public HttpTransport
{
public:
    RecordingTransport(HttpTransport &transport, const Clock &clock) : m_transport(transport), m_clock(clock) {}

    [[nodiscard]] Result<HttpReply> send(const HttpRequest &request, std::stop_token stop) override;
    [[nodiscard]] QList<QSslCertificate> receivedChain() const override { return m_transport.receivedChain(); }

    /// Where exchanges go from now on, and who is told after each change of them. Null: nowhere.
    void recordInto(QList<TestExchange> *exchanges, std::function<void()> changed);
    /// From now on `secret` is taken out of everything recorded, wherever a server repeats it.
    void hide(const SecretBytes &secret);
    /// `text` of a server as it may be shown: without what looks like a secret, and without what is to be hidden.
    [[nodiscard]] QString cleaned(const QString &text) const;
    /// Server minus this machine in seconds, by the latest answer that told.
    [[nodiscard]] std::optional<double> clockOffset() const { return m_clockOffset; }

private:
    void measureClock(const HttpReply &reply, std::chrono::system_clock::time_point sent);

    HttpTransport &m_transport;
    const Clock &m_clock;
    QList<TestExchange> *m_exchanges = nullptr;
    std::function<void()> m_changed;
    std::vector<SecretBytes> m_hidden;
    std::optional<double> m_clockOffset;
};

} // namespace credenza
