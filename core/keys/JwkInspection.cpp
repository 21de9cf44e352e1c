// SPDX-License-Identifier: Apache-2.0
#include "core/keys/JwkReading.h"
#include "core/keys/KeyAcceptance.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace credenza
{

namespace
{

struct InspectionText {
    Q_DECLARE_TR_FUNCTIONS(KeyInspection)
};

constexpr qsizetype maxJsonBytes = 1024 * 1024;
constexpr qsizetype maxKeys = 100;

/// The type of a JWK as people call it: "Ed25519" rather than "OKP".
QString typeOf(const QJsonObject &jwk)
{
    const QString type = jwk.value(QLatin1String("kty")).toString();
    return type == QLatin1String("OKP") ? jwk.value(QLatin1String("crv")).toString() : type;
}

/// What a private JWK says of itself should not speak against signing with it.
void checkIntention(KeyInspection &inspection, const QJsonObject &jwk)
{
    const QString use = jwk.value(QLatin1String("use")).toString();
    if (!use.isEmpty() && use != QLatin1String("sig"))
        addWarning(inspection, "key.jwk-use",
                   InspectionText::tr("The JWK says that it is not for signatures (“use”: “%1”).").arg(use),
                   InspectionText::tr("Check that this is the key you registered; publish it with “use”: “sig”."));
    const QJsonArray operations = jwk.value(QLatin1String("key_ops")).toArray();
    if (!operations.isEmpty() && !operations.contains(QLatin1String("sign")))
        addWarning(inspection, "key.jwk-use",
                   InspectionText::tr("The JWK says that it is not for signing (“key_ops” lacks “sign”)."),
                   InspectionText::tr("Check that this is the key you registered."));
    const QString named = jwk.value(QLatin1String("alg")).toString();
    const auto algorithm = signatureAlgorithm(named);
    if (!algorithm && !named.isEmpty() && inspection.publicKey)
        addWarning(inspection, "key.jwk-algorithm",
                   InspectionText::tr("The JWK names the algorithm %1, which SMART servers don't take.").arg(named),
                   InspectionText::tr("Publish it with %1.").arg(nameOf(inspection.publicKey->defaultAlgorithm())));
    if (algorithm && inspection.publicKey && !inspection.publicKey->fits(*algorithm))
        addWarning(
            inspection, "key.jwk-algorithm",
            InspectionText::tr("The JWK names the algorithm %1, which does not fit its key.").arg(nameOf(*algorithm)),
            InspectionText::tr("Publish it with %1.").arg(nameOf(inspection.publicKey->defaultAlgorithm())));
}

/// The size of a key that is not read, by the name of its curve.
void describeCurve(KeyInspection &inspection, const QString &curve)
{
    struct Size {
        QLatin1String curve;
        int bits;
    };
    constexpr std::array sizes{Size{QLatin1String("P-256"), 256},   Size{QLatin1String("P-384"), 384},
                               Size{QLatin1String("P-521"), 521},   Size{QLatin1String("secp256k1"), 256},
                               Size{QLatin1String("Ed25519"), 256}, Size{QLatin1String("Ed448"), 456},
                               Size{QLatin1String("X25519"), 253},  Size{QLatin1String("X448"), 448}};
    const auto match = std::ranges::find(sizes, curve, &Size::curve);
    if (match != sizes.end())
        inspection.bits = match->bits;
    if (inspection.keyType == QLatin1String("EC"))
        inspection.curve = curve;
}

KeyInspection inspectJwk(const QJsonObject &jwk)
{
    KeyInspection inspection;
    inspection.kind = KeyMaterialKind::Jwk;
    inspection.format = QStringLiteral("JWK");
    inspection.keyId = jwk.value(QLatin1String("kid")).toString();
    if (jwk.value(QLatin1String("kty")) == QLatin1String("oct")) {
        inspection.keyType = QStringLiteral("oct");
        addError(inspection, "key.is-secret", InspectionText::tr("This JWK is a shared secret, not a key pair."),
                 InspectionText::tr("SMART Backend Services uses no shared secret: give the private key whose public "
                                    "half is registered."));
        return inspection;
    }
    const bool isPrivate = hasPrivateMembers(jwk);
    auto key = isPrivate ? privateKeyFromJwk(jwk) : publicKeyFromJwk(jwk);
    if (!key) {
        inspection.keyType = typeOf(jwk);
        describeCurve(inspection, jwk.value(QLatin1String("crv")).toString());
        const bool isOtherType = key.error().code == QLatin1String("jwk.unsupported-type");
        addError(inspection,
                 !isOtherType                                ? "key.bad-jwk"
                 : inspection.keyType == QLatin1String("EC") ? "key.unsupported-curve"
                                                             : "key.unsupported-type",
                 key.error().message, key.error().hint);
        return inspection;
    }
    if (isPrivate) {
        accept(inspection, std::move(*key));
        inspection.kind = KeyMaterialKind::Jwk;
        checkIntention(inspection, jwk);
        return inspection;
    }
    inspection.keyType = typeNameOf(key->get());
    inspection.bits = EVP_PKEY_get_bits(key->get());
    inspection.curve = curveOf(key->get());
    inspection.publicKey = KeyAccess::makePublic(std::move(*key));
    inspection.thumbprint = inspection.publicKey->thumbprint();
    addError(inspection, "key.is-public-key", InspectionText::tr("This JWK holds only the public half of the key."),
             InspectionText::tr("Give the private JWK (with the member \"d\"), or the private key in PEM form."));
    return inspection;
}

KeyInspection inspectPrivateJwks(const QList<QJsonObject> &jwks, const QString &choice)
{
    std::vector<KeyInspection> read;
    for (const QJsonObject &jwk : jwks.first(std::min(maxKeys, jwks.size())))
        read.push_back(inspectJwk(jwk));
    const auto is = [&choice](const KeyInspection &key) {
        return !choice.isEmpty() && (key.keyId == choice || key.thumbprint == choice);
    };
    const auto chosen = std::ranges::find_if(read, is);
    if (chosen != read.end() && std::ranges::count_if(read, is) == 1)
        return std::move(*chosen);
    if (read.size() == 1)
        return std::move(read.front());
    QList<KeyOffer> offers;
    for (const KeyInspection &key : read) {
        if (key.isUsable())
            offers.append(offerOf(key));
    }
    KeyInspection inspection;
    refuseSeveral(inspection, jwks.size(), std::move(offers));
    return inspection;
}

KeyInspection inspectJwkSet(const QJsonArray &keys, const QString &choice)
{
    QList<QJsonObject> privateKeys;
    for (const QJsonValue &key : keys) {
        if (hasPrivateMembers(key.toObject()) && key[QLatin1String("kty")] != QLatin1String("oct"))
            privateKeys.append(key.toObject());
    }
    KeyInspection inspection;
    if (!privateKeys.isEmpty())
        inspection = inspectPrivateJwks(privateKeys, choice);
    else if (keys.size() == 1)
        inspection = inspectJwk(keys.first().toObject());
    else if (keys.isEmpty())
        addError(inspection, "key.empty-set", InspectionText::tr("This JWK Set holds no key."),
                 InspectionText::tr("Give the private key."));
    else
        addError(inspection, "key.is-public-key", InspectionText::tr("This JWK Set holds only public keys."),
                 InspectionText::tr("It is what the server gets. Give the private key."));
    inspection.kind = KeyMaterialKind::JwkSet;
    inspection.format = QStringLiteral("JWK Set");
    return inspection;
}

constexpr int deepest = 3;

std::optional<KeyInspection> inspectJsonText(const QByteArray &text, const QString &choice, int depth);

std::optional<KeyInspection> inspectJsonValue(const QJsonValue &value, const QString &choice, int depth)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        const bool hasKeys =
            std::ranges::any_of(array, [](const QJsonValue &entry) { return entry[QLatin1String("kty")].isString(); });
        return hasKeys ? std::optional(inspectJwkSet(array, choice)) : std::nullopt;
    }
    if (value.isString()) { // JSON once more, in a text
        const QByteArray text = value.toString().toUtf8();
        return text.contains("kty") && depth < deepest ? inspectJsonText(text, choice, depth + 1) : std::nullopt;
    }
    const QJsonObject object = value.toObject();
    if (object.value(QLatin1String("keys")).isArray())
        return inspectJwkSet(object.value(QLatin1String("keys")).toArray(), choice);
    if (object.contains(QLatin1String("kty")))
        return inspectJwk(object);
    // A configuration file around it: {"jwks": {"keys": […]}}, {"privateKey": {"kty": …}}.
    for (const QJsonValue &member : object) {
        if (depth == deepest || (!member.isObject() && !member.isArray() && !member.isString()))
            continue;
        if (auto found = inspectJsonValue(member, choice, depth + 1))
            return found;
    }
    return std::nullopt;
}

/// Whether a text that is not JSON was meant to be a JWK: written in another language, or cut off.
std::optional<KeyInspection> brokenJwk(QByteArrayView text, const QJsonParseError &problem)
{
    static const QRegularExpression member(QStringLiteral("[\"']kty[\"']\\s*:\\s*[\"'](RSA|EC|OKP|oct)[\"']"));
    if (!member.match(QString::fromUtf8(text)).hasMatch() || text.contains("-----BEGIN"))
        return std::nullopt;
    KeyInspection inspection;
    inspection.kind = KeyMaterialKind::Jwk;
    inspection.format = QStringLiteral("JWK");
    addError(inspection, "key.bad-jwk",
             InspectionText::tr("This looks like a JWK, but it is not JSON: character %1 is wrong, or something is "
                                "missing there.")
                 .arg(problem.offset + 1),
             InspectionText::tr("Copy the JWK again, whole. JSON has double quotes, and no comma after the last "
                                "member."));
    return inspection;
}

std::optional<KeyInspection> inspectJsonText(const QByteArray &text, const QString &choice, int depth)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (document.isNull())
        return std::nullopt;
    return inspectJsonValue(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), choice,
                            depth);
}

} // namespace

std::optional<KeyInspection> inspectJson(QByteArrayView text, const QString &choice)
{
    if (text.size() > maxJsonBytes || (!text.contains("kty") && !text.contains("\"keys\"")))
        return std::nullopt;
    const QByteArrayView trimmed = text.trimmed();
    if (trimmed.startsWith('"') && trimmed.endsWith('"')) { // all of it as one JSON text
        const QByteArray array = QByteArray("[").append(trimmed.data(), trimmed.size()).append(']');
        return inspectJsonValue(QJsonDocument::fromJson(array).array().at(0), choice, 0);
    }
    // Only from the first brace to the last: there may be prose or a code fence around it.
    const bool isArray = trimmed.startsWith('[');
    const qsizetype first = text.indexOf(isArray ? '[' : '{');
    const qsizetype last = text.lastIndexOf(isArray ? ']' : '}');
    if (first < 0)
        return std::nullopt;
    const qsizetype end = last < first ? text.size() : last + 1;
    // QJsonDocument needs a QByteArray; this one shares our memory instead of copying it.
    const QByteArray shared = QByteArray::fromRawData(text.data() + first, end - first);
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(shared, &problem);
    if (document.isNull())
        return brokenJwk(text, problem);
    return inspectJsonValue(isArray ? QJsonValue(document.array()) : QJsonValue(document.object()), choice, 0);
}

} // namespace credenza
