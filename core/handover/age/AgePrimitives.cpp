// SPDX-License-Identifier: Apache-2.0
#include "core/handover/age/AgePrimitives.h"

#include <QCoreApplication>

#include <memory>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sodium.h>

namespace credenza
{

namespace
{

const unsigned char *unsignedData(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

const unsigned char *unsignedData(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

unsigned char *writableData(std::span<std::byte> bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

OSSL_PARAM octets(const char *name, const void *data, std::size_t size)
{
    // OpenSSL's parameters are not const; what goes in is only read.
    return OSSL_PARAM_construct_octet_string(name, const_cast<void *>(data), size);
}

} // namespace

SecretBytes hkdfSha256(std::span<const std::byte> secret, QByteArrayView salt, QByteArrayView info)
{
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            EVP_KDF_CTX_free);
    std::array<char, 7> digest{"SHA256"};
    std::array<OSSL_PARAM, 5> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        octets(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
        octets(OSSL_KDF_PARAM_INFO, info.data(), static_cast<std::size_t>(info.size())),
        OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };
    if (!salt.isEmpty())
        parameters[3] = octets(OSSL_KDF_PARAM_SALT, salt.data(), static_cast<std::size_t>(salt.size()));
    SecretBytes key(32);
    if (EVP_KDF_derive(context.get(), writableData(key.bytes()), key.size(), parameters.data()) != 1)
        qFatal("HKDF is missing from OpenSSL"); // a broken installation: nothing can be encrypted safely
    return key;
}

QByteArray hmacSha256(const SecretBytes &key, QByteArrayView data)
{
    QByteArray mac(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, unsignedData(key.view()), key.size());
    crypto_auth_hmacsha256_update(&state, unsignedData(data), static_cast<unsigned long long>(data.size()));
    crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char *>(mac.data()));
    sodium_memzero(&state, sizeof state);
    return mac;
}

bool equalConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

Result<SecretBytes> scryptKey(const SecretBytes &passphrase, QByteArrayView salt, int log2N)
{
    SecretBytes key(32);
    const quint64 slack = 64 * 1024; // beside the big table
    ERR_clear_error();
    const int made = EVP_PBE_scrypt(passphrase.isEmpty() ? "" : passphrase.charView().data(), passphrase.size(),
                                    unsignedData(salt), static_cast<std::size_t>(salt.size()), quint64{1} << log2N, 8,
                                    1, scryptMemory(log2N) + slack, writableData(key.bytes()), key.size());
    ERR_clear_error();
    if (made != 1)
        return fail(ErrorKind::Failed, QStringLiteral("age.out-of-memory"),
                    QCoreApplication::translate("AgePrimitives", "There is not enough memory to open this file: its "
                                                                 "passphrase takes %1 MiB to check.")
                        .arg(scryptMemory(log2N) / (1024 * 1024)),
                    QCoreApplication::translate("AgePrimitives",
                                                "Close other programs, or ask for a file with a lower work factor."));
    return key;
}

std::optional<SecretBytes> x25519(const SecretBytes &scalar, QByteArrayView point)
{
    SecretBytes shared(crypto_scalarmult_BYTES);
    if (point.size() != qsizetype{crypto_scalarmult_BYTES} ||
        crypto_scalarmult(writableData(shared.bytes()), unsignedData(scalar.view()), unsignedData(point)) != 0)
        return std::nullopt;
    return shared;
}

QByteArray x25519Base(const SecretBytes &scalar)
{
    QByteArray point(crypto_scalarmult_BYTES, Qt::Uninitialized);
    crypto_scalarmult_base(reinterpret_cast<unsigned char *>(point.data()), unsignedData(scalar.view()));
    return point;
}

QByteArray chachaSeal(const SecretBytes &key, std::span<const std::byte, 12> nonce,
                      std::span<const std::byte> plaintext)
{
    QByteArray sealed(static_cast<qsizetype>(plaintext.size()) + qsizetype{crypto_aead_chacha20poly1305_IETF_ABYTES},
                      Qt::Uninitialized);
    crypto_aead_chacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char *>(sealed.data()), nullptr, unsignedData(plaintext), plaintext.size(), nullptr,
        0, nullptr, reinterpret_cast<const unsigned char *>(nonce.data()), unsignedData(key.view()));
    return sealed;
}

bool chachaOpen(const SecretBytes &key, std::span<const std::byte, 12> nonce, std::span<const std::byte> sealed,
                std::span<std::byte> plaintext)
{
    if (sealed.size() < crypto_aead_chacha20poly1305_IETF_ABYTES ||
        plaintext.size() != sealed.size() - crypto_aead_chacha20poly1305_IETF_ABYTES)
        return false;
    return crypto_aead_chacha20poly1305_ietf_decrypt(
               writableData(plaintext), nullptr, nullptr, unsignedData(sealed), sealed.size(), nullptr, 0,
               reinterpret_cast<const unsigned char *>(nonce.data()), unsignedData(key.view())) == 0;
}

std::optional<QByteArray> fromCanonicalBase64(QByteArrayView text)
{
    const QByteArray copy = text.toByteArray();
    const auto decoded = QByteArray::fromBase64Encoding(
        copy, QByteArray::Base64Encoding | QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || toCanonicalBase64(*decoded) != copy)
        return std::nullopt;
    return *decoded;
}

QByteArray toCanonicalBase64(QByteArrayView bytes)
{
    return QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64(QByteArray::OmitTrailingEquals);
}

} // namespace credenza
