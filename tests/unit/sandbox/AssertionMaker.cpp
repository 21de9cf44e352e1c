// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/sandbox/AssertionMaker.h"

#include <QUuid>

namespace credenza::test
{

const PrivateKey &rsaKey()
{
    static const PrivateKey key = generateKey({}).value().key;
    return key;
}

const PrivateKey &otherRsaKey()
{
    static const PrivateKey key = generateKey({}).value().key;
    return key;
}

const PrivateKey &ecKey()
{
    static const PrivateKey key = generateKey({.type = KeyType::Ec}).value().key;
    return key;
}

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

AssertionMaker::AssertionMaker() : m_key(rsaKey())
{
    header("alg", "\"RS384\"").header("typ", "\"JWT\"").header("kid", "\"key-1\"");
    claim("iss", "\"client\"").claim("sub", "\"client\"").claim("aud", QByteArray("\"") + tokenEndpoint + '"');
    claim("exp", QByteArray::number(testNow + 240));
    claim("jti", '"' + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + '"');
}

AssertionMaker &AssertionMaker::header(const QByteArray &name, const QByteArray &json)
{
    set(m_header, name, json);
    return *this;
}

AssertionMaker &AssertionMaker::claim(const QByteArray &name, const QByteArray &json)
{
    set(m_claims, name, json);
    return *this;
}

AssertionMaker &AssertionMaker::signedBy(const PrivateKey &key, SignatureAlgorithm algorithm)
{
    m_key = key;
    m_algorithm = algorithm;
    return *this;
}

QByteArray AssertionMaker::token(const QByteArray &headerText, const QByteArray &claimsText) const
{
    const QByteArray text = base64Url(headerText) + '.' + base64Url(claimsText);
    return text + '.' + base64Url(m_key.sign(m_algorithm, text).value());
}

void AssertionMaker::set(Members &members, const QByteArray &name, const QByteArray &json)
{
    members.removeIf([&name](const auto &member) { return member.first == name; });
    if (!json.isEmpty())
        members.append({name, json});
}

QByteArray AssertionMaker::json(const Members &members)
{
    QByteArrayList parts;
    for (const auto &[name, value] : members)
        parts.append('"' + name + "\":" + value);
    return '{' + parts.join(',') + '}';
}

} // namespace credenza::test
