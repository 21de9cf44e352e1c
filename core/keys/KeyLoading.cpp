// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyLoading.h"

#include <QCoreApplication>

#include <limits>
#include <openssl/asn1t.h>
#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pem.h>

namespace credenza
{

namespace
{

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

// OpenSSL's own default is 2048 and people choose up to some hundred thousand; ten million is several seconds.
constexpr long maxKdfIterations = 10'000'000;
constexpr int maxRsaBits = 16'384;

const unsigned char *unsignedData(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

long sizeOf(std::span<const std::byte> bytes)
{
    return static_cast<long>(bytes.size());
}

/// Leaves OpenSSL's error queue empty whatever happens, so that no step sees another's errors.
struct ErrorQueueGuard {
    ErrorQueueGuard() { ERR_clear_error(); }
    ~ErrorQueueGuard() { ERR_clear_error(); }
    Q_DISABLE_COPY_MOVE(ErrorQueueGuard)
};

bool queueNamesUnsupportedCipher()
{
    while (const unsigned long error = ERR_get_error()) {
        const int reason = ERR_GET_REASON(error);
        if (reason == ERR_R_UNSUPPORTED || (ERR_GET_LIB(error) == ERR_LIB_EVP &&
                                            (reason == EVP_R_UNSUPPORTED_ALGORITHM ||
                                             reason == EVP_R_UNSUPPORTED_CIPHER || reason == EVP_R_UNKNOWN_CIPHER ||
                                             reason == EVP_R_UNKNOWN_PBE_ALGORITHM || reason == EVP_R_UNSUPPORTED_PRF)))
            return true;
    }
    return false;
}

/// Iterations a PBES1 or PBES2 algorithm asks for; 0 where that is not how its cost is told.
long iterationsOf(const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = nullptr;
    int parameterType = 0;
    const void *parameter = nullptr;
    X509_ALGOR_get0(&object, &parameterType, &parameter, algorithm);
    if (parameterType != V_ASN1_SEQUENCE)
        return 0;
    const auto *sequence = static_cast<const ASN1_STRING *>(parameter);
    const unsigned char *in = ASN1_STRING_get0_data(sequence);
    const long size = ASN1_STRING_length(sequence);

    const auto valueOf = [](const ASN1_INTEGER *integer) {
        std::int64_t value = 0;
        return ASN1_INTEGER_get_int64(&value, integer) == 1 && value >= 0 ? static_cast<long>(value)
                                                                          : std::numeric_limits<long>::max();
    };
    if (OBJ_obj2nid(object) != NID_pbes2) {
        const OpenSslPointer<PBEPARAM, PBEPARAM_free> pbes1(d2i_PBEPARAM(nullptr, &in, size));
        return pbes1 ? valueOf(pbes1->iter) : 0;
    }
    const OpenSslPointer<PBE2PARAM, PBE2PARAM_free> pbes2(d2i_PBE2PARAM(nullptr, &in, size));
    if (!pbes2 || pbes2->keyfunc->parameter == nullptr || pbes2->keyfunc->parameter->type != V_ASN1_SEQUENCE ||
        OBJ_obj2nid(pbes2->keyfunc->algorithm) != NID_id_pbkdf2)
        return 0;
    const ASN1_STRING *inner = pbes2->keyfunc->parameter->value.sequence;
    in = ASN1_STRING_get0_data(inner);
    const OpenSslPointer<PBKDF2PARAM, PBKDF2PARAM_free> pbkdf2(
        d2i_PBKDF2PARAM(nullptr, &in, ASN1_STRING_length(inner)));
    return pbkdf2 ? valueOf(pbkdf2->iter) : 0;
}

/// Hands PEM reading the passphrase; never lets libcrypto ask on the terminal.
int givePassphrase(char *buffer, int size, int /*forWriting*/, void *context)
{
    const auto *passphrase = static_cast<const SecretBytes *>(context);
    if (passphrase->size() > static_cast<std::size_t>(size))
        return -1;
    std::ranges::copy(passphrase->charView(), buffer);
    return static_cast<int>(passphrase->size());
}

/// n = p·q, and d and the CRT parts fit them. OpenSSL's signing quietly repairs wrong CRT parts, so a trial signature
/// alone would not notice an edited key; its own full check takes seconds for hostile sizes.
bool isConsistentRsa(const EVP_PKEY *key)
{
    const BignumPointer n = bignumParameter(key, OSSL_PKEY_PARAM_RSA_N);
    const BignumPointer e = bignumParameter(key, OSSL_PKEY_PARAM_RSA_E);
    const BignumPointer d = bignumParameter(key, OSSL_PKEY_PARAM_RSA_D);
    const BignumPointer p = bignumParameter(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    const BignumPointer q = bignumParameter(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    const BignumPointer dp = bignumParameter(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    const BignumPointer dq = bignumParameter(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    const BignumPointer qInverse = bignumParameter(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);
    if (!n || !e || !d || !p || !q || !dp || !dq || !qInverse || BN_is_one(p.get()) || BN_is_one(q.get()) ||
        BN_is_zero(p.get()) || BN_is_zero(q.get()))
        return false;

    const OpenSslPointer<BN_CTX, BN_CTX_free> context(BN_CTX_secure_new());
    const BignumPointer one(BN_new());
    BN_one(one.get());
    const BignumPointer scratch(BN_secure_new());
    const BignumPointer pMinus1(BN_secure_new());
    const BignumPointer qMinus1(BN_secure_new());
    const auto equals = [&](const BIGNUM *expected) { return BN_cmp(scratch.get(), expected) == 0; };
    return BN_mul(scratch.get(), p.get(), q.get(), context.get()) == 1 && equals(n.get()) &&
           BN_sub(pMinus1.get(), p.get(), one.get()) == 1 && BN_sub(qMinus1.get(), q.get(), one.get()) == 1 &&
           BN_mod_mul(scratch.get(), d.get(), e.get(), pMinus1.get(), context.get()) == 1 && equals(one.get()) &&
           BN_mod_mul(scratch.get(), d.get(), e.get(), qMinus1.get(), context.get()) == 1 && equals(one.get()) &&
           BN_mod(scratch.get(), d.get(), pMinus1.get(), context.get()) == 1 && equals(dp.get()) &&
           BN_mod(scratch.get(), d.get(), qMinus1.get(), context.get()) == 1 && equals(dq.get()) &&
           BN_mod_mul(scratch.get(), qInverse.get(), q.get(), p.get(), context.get()) == 1 && equals(one.get());
}

/// OpenSSL's own check, for EC keys (quick) and for the rare RSA keys with more than two primes.
bool passesFullCheck(EVP_PKEY *key)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context && EVP_PKEY_check(context.get()) == 1;
}

bool passesTrialSignature(EVP_PKEY *key)
{
    EVP_PKEY_up_ref(key);
    const PrivateKey signer = KeyAccess::makePrivate(PkeyPointer(key));
    const PublicKey verifier = signer.publicKey();
    const QByteArray text = QByteArrayLiteral("trial");
    const auto signature = signer.sign(verifier.defaultAlgorithm(), text);
    return signature.has_value() && verifier.verify(verifier.defaultAlgorithm(), text, *signature);
}

KeyFinding error(const char *code, QString message, QString hint)
{
    return {KeyFinding::Severity::Error, QString::fromLatin1(code), std::move(message), std::move(hint)};
}

std::optional<KeyFinding> unsuitableType(const EVP_PKEY *key)
{
    const QString type = typeNameOf(key);
    const QString hint = KeyText::tr("Generate an RSA key with at least 2048 bits, or an EC key on P-384.");
    if (type == QLatin1String("RSA")) {
        const int bits = EVP_PKEY_get_bits(key);
        if (bits < 2048)
            return error("key.rsa-too-small",
                         KeyText::tr("This RSA key has %1 bits; servers refuse fewer than 2048.").arg(bits),
                         KeyText::tr("Generate a key with 2048 bits or more and register its public half."));
        if (bits > maxRsaBits)
            return error("key.rsa-too-large",
                         KeyText::tr("This RSA key has %1 bits; more than %2 are not used.").arg(bits).arg(maxRsaBits),
                         hint);
        return std::nullopt;
    }
    if (type != QLatin1String("EC"))
        return error("key.unsupported-type",
                     KeyText::tr("This is a key of type %1; SMART servers take RSA and EC keys.").arg(type), hint);
    const QString curve = curveOf(key);
    if (curve != QLatin1String("P-256") && curve != QLatin1String("P-384"))
        return error("key.unsupported-curve",
                     KeyText::tr("This EC key is on the curve %1; only P-256 and P-384 are taken.")
                         .arg(curve.isEmpty() ? KeyText::tr("given by its parameters") : curve),
                     hint);
    return std::nullopt;
}

} // namespace

PkeyPointer readPkcs8(std::span<const std::byte> der)
{
    const ErrorQueueGuard guard;
    const unsigned char *in = unsignedData(der);
    const Pkcs8Pointer info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &in, sizeOf(der)));
    return PkeyPointer(info ? EVP_PKCS82PKEY(info.get()) : nullptr);
}

PkeyPointer readPrivateKeyDer(std::span<const std::byte> der)
{
    if (PkeyPointer key = readPkcs8(der))
        return key;
    const ErrorQueueGuard guard;
    for (const char *structure : {"type-specific", "PrivateKeyInfo"}) {
        EVP_PKEY *key = nullptr;
        const OpenSslPointer<OSSL_DECODER_CTX, OSSL_DECODER_CTX_free> decoder(
            OSSL_DECODER_CTX_new_for_pkey(&key, "DER", structure, nullptr, EVP_PKEY_KEYPAIR, nullptr, nullptr));
        const unsigned char *in = unsignedData(der);
        std::size_t size = der.size();
        if (decoder && OSSL_DECODER_from_data(decoder.get(), &in, &size) == 1 && key != nullptr)
            return PkeyPointer(key);
        EVP_PKEY_free(key);
    }
    return nullptr;
}

Decryption decryptPkcs8(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    const ErrorQueueGuard guard;
    const unsigned char *in = unsignedData(der);
    const OpenSslPointer<X509_SIG, X509_SIG_free> sealed(d2i_X509_SIG(nullptr, &in, sizeOf(der)));
    if (!sealed)
        return {DecryptionOutcome::Damaged, nullptr};
    const X509_ALGOR *algorithm = nullptr;
    X509_SIG_get0(sealed.get(), &algorithm, nullptr);
    if (iterationsOf(algorithm) > maxKdfIterations)
        return {DecryptionOutcome::TooCostly, nullptr};
    const char *text = passphrase.isEmpty() ? "" : passphrase.charView().data();
    const Pkcs8Pointer info(PKCS8_decrypt(sealed.get(), text, static_cast<int>(passphrase.size())));
    if (!info)
        return {queueNamesUnsupportedCipher() ? DecryptionOutcome::UnsupportedCipher
                                              : DecryptionOutcome::WrongPassphrase,
                nullptr};
    PkeyPointer key(EVP_PKCS82PKEY(info.get()));
    const auto outcome = key ? DecryptionOutcome::Decrypted : DecryptionOutcome::Damaged;
    return {outcome, std::move(key)};
}

Decryption decryptLegacyPem(const SecretBytes &pem, const SecretBytes &passphrase)
{
    const ErrorQueueGuard guard;
    // PEM_read_bio_PrivateKey passes the callback's context as void *, hence the cast of constness that it never uses.
    PkeyPointer key(PEM_read_bio_PrivateKey(memoryBio(pem.charView()).get(), nullptr, givePassphrase,
                                            const_cast<SecretBytes *>(&passphrase)));
    if (key)
        return {DecryptionOutcome::Decrypted, std::move(key)};
    return {queueNamesUnsupportedCipher() && passphrase.isEmpty() ? DecryptionOutcome::UnsupportedCipher
                                                                  : DecryptionOutcome::WrongPassphrase,
            nullptr};
}

Decryption decryptPkcs12(std::span<const std::byte> der, const SecretBytes &passphrase)
{
    const ErrorQueueGuard guard;
    const unsigned char *in = unsignedData(der);
    const OpenSslPointer<PKCS12, PKCS12_free> archive(d2i_PKCS12(nullptr, &in, sizeOf(der)));
    if (!archive)
        return {DecryptionOutcome::Damaged, nullptr};
    // PKCS12_parse wants a terminated string.
    SecretBytes terminated(passphrase.size() + 1);
    std::ranges::copy(passphrase.view(), terminated.bytes().begin());
    EVP_PKEY *key = nullptr;
    X509 *certificate = nullptr;
    const int parsed = PKCS12_parse(archive.get(), terminated.charView().data(), &key, &certificate, nullptr);
    X509_free(certificate);
    if (parsed == 1)
        return {key != nullptr ? DecryptionOutcome::Decrypted : DecryptionOutcome::Damaged, PkeyPointer(key)};
    return {queueNamesUnsupportedCipher() ? DecryptionOutcome::UnsupportedCipher : DecryptionOutcome::WrongPassphrase,
            nullptr};
}

bool isPkcs12(std::span<const std::byte> der)
{
    const ErrorQueueGuard guard;
    const unsigned char *in = unsignedData(der);
    return OpenSslPointer<PKCS12, PKCS12_free>(d2i_PKCS12(nullptr, &in, sizeOf(der))) != nullptr;
}

bool isEncryptedPkcs8(std::span<const std::byte> der)
{
    const ErrorQueueGuard guard;
    const unsigned char *in = unsignedData(der);
    return OpenSslPointer<X509_SIG, X509_SIG_free>(d2i_X509_SIG(nullptr, &in, sizeOf(der))) != nullptr;
}

std::optional<KeyFinding> flawOf(EVP_PKEY *key)
{
    const ErrorQueueGuard guard;
    if (auto finding = unsuitableType(key))
        return finding;
    const bool isTwoPrimeRsa =
        typeNameOf(key) == QLatin1String("RSA") && !bignumParameter(key, OSSL_PKEY_PARAM_RSA_FACTOR3);
    const bool isConsistent = isTwoPrimeRsa ? isConsistentRsa(key) : passesFullCheck(key);
    if (!isConsistent || !passesTrialSignature(key))
        return error("key.inconsistent",
                     KeyText::tr("The parts of this key don't belong together: it was edited or damaged."),
                     KeyText::tr("Copy the key again from where it was made, or generate a new one."));
    return std::nullopt;
}

QString typeNameOf(const EVP_PKEY *key)
{
    const char *name = EVP_PKEY_get0_type_name(key);
    const QString text = QString::fromLatin1(name == nullptr ? "" : name);
    return text == QLatin1String("ED25519") ? QStringLiteral("Ed25519")
           : text == QLatin1String("ED448") ? QStringLiteral("Ed448")
                                            : text;
}

} // namespace credenza
