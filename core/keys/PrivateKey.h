// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/keys/PublicKey.h"

#include <memory>
#include <stop_token>

namespace credenza
{

/// A private key that signs. It never hands out its bytes: what is kept is sealed at intake (see ImportedKey).
/// Cheap to copy (one reference-counted OpenSSL key); safe from several threads.
class PrivateKey
{
public:
    /// From unencrypted PKCS#8 DER, the form the vault keeps. Checks type, size (RSA 2048 or more, RFC 7518 §3.3) and
    /// that private and public part belong together. Errors: key.damaged, key.rsa-too-small, key.unsupported-type.
    [[nodiscard]] static Result<PrivateKey> fromPkcs8(const SecretBytes &der);

    /// The JWS signature over `data`: raw r‖s for ES algorithms (RFC 7518, section 3.4).
    /// Errors: key.algorithm-mismatch (InvalidInput), key.sign-failed.
    [[nodiscard]] Result<QByteArray> sign(SignatureAlgorithm algorithm, QByteArrayView data) const;
    [[nodiscard]] PublicKey publicKey() const;

private:
    friend struct KeyAccess;
    explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}

    std::shared_ptr<evp_pkey_st> m_key;
};

/// A private key just read or generated: the object that signs, and the bytes (PKCS#8 DER) for the vault to seal.
struct ImportedKey {
    PrivateKey key;
    SecretBytes pkcs8;
};

/// What to generate.
struct KeySpecification {
    KeyType type = KeyType::Rsa;
    int bits = 2048;                         ///< RSA: 2048, 3072 or 4096
    QString curve = QStringLiteral("P-384"); ///< EC: "P-256" or "P-384"
};

/// A fresh key pair. Takes up to seconds (RSA 4096): call it off the GUI thread; stops within milliseconds.
/// Errors: key.unsupported-type (InvalidInput), key.generation-failed, cancelled.
[[nodiscard]] Result<ImportedKey> generateKey(const KeySpecification &specification, std::stop_token stop = {});

/// Unencrypted PKCS#8 PEM of a key that leaves Credenza on request (for example `key generate --out`).
[[nodiscard]] SecretBytes toPkcs8Pem(const SecretBytes &pkcs8Der);

} // namespace credenza
