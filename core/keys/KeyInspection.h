// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/SecretBytes.h"
#include "core/keys/PrivateKey.h"

#include <QJsonObject>
#include <QList>

#include <memory>
#include <optional>

namespace credenza
{

/// What a pasted text or a chosen file turned out to be (cli.md, `key inspect`).
enum class KeyMaterialKind {
    Empty,
    PrivateKey,
    EncryptedPrivateKey, ///< needs a passphrase that is missing or wrong
    PublicKey,
    Certificate,
    CertificateRequest,
    OpenSshPrivateKey,
    PuttyKey,
    Jwk,
    JwkSet,
    Pkcs12,
    Unknown
};

/// One thing noticed about key material. Errors make it unusable; warnings and notes don't.
struct KeyFinding {
    enum class Severity { Note, Warning, Error };
    Severity severity = Severity::Note;
    QString code;    ///< stable, "key.…"
    QString message; ///< what is wrong or was repaired
    QString hint;    ///< what to do
};

/// One of several private keys in what was given.
struct KeyOffer {
    QString keyId; ///< the `kid` of a JWK; may be empty
    QString keyType;
    int bits = 0;
    QString curve;
    QString thumbprint;
};

/// The result of looking at key material. Holds the key itself where one was found and is usable.
struct KeyInspection {
    KeyMaterialKind kind = KeyMaterialKind::Unknown;
    QString format;             ///< "PKCS#8", "PKCS#1", "SEC1", "PKCS#8 encrypted", "JWK", "PKCS#12", "X.509" …
    QString keyType;            ///< "RSA", "EC", "RSA-PSS", "Ed25519" …; empty when unknown
    int bits = 0;               ///< 0 when unknown
    QString curve;              ///< EC: "P-256", …
    QString thumbprint;         ///< RFC 7638, where the public part could be read
    QString keyId;              ///< the `kid` that a JWK came with
    QList<KeyFinding> findings; ///< most important first
    QList<KeyOffer> offers;     ///< where there are several private keys: those that can be chosen (key.several)
    std::optional<PublicKey> publicKey;  ///< where it could be read, also of certificates and public keys
    std::optional<ImportedKey> imported; ///< only when usable
    [[nodiscard]] bool isUsable() const { return imported.has_value(); }
    /// The first finding of severity Error, if any.
    [[nodiscard]] const KeyFinding *firstError() const;
};

/// Looks at anything a person may paste or choose: PEM in all its damaged forms, DER, PKCS#12, JWK, and what is not a
/// private key at all (facts L1–L10). A usable key has passed a consistency check and a trial signature. Never fails;
/// the answer says what is wrong. At most 10 MB are looked at, in bounded time. `passphrase` opens encrypted keys.
/// `choice`: the `kid` or thumbprint of the key to take where there are several.
[[nodiscard]] KeyInspection inspectKey(const SecretBytes &text, const SecretBytes &passphrase = {},
                                       const QString &choice = {});

/// The kind as cli.md spells it ("private-key", "certificate", …).
[[nodiscard]] QString nameOf(KeyMaterialKind kind);

/// The JSON of `key inspect --json` (cli.md). Holds nothing secret.
[[nodiscard]] QJsonObject toJson(const KeyInspection &inspection);

} // namespace credenza
