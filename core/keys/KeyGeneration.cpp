// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyLoading.h"
#include "core/keys/OpenSsl.h"
#include "core/keys/PrivateKey.h"

#include <QCoreApplication>

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

namespace credenza
{

namespace
{

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

/// OpenSSL calls this between candidates; 0 ends the search.
int continueUnlessStopped(EVP_PKEY_CTX *context)
{
    const auto *stop = static_cast<const std::stop_token *>(EVP_PKEY_CTX_get_app_data(context));
    return stop->stop_requested() ? 0 : 1;
}

Result<PkeyContext> contextFor(const KeySpecification &specification)
{
    const bool isRsa = specification.type == KeyType::Rsa;
    const bool isKnown =
        isRsa ? specification.bits == 2048 || specification.bits == 3072 || specification.bits == 4096
              : specification.curve == QLatin1String("P-256") || specification.curve == QLatin1String("P-384");
    if (!isKnown)
        return fail(ErrorKind::InvalidInput, QStringLiteral("key.unsupported-type"),
                    KeyText::tr("Keys of this type or size are not made."),
                    KeyText::tr("Choose RSA with 2048, 3072 or 4096 bits, or EC with P-256 or P-384."));
    PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, isRsa ? "RSA" : "EC", nullptr));
    const QByteArray curve = specification.curve.toLatin1();
    const bool isReady = context && EVP_PKEY_keygen_init(context.get()) == 1 &&
                         (isRsa ? EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), specification.bits) == 1
                                : EVP_PKEY_CTX_set_group_name(context.get(), curve.constData()) == 1);
    if (!isReady)
        return fail(ErrorKind::Failed, QStringLiteral("key.generation-failed"), KeyText::tr("No key could be made."));
    return context;
}

} // namespace

Result<ImportedKey> generateKey(const KeySpecification &specification, std::stop_token stop)
{
    ERR_clear_error();
    const PkeyContext context = TRY(contextFor(specification));
    EVP_PKEY_CTX_set_app_data(context.get(), &stop);
    EVP_PKEY_CTX_set_cb(context.get(), continueUnlessStopped);
    EVP_PKEY *generated = nullptr;
    EVP_PKEY_generate(context.get(), &generated);
    PkeyPointer key(generated);
    ERR_clear_error();
    if (stop.stop_requested())
        return cancelled();
    if (!key)
        return fail(ErrorKind::Failed, QStringLiteral("key.generation-failed"), KeyText::tr("No key could be made."));
    SecretBytes pkcs8 = TRY(pkcs8Of(key.get()));
    return ImportedKey{KeyAccess::makePrivate(std::move(key)), std::move(pkcs8)};
}

} // namespace credenza
