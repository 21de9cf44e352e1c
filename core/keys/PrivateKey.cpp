// SPDX-License-Identifier: Apache-2.0
#include "core/keys/PrivateKey.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/OpenSsl.h"

#include <QCoreApplication>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/pem.h>

namespace credenza
{

namespace
{

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

/// r‖s, each as long as a coordinate (RFC 7518, section 3.4), from OpenSSL's DER.
QByteArray rawSignature(const QByteArray &der, int coordinateSize)
{
    const auto *in = reinterpret_cast<const unsigned char *>(der.constData());
    const OpenSslPointer<ECDSA_SIG, ECDSA_SIG_free> signature(
        d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(der.size())));
    if (!signature)
        return {};
    return bigEndian(ECDSA_SIG_get0_r(signature.get()), coordinateSize) +
           bigEndian(ECDSA_SIG_get0_s(signature.get()), coordinateSize);
}

} // namespace

Result<PrivateKey> PrivateKey::fromPkcs8(const SecretBytes &der)
{
    PkeyPointer key = readPkcs8(der.view());
    if (!key)
        return damagedKey();
    if (const std::optional<KeyFinding> flaw = flawOf(key.get()))
        return fail(ErrorKind::InvalidInput, flaw->code, flaw->message, flaw->hint);
    return KeyAccess::makePrivate(std::move(key));
}

Result<QByteArray> PrivateKey::sign(SignatureAlgorithm algorithm, QByteArrayView data) const
{
    EVP_PKEY *key = m_key.get();
    const PublicKey publicPart(m_key);
    if (!publicPart.fits(algorithm))
        return fail(
            ErrorKind::InvalidInput, QStringLiteral("key.algorithm-mismatch"),
            KeyText::tr("A key of type %1 can't sign with %2.")
                .arg(publicPart.type() == KeyType::Rsa ? QStringLiteral("RSA") : publicPart.curve(), nameOf(algorithm)),
            KeyText::tr("Choose %1, or another key.").arg(nameOf(publicPart.defaultAlgorithm())));

    ERR_clear_error();
    const DigestContext context(EVP_MD_CTX_new());
    QByteArray signature(EVP_PKEY_get_size(key), Qt::Uninitialized);
    auto size = static_cast<std::size_t>(signature.size());
    const bool isSigned = EVP_DigestSignInit(context.get(), nullptr, digestOf(algorithm), nullptr, key) == 1 &&
                          EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                                         reinterpret_cast<const unsigned char *>(data.data()),
                                         static_cast<std::size_t>(data.size())) == 1;
    ERR_clear_error();
    signature.truncate(static_cast<qsizetype>(size));
    if (isSigned && publicPart.type() == KeyType::Ec)
        signature = rawSignature(signature, (EVP_PKEY_get_bits(key) + 7) / 8);
    if (!isSigned || signature.isEmpty())
        return fail(ErrorKind::Failed, QStringLiteral("key.sign-failed"), KeyText::tr("The key could not sign."),
                    KeyText::tr("The key may be damaged: replace it."));
    return signature;
}

PublicKey PrivateKey::publicKey() const
{
    // A copy of the public parameters alone: what holds a PublicKey must not keep the private part alive.
    // By parameters rather than by way of DER, whose decoders take as long as a signature.
    OSSL_PARAM *parameters = nullptr;
    EVP_PKEY *key = nullptr;
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, m_key.get(), nullptr));
    [[maybe_unused]] const bool isMade = context && EVP_PKEY_todata(m_key.get(), EVP_PKEY_PUBLIC_KEY, &parameters) == 1 &&
                                         EVP_PKEY_fromdata_init(context.get()) == 1 &&
                                         EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters) == 1;
    OSSL_PARAM_free(parameters);
    Q_ASSERT(isMade); // a key that loaded has a public part
    return KeyAccess::makePublic(PkeyPointer(key));
}

SecretBytes toPkcs8Pem(const SecretBytes &pkcs8Der)
{
    // Secure-memory BIO: the PEM text is wiped with it.
    const BioPointer bio(BIO_new(BIO_s_secmem()));
    PEM_write_bio(bio.get(), "PRIVATE KEY", "", reinterpret_cast<const unsigned char *>(pkcs8Der.view().data()),
                  static_cast<long>(pkcs8Der.size()));
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return SecretBytes::copyOf(QByteArrayView(data, size));
}

} // namespace credenza
