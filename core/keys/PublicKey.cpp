// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PublicKey.h"

#include "core/keys/JwkReading.h"
#include "core/keys/OpenSsl.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonArray>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace credenza
{

namespace
{

/// Bytes of one coordinate, and of r and s each in a raw signature (RFC 7518, section 3.4).
int coordinateSize(const EVP_PKEY *key)
{
    return (EVP_PKEY_get_bits(key) + 7) / 8;
}

/// OpenSSL speaks DER for ECDSA; JWS has r‖s.
QByteArray derSignature(QByteArrayView raw)
{
    const auto half = static_cast<int>(raw.size() / 2);
    const auto *bytes = reinterpret_cast<const unsigned char *>(raw.data());
    const OpenSslPointer<ECDSA_SIG, ECDSA_SIG_free> signature(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(bytes, half, nullptr);
    BIGNUM *s = BN_bin2bn(bytes + half, half, nullptr);
    ECDSA_SIG_set0(signature.get(), r, s);
    QByteArray der(i2d_ECDSA_SIG(signature.get(), nullptr), Qt::Uninitialized);
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

/// The members that define the key, in the lexicographic order that RFC 7638 hashes them in.
QList<std::pair<QString, QString>> definingMembers(const EVP_PKEY *key)
{
    const auto encoded = [key](const char *parameter, int size) {
        return QString::fromLatin1(base64Url(bigEndian(bignumParameter(key, parameter).get(), size)));
    };
    if (EVP_PKEY_is_a(key, "RSA") != 0) {
        return {{QStringLiteral("e"), encoded(OSSL_PKEY_PARAM_RSA_E, 0)},
                {QStringLiteral("kty"), QStringLiteral("RSA")},
                {QStringLiteral("n"), encoded(OSSL_PKEY_PARAM_RSA_N, 0)}};
    }
    const int size = coordinateSize(key);
    return {{QStringLiteral("crv"), curveOf(key)},
            {QStringLiteral("kty"), QStringLiteral("EC")},
            {QStringLiteral("x"), encoded(OSSL_PKEY_PARAM_EC_PUB_X, size)},
            {QStringLiteral("y"), encoded(OSSL_PKEY_PARAM_EC_PUB_Y, size)}};
}

} // namespace

Result<PublicKey> PublicKey::fromPem(QByteArrayView pem)
{
    ERR_clear_error();
    PkeyPointer key(PEM_read_bio_PUBKEY(memoryBio(pem).get(), nullptr, nullptr, nullptr));
    if (!key) {
        const X509Pointer certificate(PEM_read_bio_X509(memoryBio(pem).get(), nullptr, nullptr, nullptr));
        if (certificate)
            key.reset(X509_get_pubkey(certificate.get()));
    }
    ERR_clear_error();
    if (!key || (EVP_PKEY_is_a(key.get(), "RSA") == 0 && EVP_PKEY_is_a(key.get(), "EC") == 0))
        return fail(ErrorKind::InvalidInput, QStringLiteral("key.not-a-public-key"),
                    QCoreApplication::translate("Keys", "This is not an RSA or EC public key in PEM form."));
    return KeyAccess::makePublic(std::move(key));
}

Result<PublicKey> PublicKey::fromJwk(const QJsonObject &jwk)
{
    return KeyAccess::makePublic(TRY(publicKeyFromJwk(jwk)));
}

KeyType PublicKey::type() const
{
    return EVP_PKEY_is_a(m_key.get(), "EC") != 0 ? KeyType::Ec : KeyType::Rsa;
}

int PublicKey::bits() const
{
    return EVP_PKEY_get_bits(m_key.get());
}

QString PublicKey::curve() const
{
    return curveOf(m_key.get());
}

QString PublicKey::thumbprint() const
{
    QString canonical;
    for (const auto &[name, value] : definingMembers(m_key.get()))
        canonical +=
            QStringLiteral("%1\"%2\":\"%3\"").arg(canonical.isEmpty() ? QString() : QStringLiteral(","), name, value);
    const QByteArray json = '{' + canonical.toLatin1() + '}';
    return QString::fromLatin1(base64Url(QCryptographicHash::hash(json, QCryptographicHash::Sha256)));
}

QByteArray PublicKey::pem() const
{
    const BioPointer bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_PUBKEY(bio.get(), m_key.get());
    return contentsOf(bio.get());
}

QJsonObject PublicKey::jwk(SignatureAlgorithm algorithm, const QString &keyId) const
{
    QJsonObject jwk;
    for (const auto &[name, value] : definingMembers(m_key.get()))
        jwk.insert(name, value);
    jwk.insert(QStringLiteral("kid"), keyId.isEmpty() ? thumbprint() : keyId);
    jwk.insert(QStringLiteral("alg"), nameOf(algorithm));
    // Servers were found that need `use`, and others that need `key_ops` (facts §1.4).
    jwk.insert(QStringLiteral("use"), QStringLiteral("sig"));
    jwk.insert(QStringLiteral("key_ops"), QJsonArray{QStringLiteral("verify")});
    return jwk;
}

bool PublicKey::verify(SignatureAlgorithm algorithm, QByteArrayView data, QByteArrayView signature) const
{
    if (!fits(algorithm))
        return false;
    QByteArray der;
    if (type() == KeyType::Ec) {
        if (signature.size() != 2 * coordinateSize(m_key.get()))
            return false;
        der = derSignature(signature);
        signature = der;
    }
    ERR_clear_error();
    const DigestContext context(EVP_MD_CTX_new());
    const bool verified =
        EVP_DigestVerifyInit(context.get(), nullptr, digestOf(algorithm), nullptr, m_key.get()) == 1 &&
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.data()),
                         static_cast<std::size_t>(signature.size()),
                         reinterpret_cast<const unsigned char *>(data.data()),
                         static_cast<std::size_t>(data.size())) == 1;
    ERR_clear_error();
    return verified;
}

SignatureAlgorithm PublicKey::defaultAlgorithm() const
{
    if (type() == KeyType::Rsa)
        return SignatureAlgorithm::RS384;
    return curve() == QLatin1String("P-256") ? SignatureAlgorithm::ES256 : SignatureAlgorithm::ES384;
}

bool PublicKey::fits(SignatureAlgorithm algorithm) const
{
    if (keyTypeOf(algorithm) != type())
        return false;
    return type() == KeyType::Rsa || algorithm == defaultAlgorithm();
}

QJsonObject jwkSet(const QList<QJsonObject> &keys)
{
    QJsonArray array;
    for (const QJsonObject &key : keys)
        array.append(key);
    return {{QStringLiteral("keys"), array}};
}

} // namespace credenza
