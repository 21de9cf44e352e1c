// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/credentials/Credential.h"
#include "core/keys/PublicKey.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

#include <optional>

namespace credenza
{

/// How one value of an assertion stands to the rule it must meet.
struct AssertionCheck {
    enum class State { Ok, Warning, Error, Note };
    enum class Part { Header, Claims, Signature };
    Part part = Part::Claims;
    QString name; ///< of the member: "exp"; empty for the signature
    State state = State::Ok;
    QString code;    ///< stable: "exp.too-far", "aud.ok"
    QString value;   ///< as shown: "1763906971, 14:09:31 UTC"
    QString message; ///< how it stands to the rule, one sentence
};
[[nodiscard]] QString nameOf(AssertionCheck::State state); ///< "ok", "warning", "error", "note"
[[nodiscard]] QString nameOf(AssertionCheck::Part part);   ///< "header", "claims", "signature"

/// What an assertion is compared with. Empty members are not known, and nothing is said of them.
struct AssertionExpectations {
    QString clientId;
    QString tokenEndpoint;
    QString fhirBaseUrl; ///< only to recognise it where the token endpoint belongs
    QString keyId;
    QString jwkSetUrl;
    std::optional<PublicKey> key; ///< that must have signed
    QDateTime now;                ///< the server's time, as far as known
};

/// What an assertion of this credential must hold, posted to `tokenEndpoint`. Its public key is that of the card; `now` is
/// left to the caller.
[[nodiscard]] AssertionExpectations expectationsOf(const Credential &credential, const QString &tokenEndpoint);

/// A JWT taken apart: header and claims, and each value against its rule (RFC 7523, SMART, and facts §2.2 for Epic).
struct AssertionInspection {
    QJsonObject header;
    QJsonObject claims;
    QList<AssertionCheck> checks;
    [[nodiscard]] bool isAcceptable() const; ///< no check is an Error
};

/// Inspects any JWT: ours, or one from elsewhere as it was pasted - with line breaks, quotes, "Bearer" or a whole form
/// body around it. Errors: jwt.malformed, jwt.encrypted (both InvalidInput).
[[nodiscard]] Result<AssertionInspection> inspectAssertion(QByteArrayView text,
                                                           const AssertionExpectations &expectations);

/// `{"header","claims","checks":[{"part","name","state","code","value","message"}],"acceptable"}`; no signature.
[[nodiscard]] QJsonObject toJson(const AssertionInspection &inspection);

} // namespace credenza
