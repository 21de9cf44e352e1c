// SPDX-License-Identifier: Apache-2.0
#include "core/smart/ClientAssertion.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

struct SmartText {
    Q_DECLARE_TR_FUNCTIONS(SmartText)
};

QByteArray encodedPart(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toBase64(base64Url);
}

std::optional<QJsonObject> decodedPart(QByteArrayView part)
{
    const auto bytes = QByteArray::fromBase64Encoding(part.toByteArray(), QByteArray::Base64UrlEncoding |
                                                                              QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return std::nullopt;
    const QJsonDocument json = QJsonDocument::fromJson(*bytes);
    return json.isObject() ? std::optional(json.object()) : std::nullopt;
}

} // namespace

Result<ClientAssertion> makeClientAssertion(const AssertionRequest &request, const PrivateKey &key, const Clock &clock,
                                            RandomSource &random)
{
    ClientAssertion assertion;
    assertion.header = {{u"alg"_s, nameOf(request.algorithm)}, {u"kid"_s, request.keyId}, {u"typ"_s, u"JWT"_s}};
    if (!request.jwkSetUrl.isEmpty())
        assertion.header.insert(u"jku"_s, request.jwkSetUrl);
    const auto expiry = std::chrono::floor<std::chrono::seconds>(clock.now() + request.clockOffset) + request.lifetime;
    assertion.claims = {{u"iss"_s, request.clientId},
                        {u"sub"_s, request.clientId},
                        {u"aud"_s, request.tokenEndpoint},
                        {u"exp"_s, qint64(expiry.time_since_epoch().count())},
                        {u"jti"_s, randomUuid(random).toString(QUuid::WithoutBraces)}};

    QByteArray jwt = encodedPart(assertion.header) + '.' + encodedPart(assertion.claims);
    const QByteArray signature = TRY(key.sign(request.algorithm, jwt));
    jwt += '.' + signature.toBase64(base64Url);
    assertion.jwt = SecretBytes::takeFrom(jwt);
    return assertion;
}

Result<DecodedJwt> decodeJwt(QByteArrayView jwt)
{
    const QByteArrayView text = jwt.trimmed();
    const qsizetype firstDot = text.indexOf('.');
    const qsizetype secondDot = firstDot < 0 ? -1 : text.indexOf('.', firstDot + 1);
    if (secondDot >= 0 && text.indexOf('.', secondDot + 1) < 0) {
        const auto header = decodedPart(text.first(firstDot));
        const auto claims = decodedPart(text.sliced(firstDot + 1, secondDot - firstDot - 1));
        if (header && claims)
            return DecodedJwt{*header, *claims};
    }
    return fail(ErrorKind::InvalidInput, u"jwt.malformed"_s, SmartText::tr("This is not a signed JWT."),
                SmartText::tr("A JWT is three parts of base64url text with dots between: header.claims.signature."));
}

} // namespace credenza
