// SPDX-License-Identifier: Apache-2.0
#include "core/keys/JwkReading.h"

#include "core/keys/KeyLoading.h"
#include "core/keys/RsaCompletion.h"

#include <QCoreApplication>

#include <array>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>

namespace credenza
{

namespace
{

struct JwkText {
    Q_DECLARE_TR_FUNCTIONS(Keys)
};

using ParameterBuilder = OpenSslPointer<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using Parameters = OpenSslPointer<OSSL_PARAM, OSSL_PARAM_free>;

struct RsaMember {
    QLatin1String jwkName;
    const char *parameter;
};
constexpr std::array rsaPublicMembers{RsaMember{QLatin1String("n"), OSSL_PKEY_PARAM_RSA_N},
                                      RsaMember{QLatin1String("e"), OSSL_PKEY_PARAM_RSA_E}};
constexpr std::array rsaPrivateMembers{RsaMember{QLatin1String("d"), OSSL_PKEY_PARAM_RSA_D},
                                       RsaMember{QLatin1String("p"), OSSL_PKEY_PARAM_RSA_FACTOR1},
                                       RsaMember{QLatin1String("q"), OSSL_PKEY_PARAM_RSA_FACTOR2},
                                       RsaMember{QLatin1String("dp"), OSSL_PKEY_PARAM_RSA_EXPONENT1},
                                       RsaMember{QLatin1String("dq"), OSSL_PKEY_PARAM_RSA_EXPONENT2},
                                       RsaMember{QLatin1String("qi"), OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

// 16384 bits; a longer member is nothing a server takes and only costs time.
constexpr qsizetype maxMemberBytes = 2048;

Failure malformed(const QString &member)
{
    return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.malformed"),
                JwkText::tr("The JWK's member \"%1\" is missing or is not base64url.").arg(member),
                JwkText::tr("Copy the JWK again, whole."));
}

Result<QByteArray> bytesOf(const QJsonObject &jwk, const QString &member)
{
    const auto decoded = QByteArray::fromBase64Encoding(jwk.value(member).toString().toLatin1(),
                                                        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals |
                                                            QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty() || decoded.decoded.size() > maxMemberBytes)
        return malformed(member);
    return decoded.decoded;
}

Result<BignumPointer> numberOf(const QJsonObject &jwk, const QString &member)
{
    QByteArray bytes = TRY(bytesOf(jwk, member));
    BignumPointer number(
        BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()), static_cast<int>(bytes.size()), nullptr));
    wipe(bytes);
    return number;
}

Result<PkeyPointer> keyFrom(const char *type, int selection, OSSL_PARAM_BLD *builder)
{
    ERR_clear_error();
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    const bool made = parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) == 1;
    ERR_clear_error();
    if (!made)
        return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.malformed"),
                    JwkText::tr("The JWK's members are no valid key."), JwkText::tr("Copy the JWK again, whole."));
    return PkeyPointer(key);
}

bool hasAllRsaMembers(const QJsonObject &jwk)
{
    return std::ranges::all_of(rsaPrivateMembers,
                               [&](const RsaMember &member) { return jwk.contains(member.jwkName); });
}

BignumPointer numberFrom(const SecretBytes &bytes)
{
    return BignumPointer(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.view().data()),
                                   static_cast<int>(bytes.size()), nullptr));
}

/// Whether one round of the Miller-Rabin test takes it for a prime; the further ones that libcrypto would make take
/// seconds.
bool isLikelyPrime(const BIGNUM *number)
{
    const OpenSslPointer<BN_CTX, BN_CTX_free> context(BN_CTX_new());
    const OpenSslPointer<BN_GENCB, BN_GENCB_free> callback(BN_GENCB_new());
    // Called once before the first round, then after each that was passed.
    BN_GENCB_set(
        callback.get(), [](int step, int round, BN_GENCB *) { return step == 1 && round >= 0 ? 0 : 1; }, nullptr);
    const ErrorQueueGuard guard;
    return BN_check_prime(number, context.get(), callback.get()) != 0;
}

/// A key of "n", "e" and "d" alone, as RFC 7518, section 6.3.2, allows it. Everything else wants the factors too: they
/// are recovered. What is wrong with `jwk` is for the checks that every key passes to say.
Result<PkeyPointer> rsaKeyWithoutFactors(const QJsonObject &jwk)
{
    // A larger one takes most of a second.
    constexpr int mostBits = 4096;
    std::array<SecretBytes, 3> given;
    std::array<BignumPointer, 3> numbers;
    constexpr std::array names{QLatin1String("n"), QLatin1String("e"), QLatin1String("d")};
    constexpr std::array parameters{OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D};
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    for (std::size_t i = 0; i < names.size(); ++i) {
        QByteArray bytes = TRY(bytesOf(jwk, names[i]));
        given[i] = SecretBytes::copyOf(QByteArrayView(bytes));
        wipe(bytes);
        numbers[i] = numberFrom(given[i]);
        OSSL_PARAM_BLD_push_BN(builder.get(), parameters[i], numbers[i].get());
    }
    PkeyPointer key = TRY(keyFrom("RSA", EVP_PKEY_KEYPAIR, builder.get()));
    const int bits = EVP_PKEY_get_bits(key.get());
    if (bits > mostBits)
        return fail(
            ErrorKind::InvalidInput, QStringLiteral("jwk.incomplete"),
            JwkText::tr("The JWK lacks \"p\" and \"q\"; they can be computed up to %1 bits only.").arg(mostBits),
            JwkText::tr("Export the JWK again with all its private members (d, p, q, dp, dq, qi)."));
    if (bits < 2048 || !passesTrialSignature(key.get()) || isLikelyPrime(numbers[0].get()))
        return key;
    const auto factors = recoverRsaFactors(given[0].view(), given[1].view(), given[2].view());
    if (!factors)
        return key;
    const std::array<const SecretBytes *, 5> recovered{&factors->p, &factors->q, &factors->dp, &factors->dq,
                                                       &factors->qi};
    const ParameterBuilder whole(OSSL_PARAM_BLD_new());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        OSSL_PARAM_BLD_push_BN(whole.get(), parameters[i], numbers[i].get());
    std::array<BignumPointer, 5> parts;
    for (std::size_t i = 0; i < recovered.size(); ++i) {
        parts[i] = numberFrom(*recovered[i]);
        OSSL_PARAM_BLD_push_BN(whole.get(), rsaPrivateMembers[i + 1].parameter, parts[i].get());
    }
    return keyFrom("RSA", EVP_PKEY_KEYPAIR, whole.get());
}

Result<PkeyPointer> rsaKey(const QJsonObject &jwk, bool isPrivate)
{
    if (jwk.contains(QLatin1String("oth")))
        return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.unsupported-type"),
                    JwkText::tr("The JWK's key is made of more than two primes (\"oth\"); servers don't take it."),
                    JwkText::tr("Use a usual RSA key with 2048 to 4096 bits, or an EC key on P-384."));
    if (isPrivate && jwk.contains(QLatin1String("d")) && !hasAllRsaMembers(jwk))
        return rsaKeyWithoutFactors(jwk);
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    std::vector<BignumPointer> numbers; // the builder only points to them
    const auto push = [&](const RsaMember &member) -> Result<void> {
        numbers.push_back(TRY(numberOf(jwk, member.jwkName)));
        OSSL_PARAM_BLD_push_BN(builder.get(), member.parameter, numbers.back().get());
        return {};
    };
    for (const RsaMember &member : rsaPublicMembers)
        TRY(push(member));
    if (isPrivate) {
        for (const RsaMember &member : rsaPrivateMembers) {
            if (!jwk.contains(member.jwkName))
                return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.incomplete"),
                            JwkText::tr("The JWK lacks \"%1\".").arg(member.jwkName),
                            JwkText::tr("Export the JWK again with all its private members (d, p, q, dp, dq, qi)."));
            TRY(push(member));
        }
    }
    return keyFrom("RSA", isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder.get());
}

Result<PkeyPointer> ecKey(const QJsonObject &jwk, bool isPrivate)
{
    const QString curve = jwk.value(QLatin1String("crv")).toString();
    const int size = curve == QLatin1String("P-256")   ? 32
                     : curve == QLatin1String("P-384") ? 48
                     : curve == QLatin1String("P-521") ? 66
                                                       : 0;
    if (size == 0)
        return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.unsupported-type"),
                    JwkText::tr("The JWK's curve \"%1\" is not one that servers take.").arg(curve),
                    JwkText::tr("Use a key on P-384 or P-256, or an RSA key."));
    const QByteArray x = TRY(bytesOf(jwk, QStringLiteral("x")));
    const QByteArray y = TRY(bytesOf(jwk, QStringLiteral("y")));
    // RFC 7518, section 6.2.1.2: the full size of a coordinate, leading zeros included.
    if (x.size() != size || y.size() != size)
        return malformed(x.size() != size ? QStringLiteral("x") : QStringLiteral("y"));
    const QByteArray point = '\x04' + x + y;
    const QByteArray group = curve.toLatin1();
    const ParameterBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.constData(), 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.constData(),
                                     static_cast<std::size_t>(point.size()));
    BignumPointer d;
    if (isPrivate) {
        d = TRY(numberOf(jwk, QStringLiteral("d")));
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, d.get());
    }
    return keyFrom("EC", isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, builder.get());
}

Result<PkeyPointer> keyFromJwk(const QJsonObject &jwk, bool isPrivate)
{
    const QString type = jwk.value(QLatin1String("kty")).toString();
    if (type == QLatin1String("RSA"))
        return rsaKey(jwk, isPrivate);
    if (type == QLatin1String("EC"))
        return ecKey(jwk, isPrivate);
    return fail(ErrorKind::InvalidInput, QStringLiteral("jwk.unsupported-type"),
                JwkText::tr("The JWK's type \"%1\" is not one that servers take.").arg(type),
                JwkText::tr("Use an RSA key, or an EC key on P-384."));
}

} // namespace

Result<PkeyPointer> publicKeyFromJwk(const QJsonObject &jwk)
{
    return keyFromJwk(jwk, false);
}

Result<PkeyPointer> privateKeyFromJwk(const QJsonObject &jwk)
{
    return keyFromJwk(jwk, true);
}

bool hasPrivateMembers(const QJsonObject &jwk)
{
    constexpr std::array names{QLatin1String("d"),  QLatin1String("p"),  QLatin1String("q"), QLatin1String("dp"),
                               QLatin1String("dq"), QLatin1String("qi"), QLatin1String("k"), QLatin1String("oth")};
    return std::ranges::any_of(names, [&](QLatin1String name) { return jwk.contains(name); });
}

} // namespace credenza
