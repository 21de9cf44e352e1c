// SPDX-License-Identifier: Apache-2.0
#include "core/keys/KeyLoading.h"

#include <QCoreApplication>

#include <array>

#include <openssl/core_names.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/err.h>

namespace credenza
{

namespace
{

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

constexpr int maxRsaBits = 16'384;
constexpr int maxTrialBits = 8'192;
// The full check of a key with more than two primes tests each of them: seconds for larger ones.
constexpr int maxMultiPrimeBits = 4'096;

const unsigned char *unsignedData(std::span<const std::byte> bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

long sizeOf(std::span<const std::byte> bytes)
{
    return static_cast<long>(bytes.size());
}

constexpr std::byte derSequence{0x30};
constexpr std::byte derInteger{0x02};
constexpr std::byte derOctetString{0x04};

/// Where the second element of a private key begins: SEQUENCE, its length, then the version as INTEGER 0 (RSA, DSA,
/// PKCS#8) or 1 (SEC1).
std::optional<std::size_t> placeAfterVersion(std::span<const std::byte> bytes)
{
    if (bytes.size() < 2 || bytes[0] != derSequence)
        return std::nullopt;
    const auto length = std::to_integer<std::size_t>(bytes[1]);
    const std::size_t body = length < 0x80 ? 2 : 2 + (length & 0x7f);
    const bool isVersion = body + 3 <= bytes.size() && bytes[body] == derInteger &&
                           bytes[body + 1] == std::byte{0x01} && bytes[body + 2] <= std::byte{0x01};
    return isVersion ? std::optional(body + 3) : std::nullopt;
}

/// What the second element of a private key is.
std::optional<std::byte> tagAfterVersion(std::span<const std::byte> bytes)
{
    const auto at = placeAfterVersion(bytes);
    return at && *at < bytes.size() ? std::optional(bytes[*at]) : std::nullopt;
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

/// The private number lies in the curve's range and gives the public point. On a curve of prime order that is all there
/// is to check. OpenSSL's own check and a trial signature would multiply points four times more, for the same answer.
bool isConsistentEc(const EVP_PKEY *key)
{
    const int curve = curveOf(key) == QLatin1String("P-256") ? NID_X9_62_prime256v1 : NID_secp384r1;
    const OpenSslPointer<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(curve));
    const OpenSslPointer<BN_CTX, BN_CTX_free> context(BN_CTX_secure_new());
    const BignumPointer d = bignumParameter(key, OSSL_PKEY_PARAM_PRIV_KEY);
    const BignumPointer x = bignumParameter(key, OSSL_PKEY_PARAM_EC_PUB_X);
    const BignumPointer y = bignumParameter(key, OSSL_PKEY_PARAM_EC_PUB_Y);
    if (!group || !context || !d || !x || !y || BN_is_zero(d.get()) || BN_is_negative(d.get()) ||
        BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0)
        return false;
    const OpenSslPointer<EC_POINT, EC_POINT_free> claimed(EC_POINT_new(group.get()));
    const OpenSslPointer<EC_POINT, EC_POINT_clear_free> own(EC_POINT_new(group.get()));
    // Setting the coordinates fails for a point that is not on the curve.
    return EC_POINT_set_affine_coordinates(group.get(), claimed.get(), x.get(), y.get(), context.get()) == 1 &&
           EC_POINT_mul(group.get(), own.get(), d.get(), nullptr, nullptr, context.get()) == 1 &&
           EC_POINT_cmp(group.get(), own.get(), claimed.get(), context.get()) == 0;
}

/// OpenSSL's own check, for the rare RSA keys with more than two primes.
bool passesFullCheck(EVP_PKEY *key)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context && EVP_PKEY_check(context.get()) == 1;
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

Failure damagedKey()
{
    return fail(ErrorKind::Damaged, QStringLiteral("key.damaged"), KeyText::tr("The private key is damaged."),
                KeyText::tr("Replace the key, or restore the vault from a backup."));
}

PkeyPointer readPrivateKeyDer(std::span<const std::byte> der)
{
    if (PkeyPointer key = readPkcs8(der))
        return key;
    // A decoder for any type costs milliseconds, so only those are asked whose structure begins like this one.
    const std::optional<std::byte> tag = tagAfterVersion(der);
    QList<const char *> types;
    if (tag == derInteger)
        types = {"RSA", "DSA"};
    else if (tag == derOctetString)
        types = {"EC"};
    const ErrorQueueGuard guard;
    for (const char *type : types) {
        EVP_PKEY *key = nullptr;
        const OpenSslPointer<OSSL_DECODER_CTX, OSSL_DECODER_CTX_free> decoder(
            OSSL_DECODER_CTX_new_for_pkey(&key, "DER", "type-specific", type, EVP_PKEY_KEYPAIR, nullptr, nullptr));
        const unsigned char *in = unsignedData(der);
        std::size_t size = der.size();
        if (decoder && OSSL_DECODER_from_data(decoder.get(), &in, &size) == 1 && key != nullptr)
            return PkeyPointer(key);
        EVP_PKEY_free(key);
    }
    return nullptr;
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

bool passesTrialSignature(EVP_PKEY *key)
{
    EVP_PKEY_up_ref(key);
    const PrivateKey signer = KeyAccess::makePrivate(PkeyPointer(key));
    const PublicKey verifier = signer.publicKey();
    const QByteArray text = QByteArrayLiteral("trial");
    const auto signature = signer.sign(verifier.defaultAlgorithm(), text);
    return signature.has_value() && verifier.verify(verifier.defaultAlgorithm(), text, *signature);
}

std::optional<KeyFinding> flawOf(EVP_PKEY *key)
{
    const ErrorQueueGuard guard;
    if (auto finding = unsuitableType(key))
        return finding;
    const bool isRsa = typeNameOf(key) == QLatin1String("RSA");
    const bool isMultiPrime = isRsa && bignumParameter(key, OSSL_PKEY_PARAM_RSA_FACTOR3) != nullptr;
    if (isMultiPrime && EVP_PKEY_get_bits(key) > maxMultiPrimeBits)
        return error("key.rsa-too-large", KeyText::tr("This RSA key is made of more than two large primes."),
                     KeyText::tr("Generate a usual one: RSA with 2048 to 4096 bits."));
    const bool isConsistent = isMultiPrime ? passesFullCheck(key) : isRsa ? isConsistentRsa(key) : isConsistentEc(key);
    // A signature by a huge key takes a large part of a second. Its parts fit each other, so it would be right; and so
    // it would be of an EC key.
    const bool isTried = isRsa && EVP_PKEY_get_bits(key) <= maxTrialBits;
    if (!isConsistent || (isTried && !passesTrialSignature(key)))
        return error("key.inconsistent",
                     KeyText::tr("The parts of this key don't belong together: it was edited or damaged."),
                     KeyText::tr("Copy the key again from where it was made, or generate a new one."));
    return std::nullopt;
}

bool looksLikePrivateKeyDer(std::span<const std::byte> bytes)
{
    return bytes.size() >= 8 && placeAfterVersion(bytes).has_value();
}

QString typeNameOf(const EVP_PKEY *key)
{
    const char *name = EVP_PKEY_get0_type_name(key);
    const QString text = QString::fromLatin1(name == nullptr ? "" : name);
    constexpr std::array<std::pair<QLatin1String, QLatin1String>, 4> usualNames{{
        {QLatin1String("ED25519"), QLatin1String("Ed25519")},
        {QLatin1String("ED448"), QLatin1String("Ed448")},
        {QLatin1String("DHX"), QLatin1String("DH")},
        {QLatin1String("SM2"), QLatin1String("EC")},
    }};
    for (const auto &[opensslName, usual] : usualNames) {
        if (text == opensslName)
            return usual;
    }
    return text;
}

} // namespace credenza
