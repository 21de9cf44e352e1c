// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyExport.h"

#include "core/base/SecretText.h"
#include "core/keys/KeyLoading.h"
#include "core/keys/OpenSsl.h"

#include <QJsonDocument>

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <sodium.h>

namespace credenza
{

namespace
{

SecretBytes encoded(std::span<const std::byte> bytes, int variant)
{
    SecretBytes text(sodium_base64_encoded_len(bytes.size(), variant));
    sodium_bin2base64(reinterpret_cast<char *>(text.bytes().data()), text.size(),
                      reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), variant);
    text.truncate(text.size() - 1); // the terminating zero
    return text;
}

/// A member of a JWK. `size` as bigEndian() takes it.
bool appendNumber(SecretText &json, QByteArrayView name, const EVP_PKEY *key, const char *parameter, int size)
{
    const BignumPointer number = bignumParameter(key, parameter);
    if (!number)
        return false;
    SecretBytes bytes(static_cast<std::size_t>(size > 0 ? size : BN_num_bytes(number.get())));
    BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(bytes.bytes().data()), static_cast<int>(bytes.size()));
    json.append(",\"");
    json.append(name);
    json.append("\":\"");
    json.append(secretBase64Url(bytes.view()));
    json.append('"');
    return true;
}

bool appendRsa(SecretText &json, const EVP_PKEY *key)
{
    json.append(R"("kty":"RSA")");
    return appendNumber(json, "n", key, OSSL_PKEY_PARAM_RSA_N, 0) &&
           appendNumber(json, "e", key, OSSL_PKEY_PARAM_RSA_E, 0) &&
           appendNumber(json, "d", key, OSSL_PKEY_PARAM_RSA_D, 0) &&
           appendNumber(json, "p", key, OSSL_PKEY_PARAM_RSA_FACTOR1, 0) &&
           appendNumber(json, "q", key, OSSL_PKEY_PARAM_RSA_FACTOR2, 0) &&
           appendNumber(json, "dp", key, OSSL_PKEY_PARAM_RSA_EXPONENT1, 0) &&
           appendNumber(json, "dq", key, OSSL_PKEY_PARAM_RSA_EXPONENT2, 0) &&
           appendNumber(json, "qi", key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, 0);
}

bool appendEc(SecretText &json, const EVP_PKEY *key)
{
    const int size = (EVP_PKEY_get_bits(key) + 7) / 8;
    json.append(R"("kty":"EC","crv":")");
    json.append(curveOf(key).toLatin1());
    json.append('"');
    return appendNumber(json, "x", key, OSSL_PKEY_PARAM_EC_PUB_X, size) &&
           appendNumber(json, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y, size) &&
           appendNumber(json, "d", key, OSSL_PKEY_PARAM_PRIV_KEY, size);
}

} // namespace

SecretBytes secretBase64Url(std::span<const std::byte> bytes)
{
    return encoded(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

SecretBytes secretBase64(std::span<const std::byte> bytes)
{
    return encoded(bytes, sodium_base64_VARIANT_ORIGINAL);
}

Result<SecretBytes> toTraditionalPem(const SecretBytes &pkcs8Der)
{
    const PkeyPointer key = readPkcs8(pkcs8Der.view());
    const BioPointer bio(BIO_new(BIO_s_secmem())); // wiped with the text in it
    if (!key || PEM_write_bio_PrivateKey_traditional(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return damagedKey();
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return SecretBytes::copyOf(QByteArrayView(data, size));
}

Result<SecretBytes> privateJwk(const SecretBytes &pkcs8Der, SignatureAlgorithm algorithm, const QString &keyId)
{
    const PkeyPointer key = readPkcs8(pkcs8Der.view());
    if (!key)
        return damagedKey();
    SecretText json;
    json.append('{');
    if (!(EVP_PKEY_is_a(key.get(), "RSA") == 1 ? appendRsa(json, key.get()) : appendEc(json, key.get())))
        return damagedKey();
    const QByteArray head =
        QJsonDocument(QJsonObject{{QStringLiteral("alg"), nameOf(algorithm)}, {QStringLiteral("kid"), keyId}})
            .toJson(QJsonDocument::Compact);
    json.append(',');
    json.append(QByteArrayView(head).sliced(1, head.size() - 2));
    json.append(R"(,"key_ops":["sign"]})");
    return json.take();
}

std::optional<SecretBytes> fromPkcs8Pem(QByteArrayView pem)
{
    constexpr QByteArrayView begin("-----BEGIN PRIVATE KEY-----\n");
    constexpr QByteArrayView end("\n-----END PRIVATE KEY-----\n");
    if (!pem.startsWith(begin) || !pem.endsWith(end) || pem.size() < begin.size() + end.size())
        return std::nullopt;
    const QByteArrayView base64 = pem.sliced(begin.size(), pem.size() - begin.size() - end.size());
    SecretBytes der(static_cast<std::size_t>(base64.size()) * 3 / 4 + 3);
    std::size_t size = 0;
    const char *last = nullptr;
    const int decoded =
        sodium_base642bin(reinterpret_cast<unsigned char *>(der.bytes().data()), der.size(), base64.data(),
                          static_cast<std::size_t>(base64.size()), "\n", &size, &last, sodium_base64_VARIANT_ORIGINAL);
    if (decoded != 0 || last != base64.data() + base64.size() || size == 0)
        return std::nullopt;
    der.truncate(size);
    return der;
}

} // namespace credenza
