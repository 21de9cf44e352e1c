// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/credentials/Credential.h"

namespace credenza
{

/// What the Keys screen says of a key pair.
enum class KeyState : std::uint8_t { Unused, InUse, Old, NotAccepted };

/// One key pair of the vault and the credentials that sign with it.
struct KeyPair {
    QString keyId; ///< the `kid` of the first credential with a name of its own, else the thumbprint
    KeyCard card;
    SignatureAlgorithm algorithm = SignatureAlgorithm::RS384;
    QStringList usedBy; ///< names, in order
    QList<QUuid> credentials;
    QDateTime lastSigned; ///< the last test of any of them; invalid: never
    KeyState state = KeyState::Unused;
};

/// The key pairs of `credentials`, one for each thumbprint, the oldest first. A key counts as old after a year.
[[nodiscard]] QList<KeyPair> keyPairsOf(const QList<Credential> &credentials, const QDateTime &now);

/// "RSA 2048", "EC P-384".
[[nodiscard]] QString keyTypeText(const KeyCard &card);
/// How old a key is in the least room: "3 h", "5 d", "13 mo"; empty if that is unknown.
[[nodiscard]] QString keyAgeText(const QDateTime &createdAt, const QDateTime &now);

/// The public half as a JWK, as it is registered. Errors: those of PublicKey::fromPem.
[[nodiscard]] Result<QJsonObject> publicJwk(const KeyPair &pair);
/// JSON for people: two spaces a level.
[[nodiscard]] QByteArray readableJson(const QJsonObject &object);
/// The JWK Set of all pairs whose public half can be read, as a JWK Set URL serves it.
[[nodiscard]] QByteArray publicJwkSet(const QList<KeyPair> &pairs);

} // namespace credenza
