// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/PublicKey.h"
#include "core/net/HttpTransport.h"

#include <QJsonObject>

#include <optional>

namespace credenza
{

/// Whose key should be in a hosted JWK Set. Without a key, the set is judged by itself.
struct JwkSetExpectation {
    std::optional<PublicKey> key;
    QString keyId; ///< the `kid` that assertions carry; empty: the key's thumbprint
};

/// One thing noticed about a hosted JWK Set.
struct JwkSetFinding {
    enum class Severity {
        Good,
        Note,
        Warning, ///< may make trouble with some servers
        Error    ///< a server will refuse the client
    };
    Severity severity = Severity::Good;
    QString code; ///< stable, "jwks.…"
    QString message;
    QString hint;
};

/// One key of the set, by its public half.
struct HostedKey {
    QString keyId;
    QString keyType;    ///< `kty` as it stands there
    QString thumbprint; ///< empty where the key can't be read
    bool isExpected = false;
};

/// What a server finds when it fetches a JWK Set URL. Holds nothing secret.
struct JwkSetCheck {
    QUrl url;
    int status = 0; ///< 0: no answer
    QString contentType;
    QString cacheControl;
    std::optional<std::chrono::seconds> maxAge; ///< of Cache-Control
    QList<HostedKey> keys;
    QList<JwkSetFinding> findings; ///< most serious first
    [[nodiscard]] bool hasPassed() const;
    /// The first finding, which a field shows; never absent.
    [[nodiscard]] const JwkSetFinding &first() const { return findings.constFirst(); }
};

/// Fetches `url` as a server does: without redirects, without log-in, trusting public authorities only. Where the URL
/// can be read only with the extra authorities of `network`, that is a finding. Blocks: call it on a worker.
[[nodiscard]] JwkSetCheck checkJwkSet(const QUrl &url, const JwkSetExpectation &expectation, HttpTransport &transport,
                                      const NetworkSettings &network, const std::stop_token &stop);

/// Judges an answer that came from `url`. Pure.
[[nodiscard]] JwkSetCheck judgeJwkSet(const QUrl &url, const Result<HttpReply> &reply,
                                      const JwkSetExpectation &expectation);

/// The JSON of `key check-jwks --json`.
[[nodiscard]] QJsonObject toJson(const JwkSetCheck &check);

} // namespace credenza
