// SPDX-License-Identifier: Apache-2.0
#include "core/net/SecretPatterns.h"

#include "core/net/Redaction.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

/// In lower case, without '_' and '-'. Not "code" or "key": they are FHIR search parameters and plain words.
const QSet<QString> &secretNames()
{
    static const QSet<QString> names{
        u"accesstoken"_s,
        u"refreshtoken"_s,
        u"idtoken"_s,
        u"token"_s,
        u"clientsecret"_s,
        u"clientassertion"_s,
        u"assertion"_s,
        u"subjecttoken"_s,
        u"actortoken"_s,
        u"password"_s,
        u"passphrase"_s,
        u"privatekey"_s,
        u"sharedsecret"_s,
        u"secret"_s,
        u"apikey"_s,
        u"sig"_s,
        u"signature"_s,
        u"registrationaccesstoken"_s,
        u"xamzsignature"_s,
        u"authorization"_s,
        u"sessiontoken"_s,
        u"subscriptionkey"_s,
        u"initialaccesstoken"_s,
    };
    return names;
}

/// The names again as one alternative of a pattern, with '_' or '-' or nothing between the words.
const QString &secretNamePattern()
{
    static const QString pattern =
        u"(?:(?:access|refresh|id|subject|actor|session|registration[_-]?access|initial[_-]?access)[_-]?token"
        u"|token|client[_-]?(?:secret|assertion)|assertion|password|passphrase|private[_-]?key|(?:shared[_-]?)?secret"
        u"|(?:api|subscription)[_-]?key|sig|signature|x-amz-signature|authorization)"_s;
    return pattern;
}

QRegularExpression expression(const QString &pattern)
{
    QRegularExpression compiled(pattern, QRegularExpression::CaseInsensitiveOption |
                                             QRegularExpression::DotMatchesEverythingOption);
    compiled.optimize();
    return compiled;
}

struct Shape {
    QRegularExpression pattern;
    QString replacement;
};

/// In the order they are applied. Values that break off at the end of the text count too: bodies are cut.
const auto &shapes()
{
    static const QString mark = redactedMark();
    static const QString space = u"(?:%20|[ +])"_s; // also as it reads inside a form body
    static const std::array all{
        // PEM, whole or broken off, with real, escaped or percent-encoded line ends
        Shape{
            expression(u"-{2,}BEGIN%1(?:[A-Z0-9]+%1)*PRIVATE%1KEY.*?(?:-{2,}END%1[A-Z0-9%+ ]*KEY-{2,}|$)"_s.arg(space)),
            mark},
        // the assertion of a form body keeps its header and claims, which are no secret without the signature
        Shape{expression(u"(client_assertion=e[w-z][A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.)[^&\\s]*"_s), u"\\1"_s + mark},
        // any other JWT or JWE: base64url of '{' begins with e and w, x, y or z
        Shape{QRegularExpression(u"\\be[w-z][A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]+(?:\\.(?!‹)[A-Za-z0-9_-]*)+(?<!\\.‹)"_s),
              mark},
        // "name": "value", "name": ["value", …], "name": bare
        Shape{expression(
                  u"(\"%1\"\\s*:\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*(?:\"|\\\\?$)|\\[[^\\]]*(?:\\]|$)|[^\\s,}\\]\"\\[{]+)"_s
                      .arg(secretNamePattern())),
              u"\\1\""_s + mark + u"\""_s},
        // name=value in a query, a form or a fragment, but not the assertion handled above
        Shape{expression(u"((?:^|[?&#;\\s\"'])%1=)(?!e[w-z][A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.‹)[^&\\s\"'<>]+"_s.arg(
                  secretNamePattern())),
              u"\\1"_s + mark},
        // <name>value</name>
        Shape{expression(u"(<%1>)[^<]*"_s.arg(secretNamePattern())), u"\\1"_s + mark},
        // the private members of a JWK (RFC 7518 §6)
        Shape{QRegularExpression(u"(\"(?:d|p|q|dp|dq|qi|k)\"\\s*:\\s*)\"[A-Za-z0-9_=+/-]{16,}(?:\"|$)"_s),
              u"\\1\""_s + mark + u"\""_s},
        // Authorization values quoted in a text; a word after "Bearer" is a credential if no plain word
        Shape{expression(u"\\b((?:Bearer|Basic)(?:%20|[ +])+)(?=[^\\s\"]*[0-9._~+/-]|[^\\s\"]{24})(?![a-z_]+=\")"
                         u"[A-Za-z0-9._~+/-]{8,}=*"_s),
              u"\\1"_s + mark},
    };
    return all;
}

/// False only where none of the shapes can be: each has one of the marks looked for here. Most texts are short and have
/// none, and eight expressions for each of them is what redaction would spend its time on.
bool mayHoldShape(QStringView text)
{
    bool hasDot = false;
    bool hasTokenStart = false; // of a JWT
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const char16_t next = i + 1 < text.size() ? text[i + 1].unicode() : u'\0';
        if (c == u'"' || c == u'=' || c == u'<' || (c == u'-' && next == u'-'))
            return true;
        if ((c == u'b' || c == u'B') && (text.sliced(i).startsWith(u"bearer", Qt::CaseInsensitive) ||
                                         text.sliced(i).startsWith(u"basic", Qt::CaseInsensitive)))
            return true;
        hasDot = hasDot || c == u'.';
        hasTokenStart = hasTokenStart || (c == u'e' && next >= u'w' && next <= u'z');
    }
    return hasDot && hasTokenStart;
}

bool holdsShape(const QString &text)
{
    return mayHoldShape(text) && withoutSecretShapes(text) != text;
}

QString plainName(QStringView name)
{
    return name.toString().toLower().remove(u'_').remove(u'-');
}

bool isPrivateJwkMember(const QString &name)
{
    static const QSet<QString> names{u"d"_s, u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s, u"k"_s, u"oth"_s};
    return names.contains(name);
}

QJsonObject cleanObject(const QJsonObject &object)
{
    const bool isKey = object.contains(u"kty"_s);
    QJsonObject clean;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = withoutSecretShapes(member.key());
        const bool isSecret = isSecretName(member.key()) || (isKey && isPrivateJwkMember(member.key()));
        const QJsonValue value = member.value();
        const bool saysNothing = value.isNull() || value.isBool();
        clean.insert(name, isSecret && !saysNothing ? QJsonValue(redactedMark()) : withoutSecretMembers(value));
    }
    return clean;
}

} // namespace

bool isSecretName(QStringView name)
{
    constexpr qsizetype longest = 40; // with '_' and '-'; most names of FHIR end here or with their first letter
    if (name.size() > longest || name.size() < 3)
        return false;
    return secretNames().contains(plainName(name));
}

bool isSecretHeader(QStringView name)
{
    // By parts of the name: extra headers for gateways are called all sorts of things.
    static const std::array parts{u"authorization"_s, u"cookie"_s, u"token"_s,     u"secret"_s,  u"password"_s,
                                  u"api-key"_s,       u"apikey"_s, u"signature"_s, u"session"_s, u"subscription-key"_s};
    const QString lower = name.toString().toLower();
    if (lower == u"x-csrf-token")
        return true;
    return std::ranges::any_of(parts, [&lower](const QString &part) { return lower.contains(part); }) ||
           isSecretName(name) || lower.endsWith(u"-key"_s) || lower.endsWith(u"-auth"_s);
}

QString withoutSecretShapes(QString text)
{
    if (!mayHoldShape(text))
        return text;
    for (const Shape &shape : shapes())
        text.replace(shape.pattern, shape.replacement);
    return text;
}

bool hasSecretMembers(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray elements = value.toArray();
        return std::any_of(elements.begin(), elements.end(),
                           [](const QJsonValue &element) { return hasSecretMembers(element); });
    }
    if (value.isString())
        return holdsShape(value.toString());
    if (!value.isObject())
        return false;
    const QJsonObject object = value.toObject();
    const bool isKey = object.contains(u"kty");
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString name = member.key();
        const QJsonValue of = member.value();
        const bool saysNothing = of.isNull() || of.isBool();
        if (holdsShape(name) ||
            (!saysNothing && (isSecretName(name) || (isKey && isPrivateJwkMember(name)))) || hasSecretMembers(of))
            return true;
    }
    return false;
}

QJsonValue withoutSecretMembers(const QJsonValue &value)
{
    if (value.isObject())
        return cleanObject(value.toObject());
    if (value.isArray()) {
        QJsonArray clean;
        for (const QJsonValue &element : value.toArray())
            clean.append(withoutSecretMembers(element));
        return clean;
    }
    return value.isString() ? QJsonValue(withoutSecretShapes(value.toString())) : value;
}

} // namespace credenza
