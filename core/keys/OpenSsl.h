// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: OpenSSL's types with owners, and the door into the key objects.

#include "core/base/SecretBytes.h"
#include "core/keys/PrivateKey.h"

#include <QByteArray>

#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

namespace credenza
{

/// Frees an OpenSSL object with the function made for its type.
template <auto Free> struct OpenSslFree {
    template <typename T> void operator()(T *object) const { Free(object); }
};
template <typename T, auto Free> using OpenSslPointer = std::unique_ptr<T, OpenSslFree<Free>>;

using BioPointer = OpenSslPointer<BIO, BIO_free_all>;
using BignumPointer = OpenSslPointer<BIGNUM, BN_clear_free>;
using DigestContext = OpenSslPointer<EVP_MD_CTX, EVP_MD_CTX_free>;
using PkeyContext = OpenSslPointer<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using PkeyPointer = OpenSslPointer<EVP_PKEY, EVP_PKEY_free>;
using X509Pointer = OpenSslPointer<X509, X509_free>;
using Pkcs8Pointer = OpenSslPointer<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;

/// Leaves OpenSSL's error queue empty whatever happens, so that no step sees another's errors.
struct ErrorQueueGuard {
    ErrorQueueGuard() { ERR_clear_error(); }
    ~ErrorQueueGuard() { ERR_clear_error(); }
    Q_DISABLE_COPY_MOVE(ErrorQueueGuard)
};

/// Wraps and unwraps the OpenSSL key inside the key objects.
struct KeyAccess {
    [[nodiscard]] static PrivateKey makePrivate(PkeyPointer key);
    [[nodiscard]] static PublicKey makePublic(PkeyPointer key);
    [[nodiscard]] static EVP_PKEY *pkey(const PrivateKey &key) { return key.m_key.get(); }
    [[nodiscard]] static EVP_PKEY *pkey(const PublicKey &key) { return key.m_key.get(); }
};

/// A read-only BIO over memory that must outlive it.
[[nodiscard]] BioPointer memoryBio(QByteArrayView bytes);
/// Everything written to a memory BIO.
[[nodiscard]] QByteArray contentsOf(BIO *bio);
/// One big-number parameter of a key; null if it has none of that name.
[[nodiscard]] BignumPointer bignumParameter(const EVP_PKEY *key, const char *name);
/// Unsigned big-endian bytes, left-padded with zeros to `size` (0: no padding).
[[nodiscard]] QByteArray bigEndian(const BIGNUM *number, int size = 0);
[[nodiscard]] QByteArray base64Url(const QByteArray &bytes);
/// The digest of an algorithm: SHA-256, SHA-384 or SHA-512.
[[nodiscard]] const EVP_MD *digestOf(SignatureAlgorithm algorithm);
/// Unencrypted PKCS#8 DER of a key.
[[nodiscard]] Result<SecretBytes> pkcs8Of(const EVP_PKEY *key);
/// JWA curve name ("P-256", "P-384", "P-521") of an EC key, OpenSSL's own name for other curves, empty for no EC key.
[[nodiscard]] QString curveOf(const EVP_PKEY *key);

} // namespace credenza
