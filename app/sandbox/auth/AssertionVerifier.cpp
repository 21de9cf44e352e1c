// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/auth/AssertionVerifier.h"

#include "core/keys/PublicKey.h"

#include <QJsonArray>

#include <algorithm>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 longestLife = 300; // seconds, SMART 2.2
constexpr qsizetype longestJti = 151;
constexpr qsizetype longestToken = 16 * 1024;

std::optional<QByteArray> decodeBase64Url(QByteArrayView text)
{
    constexpr auto options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    auto decoded =
        QByteArray::fromBase64Encoding(text.toByteArray(), options | QByteArray::AbortOnBase64DecodingErrors);
    // Encoding again finds padding and stray bits, which would let one assertion be written in several ways.
    if (!decoded || (*decoded).toBase64(options) != text)
        return std::nullopt;
    return *decoded;
}

std::optional<QString> stringMember(const StrictObject &object, const QString &name)
{
    const QJsonValue value = object.members.value(name);
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

QString quoted(const QString &text)
{
    return u'"' + text.left(200) + u'"';
}

/// The header's own rules; the algorithm if it is one we take.
std::optional<SignatureAlgorithm> checkHeader(const ParsedAssertion &assertion, const AssertionExpectation &expected,
                                              AssertionFaults &faults)
{
    const StrictObject &header = assertion.header;
    const auto name = stringMember(header, u"alg"_s);
    const auto algorithm = name ? signatureAlgorithm(*name) : std::nullopt;
    if (!algorithm)
        faults.append({u"alg-not-allowed"_s, u"The header's alg must be RS256, RS384, RS512, ES256 or ES384."_s});
    if (header.members.contains(u"typ"_s) && stringMember(header, u"typ"_s) != u"JWT"_s)
        faults.append({u"typ-not-jwt"_s, u"The header's typ must be \"JWT\"."_s});
    if (header.members.contains(u"crit"_s))
        faults.append({u"crit-not-supported"_s, u"The header has critical extensions, which are not understood."_s});
    if (header.members.contains(u"jku"_s) &&
        (expected.jwksUri.isEmpty() || stringMember(header, u"jku"_s) != expected.jwksUri.toString(QUrl::FullyEncoded)))
        faults.append({u"jku-mismatch"_s, u"The header's jku is not the JWK Set URL that was registered."_s});
    return algorithm;
}

/// The one key of the set that the header names.
std::optional<QJsonObject> selectKey(const ParsedAssertion &assertion, const AssertionExpectation &expected,
                                     AssertionFaults &faults)
{
    const auto kid = stringMember(assertion.header, u"kid"_s);
    if (!kid || kid->isEmpty()) {
        faults.append({u"kid-missing"_s, u"The header has no kid."_s});
        return std::nullopt;
    }
    QList<QJsonObject> matching;
    for (const QJsonObject &key : expected.keys) {
        if (key.value(u"kid"_s).isString() && key.value(u"kid"_s).toString() == *kid)
            matching.append(key);
    }
    if (matching.isEmpty()) {
        faults.append({u"kid-unknown"_s, u"No key of the registered JWK Set has the kid "_s + quoted(*kid) + u'.'});
        return std::nullopt;
    }
    if (matching.size() > 1) {
        faults.append(
            {u"kid-ambiguous"_s, u"More than one key of the registered JWK Set has the kid "_s + quoted(*kid) + u'.'});
        return std::nullopt;
    }
    return matching.first();
}

/// Whether the JWK itself says that it is meant for this (RFC 7517, sections 4.2 to 4.4).
bool isMeantFor(const QJsonObject &key, SignatureAlgorithm algorithm)
{
    if (key.contains(u"use"_s) && key.value(u"use"_s) != QJsonValue(u"sig"_s))
        return false;
    if (key.contains(u"key_ops"_s) && !key.value(u"key_ops"_s).toArray().contains(u"verify"_s))
        return false;
    return !key.contains(u"alg"_s) || key.value(u"alg"_s) == QJsonValue(nameOf(algorithm));
}

void checkSignature(const ParsedAssertion &assertion, const QJsonObject &jwk, SignatureAlgorithm algorithm,
                    AssertionFaults &faults)
{
    const auto key = PublicKey::fromJwk(jwk);
    if (!key) {
        faults.append({u"key-unusable"_s, u"The registered key cannot be used: "_s + key.error().message});
        return;
    }
    if (!key->fits(algorithm) || !isMeantFor(jwk, algorithm)) {
        faults.append({u"alg-mismatch"_s, u"The header's alg does not fit the registered key."_s});
        return;
    }
    if (!key->verify(algorithm, assertion.signedText, assertion.signature))
        faults.append({u"signature-invalid"_s, u"The signature was not made with the registered key."_s});
}

void checkParties(const StrictObject &claims, const AssertionExpectation &expected, AssertionFaults &faults)
{
    const auto issuer = stringMember(claims, u"iss"_s);
    const auto subject = stringMember(claims, u"sub"_s);
    if (!issuer || *issuer != expected.clientId)
        faults.append({u"iss-mismatch"_s, u"iss is not a registered client ID."_s});
    if (!subject || subject != issuer)
        faults.append({u"sub-mismatch"_s, u"sub must be the client ID, as iss."_s});

    const QJsonValue audience = claims.members.value(u"aud"_s);
    const QString endpoint = QString::fromLatin1(expected.tokenEndpoint);
    const QJsonArray audiences = audience.isArray() ? audience.toArray() : QJsonArray{audience};
    const bool onlyStrings = std::ranges::all_of(audiences, [](const QJsonValue &one) { return one.isString(); });
    if (!onlyStrings || !audiences.contains(endpoint))
        faults.append({u"aud-mismatch"_s, u"aud must be exactly "_s + quoted(endpoint) + u'.'});
}

void checkTimes(const StrictObject &claims, qint64 nowMs, AssertionFaults &faults)
{
    const auto expires = claims.integer(u"exp"_s);
    if (!expires) {
        faults.append({u"exp-invalid"_s, u"exp must be given, as an integer number of seconds."_s});
        return;
    }
    // Compared in whole seconds and without arithmetic on the claim: it may be as large as 64 bits allow.
    const qint64 now = nowMs / 1000;
    if (*expires <= now)
        faults.append({u"exp-passed"_s, u"exp has passed; the server's time is %1."_s.arg(now)});
    else if (*expires > now + longestLife)
        faults.append({u"exp-too-far"_s, u"exp is more than 300 seconds ahead; the server's time is %1."_s.arg(now)});

    for (const QString &name : {u"nbf"_s, u"iat"_s}) {
        if (!claims.members.contains(name))
            continue;
        const auto time = claims.integer(name);
        if (!time)
            faults.append({name + u"-invalid"_s, name + u" must be an integer number of seconds."_s});
        else if (*time > now)
            faults.append({name + u"-in-future"_s, name + u" is in the future; the server's time is %1."_s.arg(now)});
        else if (*expires > now && *expires <= now + longestLife && *time < *expires - longestLife)
            faults.append({name + u"-too-early"_s, u"exp is more than 300 seconds after "_s + name + u'.'});
    }
}

void checkId(const StrictObject &claims, AssertionFaults &faults)
{
    const auto id = stringMember(claims, u"jti"_s);
    if (!id || id->isEmpty())
        faults.append({u"jti-invalid"_s, u"jti must be given, as a string."_s});
    else if (id->toUcs4().size() > longestJti)
        faults.append({u"jti-too-long"_s, u"jti is longer than 151 characters."_s});
}

} // namespace

QString ParsedAssertion::issuer() const
{
    return claims.members.value(u"iss"_s).toString();
}

std::expected<ParsedAssertion, AssertionFault> parseAssertion(QByteArrayView token)
{
    const auto malformed = [](const QString &why) {
        return std::unexpected(AssertionFault{u"assertion-malformed"_s, why});
    };
    if (token.size() > longestToken)
        return malformed(u"The assertion is longer than 16 KiB."_s);
    const qsizetype first = token.indexOf('.');
    const qsizetype last = token.lastIndexOf('.');
    if (first < 0 || last == first || token.sliced(first + 1, last - first - 1).contains('.'))
        return malformed(u"The assertion must have three parts, separated by dots."_s);
    const auto header = decodeBase64Url(token.first(first));
    const auto claims = decodeBase64Url(token.sliced(first + 1, last - first - 1));
    auto signature = decodeBase64Url(token.sliced(last + 1));
    if (!header || !claims || !signature)
        return malformed(u"The assertion's parts must be base64url without padding."_s);
    auto parsedHeader = parseStrictObject(*header);
    auto parsedClaims = parseStrictObject(*claims);
    if (!parsedHeader || !parsedClaims)
        return malformed(u"Header and claims must be JSON objects without doubled members."_s);
    return ParsedAssertion{.header = std::move(*parsedHeader),
                           .claims = std::move(*parsedClaims),
                           .signedText = token.first(last).toByteArray(),
                           .signature = std::move(*signature)};
}

AssertionFaults verifyAssertion(const ParsedAssertion &assertion, const AssertionExpectation &expected)
{
    AssertionFaults faults;
    const auto algorithm = checkHeader(assertion, expected, faults);
    const auto key = selectKey(assertion, expected, faults);
    if (algorithm && key)
        checkSignature(assertion, *key, *algorithm, faults);
    checkParties(assertion.claims, expected, faults);
    checkTimes(assertion.claims, expected.nowMs, faults);
    checkId(assertion.claims, faults);
    return faults;
}

} // namespace credenza::sandbox
