// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/keys/SignatureAlgorithm.h"

#include <QByteArray>
#include <QJsonObject>

#include <memory>

struct evp_pkey_st;

namespace credenza
{

/// The half of a key pair that is registered with the server. Cheap to copy; safe from several threads.
class PublicKey
{
public:
    /// From a "PUBLIC KEY" or "RSA PUBLIC KEY" PEM, or from the key inside a certificate.
    [[nodiscard]] static Result<PublicKey> fromPem(QByteArrayView pem);
    /// From the public members of a JWK (RFC 7517): RSA `n`,`e` or EC `crv`,`x`,`y` with P-256 or P-384.
    [[nodiscard]] static Result<PublicKey> fromJwk(const QJsonObject &jwk);

    [[nodiscard]] KeyType type() const;
    [[nodiscard]] int bits() const;
    /// "P-256" or "P-384"; empty for RSA.
    [[nodiscard]] QString curve() const;
    /// RFC 7638 SHA-256 thumbprint, base64url without padding.
    [[nodiscard]] QString thumbprint() const;
    /// SubjectPublicKeyInfo PEM ("BEGIN PUBLIC KEY").
    [[nodiscard]] QByteArray pem() const;
    /// The JWK to register: `kty`, key members, `kid`, `alg`, `use`, `key_ops`. An empty `keyId` means the thumbprint.
    [[nodiscard]] QJsonObject jwk(SignatureAlgorithm algorithm, const QString &keyId = {}) const;
    /// Whether `signature` (JWS form: raw r‖s for ES algorithms) is this key's over `data`. False also when the
    /// algorithm does not fit the key.
    [[nodiscard]] bool verify(SignatureAlgorithm algorithm, QByteArrayView data, QByteArrayView signature) const;
    /// RS384 for RSA, ES256 or ES384 for EC.
    [[nodiscard]] SignatureAlgorithm defaultAlgorithm() const;
    /// Whether this key can make or check signatures of `algorithm` (type and curve fit).
    [[nodiscard]] bool fits(SignatureAlgorithm algorithm) const;

private:
    friend class PrivateKey;
    friend struct KeyAccess;
    explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : m_key(std::move(key)) {}

    std::shared_ptr<evp_pkey_st> m_key;
};

/// `{"keys":[…]}` as a JWK Set URL must serve it (RFC 7517, section 5).
[[nodiscard]] QJsonObject jwkSet(const QList<QJsonObject> &keys);

} // namespace credenza
