// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/auth/StrictJson.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QUrl>

#include <expected>

namespace credenza::sandbox
{

/// One reason why an assertion is refused.
struct AssertionFault {
    QString code;        ///< stable, for tests and scripts: "aud-mismatch"
    QString description; ///< for a developer, in the words of the protocol; goes out only with --explain
};
using AssertionFaults = QList<AssertionFault>;

/// A client assertion taken apart (RFC 7515 compact form), not yet believed.
struct ParsedAssertion {
    StrictObject header;
    StrictObject claims;
    QByteArray signedText; ///< what the signature is over
    QByteArray signature;
    /// The `iss` claim, or empty: tells which client's keys to fetch.
    [[nodiscard]] QString issuer() const;
};

/// What an assertion must agree with.
struct AssertionExpectation {
    QString clientId;
    QList<QJsonObject> keys;  ///< the client's JWK Set
    QUrl jwksUri;             ///< where it was registered; a `jku` header must equal it
    QByteArray tokenEndpoint; ///< `aud`, byte for byte
    qint64 nowMs = 0;         ///< milliseconds since the epoch
};

/// Takes the three parts apart: strict base64url, JSON objects without doubled members, at most 16 KiB.
[[nodiscard]] std::expected<ParsedAssertion, AssertionFault> parseAssertion(QByteArrayView token);

/// Every reason to refuse the assertion but its reuse; empty if there is none. Pure. The rules are those of SMART 2.2
/// ("Authenticating to the token endpoint") and, where they are stricter, Epic's (facts §2.2): `jti` is a string of at
/// most 151 characters, `exp` an integer in the future and at most 300 s ahead, `nbf` and `iat` not in the future and
/// at most 300 s before `exp`.
[[nodiscard]] AssertionFaults verifyAssertion(const ParsedAssertion &assertion, const AssertionExpectation &expected);

} // namespace credenza::sandbox
