// SPDX-License-Identifier: Apache-2.0
#include "core/keys/OpenSsl.h"

#include <QCoreApplication>

#include <array>
#include <openssl/core_names.h>

namespace credenza
{

PrivateKey KeyAccess::makePrivate(PkeyPointer key)
{
    return PrivateKey(std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free));
}

PublicKey KeyAccess::makePublic(PkeyPointer key)
{
    return PublicKey(std::shared_ptr<EVP_PKEY>(key.release(), EVP_PKEY_free));
}

BioPointer memoryBio(QByteArrayView bytes)
{
    return BioPointer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

QByteArray contentsOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

BignumPointer bignumParameter(const EVP_PKEY *key, const char *name)
{
    BIGNUM *number = nullptr;
    EVP_PKEY_get_bn_param(key, name, &number);
    return BignumPointer(number);
}

QByteArray bigEndian(const BIGNUM *number, int size)
{
    const int length = size > 0 ? size : BN_num_bytes(number);
    QByteArray bytes(length, Qt::Uninitialized);
    if (BN_bn2binpad(number, reinterpret_cast<unsigned char *>(bytes.data()), length) < 0)
        return {};
    return bytes;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

const EVP_MD *digestOf(SignatureAlgorithm algorithm)
{
    switch (algorithm) {
    case SignatureAlgorithm::RS256:
    case SignatureAlgorithm::ES256:
        return EVP_sha256();
    case SignatureAlgorithm::RS384:
    case SignatureAlgorithm::ES384:
        return EVP_sha384();
    case SignatureAlgorithm::RS512:
        return EVP_sha512();
    }
    Q_UNREACHABLE();
}

Result<SecretBytes> pkcs8Of(const EVP_PKEY *key)
{
    const Pkcs8Pointer info(EVP_PKEY2PKCS8(key));
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : -1;
    if (size <= 0)
        return fail(ErrorKind::Failed, QStringLiteral("key.encoding-failed"),
                    QCoreApplication::translate("Keys", "The key can't be written as PKCS#8."));
    SecretBytes der(static_cast<std::size_t>(size));
    auto *out = reinterpret_cast<unsigned char *>(der.bytes().data());
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out);
    return der;
}

QString curveOf(const EVP_PKEY *key)
{
    std::array<char, 80> name{};
    std::size_t length = 0;
    if (EVP_PKEY_is_a(key, "SM2") == 1)
        return QStringLiteral("SM2");
    if (EVP_PKEY_is_a(key, "EC") == 0 || EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) == 0)
        return {};
    const QByteArrayView view(name.data(), static_cast<qsizetype>(length));
    if (view == QByteArrayView("prime256v1"))
        return QStringLiteral("P-256");
    if (view == QByteArrayView("secp384r1"))
        return QStringLiteral("P-384");
    if (view == QByteArrayView("secp521r1"))
        return QStringLiteral("P-521");
    return QString::fromLatin1(view);
}

} // namespace credenza
