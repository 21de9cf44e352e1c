// SPDX-License-Identifier: Apache-2.0
// What each value of a client assertion must be (RFC 7523 §3, SMART App Launch 2.2, facts §2.2 and T2d–T2l).
#include "core/smart/AssertionRules.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct Text {
    Q_DECLARE_TR_FUNCTIONS(AssertionInspection)
};

using enum AssertionCheck::State;
constexpr auto Wrong = AssertionCheck::State::Error; // `Error` alone is the failure type
using Part = AssertionCheck::Part;

constexpr qint64 longestLife = 300;  // seconds
constexpr qsizetype longestJti = 151; // at Epic

/// What a rule found.
struct Verdict {
    AssertionCheck::State state = Ok;
    const char *code = "ok"; ///< without the member's name
    QString message;
};

QString shown(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Double:
        return value.toVariant().toString();
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Array: {
        QStringList items;
        for (const QJsonValue &item : value.toArray())
            items << shown(item);
        return u'[' + items.join(u", "_s) + u']';
    }
    case QJsonValue::Object:
        return u"{…}"_s;
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Undefined:
        break;
    }
    return {};
}

AssertionCheck check(Part part, const QString &name, const QJsonValue &value, const Verdict &verdict)
{
    return {part, name, verdict.state, name + u'.' + QLatin1StringView(verdict.code), shown(value), verdict.message};
}

Verdict algorithmRule(const QJsonObject &header, const AssertionExpectations &expected)
{
    const QString name = header.value(u"alg").toString();
    const auto algorithm = signatureAlgorithm(name);
    if (name.isEmpty())
        return {Wrong, "missing", Text::tr("It must name the algorithm of the signature.")};
    if (name.compare(u"none", Qt::CaseInsensitive) == 0)
        return {Wrong, "none", Text::tr("An assertion must be signed.")};
    if (name.startsWith(u"HS"))
        return {Wrong, "symmetric", Text::tr("Signed with a shared secret; SMART wants a private key: RS384 or ES384.")};
    if (!algorithm)
        return {Wrong, "unsupported", Text::tr("Servers take RS256, RS384, RS512, ES256 and ES384.")};
    if (expected.key && !expected.key->fits(*algorithm))
        return {Wrong, "other-key-type", Text::tr("Does not fit the %1 key.").arg(nameOf(expected.key->type()))};
    if (keyTypeOf(*algorithm) == KeyType::Ec && header.value(u"jku").toString().isEmpty() && expected.jwkSetUrl.isEmpty())
        return {Warning, "needs-jwk-set", Text::tr("Epic takes ES algorithms only from a registered JWK Set URL.")};
    return {Ok, "ok", Text::tr("An algorithm that SMART servers take.")};
}

Verdict keyIdRule(const QJsonObject &header, const AssertionExpectations &expected)
{
    const QJsonValue kid = header.value(u"kid");
    if (kid.isUndefined())
        return {Wrong, "missing", Text::tr("Without kid the server can't tell which public key to use.")};
    if (!kid.isString() || kid.toString().isEmpty())
        return {Wrong, "not-text", Text::tr("It must be a text.")};
    if (!expected.keyId.isEmpty() && kid.toString() != expected.keyId)
        return {Wrong, "other", Text::tr("The key ID here is %1.").arg(expected.keyId)};
    return expected.keyId.isEmpty() ? Verdict{Ok, "ok", Text::tr("Must name exactly one key of the JWK Set.")}
                                    : Verdict{Ok, "ok", Text::tr("The key ID of this credential.")};
}

Verdict jwkSetUrlRule(const QString &url, const AssertionExpectations &expected)
{
    if (QUrl(url).scheme() != u"https")
        return {Wrong, "not-https", Text::tr("It must be an https: address.")};
    if (!expected.jwkSetUrl.isEmpty() && url != expected.jwkSetUrl)
        return {Wrong, "other", Text::tr("The registered one is %1; it must be the same to the letter.")
                                    .arg(expected.jwkSetUrl)};
    return {Ok, "ok", Text::tr("Must be the registered JWK Set URL to the letter.")};
}

Verdict clientIdRule(const QJsonObject &claims, const QString &name, const AssertionExpectations &expected)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined())
        return {Wrong, "missing", Text::tr("It must be the client ID.")};
    if (!value.isString())
        return {Wrong, "not-text", Text::tr("It must be a text.")};
    if (value.toString() != value.toString().trimmed() || value.toString().isEmpty())
        return {Wrong, "spaces", Text::tr("It is empty or has spaces around it.")};
    const QJsonValue other = claims.value(name == u"iss" ? u"sub"_s : u"iss"_s);
    if (other.isString() && other != value)
        return {Wrong, "differs", Text::tr("iss and sub must be the same: the client ID.")};
    if (!expected.clientId.isEmpty() && value.toString() != expected.clientId)
        return {Wrong, "other-client", Text::tr("The client ID here is %1.").arg(expected.clientId)};
    return expected.clientId.isEmpty() ? Verdict{Ok, "ok", Text::tr("Must be the client ID.")}
                                       : Verdict{Ok, "ok", Text::tr("The client ID of this credential.")};
}

QString audienceDifference(const QString &given, const AssertionExpectations &expected)
{
    const QString &wanted = expected.tokenEndpoint;
    const QUrl one(given);
    const QUrl other(wanted);
    if (!expected.fhirBaseUrl.isEmpty() && (given == expected.fhirBaseUrl || given == expected.fhirBaseUrl + u'/'))
        return Text::tr("This is the FHIR base URL; it must be the token endpoint %1.").arg(wanted);
    if (given.endsWith(u"/authorize"))
        return Text::tr("This is the authorize endpoint; it must be the token endpoint %1.").arg(wanted);
    if (given == wanted + u'/' || given + u'/' == wanted)
        return Text::tr("Only the “/” at the end differs from %1, and it counts.").arg(wanted);
    if (given.compare(wanted, Qt::CaseInsensitive) == 0)
        return Text::tr("Only upper and lower case differ from %1, and they count.").arg(wanted);
    if (one.host() == other.host() && one.path() == other.path() && one.scheme() != other.scheme())
        return Text::tr("http: and https: differ from %1, and they count.").arg(wanted);
    if (one.path() == other.path())
        return Text::tr("Another host than that of %1.").arg(wanted);
    return Text::tr("Must be the token endpoint to the letter: %1.").arg(wanted);
}

Verdict audienceRule(const QJsonValue &value, const AssertionExpectations &expected)
{
    if (value.isUndefined())
        return {Wrong, "missing", Text::tr("It must be the token endpoint.")};
    const QJsonArray several = value.toArray();
    if (!value.isString() && several.isEmpty())
        return {Wrong, "not-text", Text::tr("It must be a text: the token endpoint.")};
    const auto isWanted = [&](const QJsonValue &one) { return one.toString() == expected.tokenEndpoint; };
    if (!expected.tokenEndpoint.isEmpty() && !isWanted(value) && std::ranges::none_of(several, isWanted)) {
        const QString given = value.isString() ? value.toString() : several.first().toString();
        return {Wrong, "other", audienceDifference(given, expected)};
    }
    if (!value.isString())
        return {Warning, "list", Text::tr("A list; some servers take a single text only.")};
    const QUrl url(value.toString());
    if (!url.isValid() || url.host().isEmpty())
        return {Wrong, "not-a-url", Text::tr("It must be the token endpoint's full URL.")};
    return expected.tokenEndpoint.isEmpty()
               ? Verdict{Ok, "ok", Text::tr("Must be the URL it is posted to, to the letter.")}
               : Verdict{Ok, "ok", Text::tr("The token endpoint, to the letter.")};
}

Verdict tokenIdRule(const QJsonValue &value)
{
    if (value.isUndefined())
        return {Wrong, "missing", Text::tr("It must be there, and new for each assertion.")};
    if (!value.isString() || value.toString().isEmpty())
        return {Wrong, "not-text", Text::tr("It must be a text; Epic refuses numbers since November 2024.")};
    if (value.toString().size() > longestJti)
        return {Wrong, "too-long", Text::tr("Epic takes at most %1 characters.").arg(longestJti)};
    return {Ok, "ok", Text::tr("Must be new for each assertion; good for one request.")};
}

/// A time in seconds, or why it is none.
std::optional<qint64> secondsOf(const QJsonValue &value, Verdict &verdict)
{
    constexpr qint64 milliseconds = 100'000'000'000; // as seconds: the year 5138
    if (!value.isDouble()) {
        verdict = {Wrong, "not-a-number", Text::tr("It must be a number of seconds since 1970, not a text.")};
        return std::nullopt;
    }
    const double number = value.toDouble();
    if (number != std::floor(number)) {
        verdict = {Wrong, "fraction", Text::tr("It must be whole seconds; some servers refuse fractions.")};
        return std::nullopt;
    }
    if (number > double(milliseconds)) {
        verdict = {Wrong, "milliseconds", Text::tr("These are milliseconds; it must be seconds.")};
        return std::nullopt;
    }
    return static_cast<qint64>(number);
}

Verdict expiryRule(const QJsonValue &value, const AssertionExpectations &expected)
{
    if (value.isUndefined())
        return {Wrong, "missing", Text::tr("It must be there, at most five minutes ahead.")};
    Verdict verdict;
    const auto expiry = secondsOf(value, verdict);
    if (!expiry)
        return verdict;
    if (!expected.now.isValid())
        return {Ok, "ok", Text::tr("At most five minutes ahead when the server receives it.")};
    const qint64 left = *expiry - expected.now.toSecsSinceEpoch();
    if (left <= 0)
        return {Wrong, "past", Text::tr("Expired %1 s ago.").arg(-left)};
    if (left > longestLife)
        return {Wrong, "too-far", Text::tr("%1 s ahead; at most 300 are allowed.").arg(left)};
    if (left < 15)
        return {Warning, "soon", Text::tr("Expires in %1 s; a slow request would be too late.").arg(left)};
    return {Ok, "ok", Text::tr("Expires in %1 s; at most 300 are allowed.").arg(left)};
}

Verdict startRule(const QJsonValue &value, const QJsonValue &expiryValue, const AssertionExpectations &expected)
{
    Verdict verdict;
    const auto start = secondsOf(value, verdict);
    if (!start)
        return verdict;
    const qint64 expiry = expiryValue.toInteger();
    if (expiry > 0 && *start > expiry)
        return {Wrong, "after-exp", Text::tr("It is after exp.")};
    if (expiry > 0 && expiry - *start > longestLife)
        return {Wrong, "too-long", Text::tr("%1 s before exp; at most 300 are allowed.").arg(expiry - *start)};
    if (!expected.now.isValid())
        return {Ok, "ok", Text::tr("Must not be in the future, and at most 300 s before exp.")};
    const qint64 ahead = *start - expected.now.toSecsSinceEpoch();
    if (ahead > 0)
        return {Wrong, "future", Text::tr("%1 s in the future.").arg(ahead)};
    if (ahead > -5)
        return {Warning, "now", Text::tr("A server whose clock is a second behind refuses it: leave it out, or set it "
                                         "back by half a minute.")};
    return {Ok, "ok", Text::tr("In the past, and at most 300 s before exp.")};
}

} // namespace

QList<AssertionCheck> checkHeader(const QJsonObject &header, const AssertionExpectations &expected)
{
    QList<AssertionCheck> checks;
    const auto add = [&](const QString &name, const Verdict &verdict) {
        checks.append(check(Part::Header, name, header.value(name), verdict));
    };
    add(u"alg"_s, algorithmRule(header, expected));
    add(u"kid"_s, keyIdRule(header, expected));
    if (header.contains(u"typ")) {
        const bool isJwt = header.value(u"typ").toString().compare(u"JWT", Qt::CaseInsensitive) == 0;
        add(u"typ"_s, isJwt ? Verdict{Ok, "ok", Text::tr("Must be JWT where it is given.")}
                            : Verdict{Wrong, "other", Text::tr("It must be JWT where it is given.")});
    }
    if (header.contains(u"jku"))
        add(u"jku"_s, jwkSetUrlRule(header.value(u"jku").toString(), expected));
    else if (!expected.jwkSetUrl.isEmpty())
        add(u"jku"_s, {Note, "left-out", Text::tr("Left out; the registered JWK Set URL is used.")});
    if (header.contains(u"crit"))
        add(u"crit"_s, {Warning, "unusual", Text::tr("Servers that do not know these extensions refuse it.")});
    return checks;
}

QList<AssertionCheck> checkClaims(const QJsonObject &claims, const AssertionExpectations &expected)
{
    QList<AssertionCheck> checks;
    const auto add = [&](const QString &name, const Verdict &verdict) {
        checks.append(check(Part::Claims, name, claims.value(name), verdict));
    };
    add(u"iss"_s, clientIdRule(claims, u"iss"_s, expected));
    add(u"sub"_s, clientIdRule(claims, u"sub"_s, expected));
    add(u"aud"_s, audienceRule(claims.value(u"aud"), expected));
    add(u"jti"_s, tokenIdRule(claims.value(u"jti")));
    add(u"exp"_s, expiryRule(claims.value(u"exp"), expected));
    for (const QString &name : {u"iat"_s, u"nbf"_s}) {
        if (claims.contains(name))
            add(name, startRule(claims.value(name), claims.value(u"exp"), expected));
    }
    static constexpr std::array known{u"iss", u"sub", u"aud", u"jti", u"exp", u"iat", u"nbf"};
    for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
        if (std::ranges::none_of(known, [&](const char16_t *name) { return QStringView(name) == claim.key(); }))
            add(claim.key(), {Note, "extra", Text::tr("SMART has no rule for it.")});
    }
    for (AssertionCheck &one : checks) {
        const bool isTime = one.name == u"exp" || one.name == u"iat" || one.name == u"nbf";
        const qint64 seconds = claims.value(one.name).toInteger();
        if (isTime && seconds > 0 && seconds < 100'000'000'000)
            one.value += u", "_s + QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss"_s) +
                         u" UTC"_s;
    }
    return checks;
}

} // namespace credenza
