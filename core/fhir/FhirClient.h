// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/net/HttpTransport.h"
#include "core/net/Redaction.h"

#include <functional>

namespace credenza
{

/// Gives requests their access token. Used on one thread.
class TokenSource
{
public:
    virtual ~TokenSource() = default;
    /// Adds the Authorization header, getting a token first where there is none that is still good.
    [[nodiscard]] virtual Result<void> authorize(HttpRequest &request, std::stop_token stop) = 0;
    /// The server refused the token given last: get another one next time.
    virtual void refuse() = 0;
};

/// An answer with all that a person wants to see of the exchange.
struct FhirAnswer {
    HttpReply reply;
    RedactedRequest sent;
    std::chrono::microseconds elapsed{0}; ///< with what it took to get a token and to try again
    int tries = 1;
};

/// Waits; ends early and says false when stopped.
using StoppableWait = std::function<bool(std::chrono::milliseconds, std::stop_token)>;
[[nodiscard]] bool waitUnlessStopped(std::chrono::milliseconds time, std::stop_token stop);

/// Reads from one FHIR server with a token. A 401 is tried once more with a new token, a 406 once more asking for plain
/// JSON; 429 and 503 at most twice after the time the server asks for, if that is short. A search that is too long for a
/// URL is posted to `_search`. The token goes to the server's own origin only. Synchronous: use it on the worker thread of its transport.
class FhirClient
{
public:
    /// `prototype`: URL = FHIR base with a trailing slash, and the headers, redirect policy and network settings of
    /// every request. `transport` and `tokenSource` must outlive the client.
    FhirClient(HttpRequest prototype, HttpTransport &transport, TokenSource &tokenSource,
               StoppableWait wait = waitUnlessStopped);

    /// GET of a path below the base ("Patient?name=x"), or of an absolute URL of the same origin (a `next` link).
    /// `accept` empty: FHIR JSON. Any status is an answer.
    /// Errors: those of HttpTransport and of TokenSource, fhir.other-origin (InvalidInput).
    [[nodiscard]] Result<FhirAnswer> get(const QString &pathOrUrl, std::stop_token stop, const QByteArray &accept = {});

    /// Where `pathOrUrl` leads: "Patient/1" and "/Patient/1" below the base, "/base/Patient/1" as it stands. Errors:
    /// fhir.other-origin, fhir.bad-path.
    [[nodiscard]] Result<QUrl> resolve(const QString &pathOrUrl) const;
    [[nodiscard]] const QUrl &base() const { return m_prototype.url; }

private:
    HttpRequest m_prototype;
    HttpTransport &m_transport;
    TokenSource &m_tokens;
    StoppableWait m_wait;
};

} // namespace credenza
