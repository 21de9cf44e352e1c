// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/keys/PrivateKey.h"

#include <QJsonObject>

#include <chrono>

namespace credenza
{

/// What a client assertion says (SMART App Launch 2.2, client-confidential-asymmetric; RFC 7523, section 3).
struct AssertionRequest {
    QString clientId;      ///< becomes `iss` and `sub`
    QString tokenEndpoint; ///< becomes `aud`, byte for byte the URL it is posted to
    QString keyId;         ///< `kid`
    QString jwkSetUrl;     ///< `jku`; empty: left out
    SignatureAlgorithm algorithm = SignatureAlgorithm::RS384;
    /// Shorter than the five minutes allowed, so that a clock that is a little off, or a slow request, still passes.
    std::chrono::seconds lifetime{240};
    /// Added to this machine's time where its clock is known to be off.
    std::chrono::seconds clockOffset{0};
};

/// A signed assertion: good for one request. `jwt` is a bearer credential until it expires: never show it.
struct ClientAssertion {
    SecretBytes jwt;
    QJsonObject header;
    QJsonObject claims;
};

/// Makes and signs an assertion with a fresh `jti` (a UUID). `iat` and `nbf` are left out: servers need neither, and a
/// clock one second fast breaks both (facts §2.2). Errors: key.algorithm-mismatch, key.sign-failed.
[[nodiscard]] Result<ClientAssertion> makeClientAssertion(const AssertionRequest &request, const PrivateKey &key,
                                                          const Clock &clock, RandomSource &random);

/// Header and claims of a compact JWS, without checking anything. Errors: jwt.malformed (InvalidInput).
struct DecodedJwt {
    QJsonObject header;
    QJsonObject claims;
};
[[nodiscard]] Result<DecodedJwt> decodeJwt(QByteArrayView jwt);

} // namespace credenza
