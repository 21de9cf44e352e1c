// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/Credential.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace credenza
{

namespace
{

QString text(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime time(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue &item : value.toArray())
        list.append(item.toString());
    return list;
}

QJsonObject toJson(const KeyCard &key)
{
    QJsonObject json{{QStringLiteral("type"), nameOf(key.type)},
                     {QStringLiteral("bits"), key.bits},
                     {QStringLiteral("thumbprint"), key.thumbprint},
                     {QStringLiteral("publicPem"), QString::fromLatin1(key.publicPem)},
                     {QStringLiteral("origin"), key.origin},
                     {QStringLiteral("createdAt"), text(key.createdAt)}};
    if (!key.curve.isEmpty())
        json.insert(QStringLiteral("curve"), key.curve);
    return json;
}

KeyCard keyFromJson(const QJsonObject &json)
{
    KeyCard key;
    key.type = json.value(u"type").toString() == u"EC" ? KeyType::Ec : KeyType::Rsa;
    key.bits = json.value(u"bits").toInt();
    key.curve = json.value(u"curve").toString();
    key.thumbprint = json.value(u"thumbprint").toString();
    key.publicPem = json.value(u"publicPem").toString().toLatin1();
    key.origin = json.value(u"origin").toString();
    key.createdAt = time(json.value(u"createdAt"));
    return key;
}

QJsonObject toJson(const TestSummary &test)
{
    return {{QStringLiteral("passed"), test.passed},
            {QStringLiteral("at"), text(test.at)},
            {QStringLiteral("milliseconds"), test.milliseconds},
            {QStringLiteral("step"), test.step},
            {QStringLiteral("code"), test.code},
            {QStringLiteral("summary"), test.summary}};
}

TestSummary testFromJson(const QJsonObject &json)
{
    return {json.value(u"passed").toBool(), time(json.value(u"at")),        json.value(u"milliseconds").toDouble(),
            json.value(u"step").toString(), json.value(u"code").toString(), json.value(u"summary").toString()};
}

/// Members that are usually empty are left out: cards stay small, and ten thousand of them are read on unlock.
void insertUnlessEmpty(QJsonObject &json, const QString &name, const QString &value)
{
    if (!value.isEmpty())
        json.insert(name, value);
}

} // namespace

QJsonObject toJson(const Credential &credential)
{
    QJsonObject json{{QStringLiteral("id"), credential.id.toString(QUuid::WithoutBraces)},
                     {QStringLiteral("revision"), credential.revision},
                     {QStringLiteral("name"), credential.name},
                     {QStringLiteral("description"), credential.description},
                     {QStringLiteral("connector"), credential.connector},
                     {QStringLiteral("fhirBaseUrl"), credential.fhirBaseUrl},
                     {QStringLiteral("clientId"), credential.clientId},
                     {QStringLiteral("algorithm"), nameOf(credential.algorithm)},
                     {QStringLiteral("scopes"), QJsonArray::fromStringList(credential.scopes)},
                     {QStringLiteral("tags"), QJsonArray::fromStringList(credential.tags)},
                     {QStringLiteral("key"), toJson(credential.key)},
                     {QStringLiteral("createdAt"), text(credential.createdAt)},
                     {QStringLiteral("updatedAt"), text(credential.updatedAt)}};
    insertUnlessEmpty(json, QStringLiteral("keyId"), credential.keyId);
    insertUnlessEmpty(json, QStringLiteral("tokenEndpoint"), credential.tokenEndpoint);
    insertUnlessEmpty(json, QStringLiteral("jwkSetUrl"), credential.jwkSetUrl);
    insertUnlessEmpty(json, QStringLiteral("authorityPem"), QString::fromLatin1(credential.authorityPem));
    insertUnlessEmpty(json, QStringLiteral("proxy"), credential.proxy);
    if (!credential.extraHeaders.isEmpty()) {
        QJsonArray headers;
        for (const auto &[name, value] : credential.extraHeaders)
            headers.append(QJsonArray{name, value});
        json.insert(QStringLiteral("extraHeaders"), headers);
    }
    if (credential.allowsPlainHttp)
        json.insert(QStringLiteral("allowsPlainHttp"), true);
    insertUnlessEmpty(json, QStringLiteral("notes"), credential.notes);
    if (credential.isFavorite)
        json.insert(QStringLiteral("favorite"), true);
    if (credential.keyExpiresAt.isValid())
        json.insert(QStringLiteral("keyExpiresAt"), text(credential.keyExpiresAt));
    if (credential.lastTest)
        json.insert(QStringLiteral("lastTest"), toJson(*credential.lastTest));
    return json;
}

Result<Credential> credentialFromJson(const QJsonObject &json)
{
    Credential credential;
    credential.id = QUuid::fromString(json.value(u"id").toString());
    credential.revision = json.value(u"revision").toInt();
    credential.name = json.value(u"name").toString();
    credential.description = json.value(u"description").toString();
    credential.connector = json.value(u"connector").toString();
    credential.fhirBaseUrl = json.value(u"fhirBaseUrl").toString();
    credential.clientId = json.value(u"clientId").toString();
    credential.keyId = json.value(u"keyId").toString();
    credential.tokenEndpoint = json.value(u"tokenEndpoint").toString();
    credential.jwkSetUrl = json.value(u"jwkSetUrl").toString();
    credential.scopes = strings(json.value(u"scopes"));
    credential.tags = strings(json.value(u"tags"));
    credential.authorityPem = json.value(u"authorityPem").toString().toLatin1();
    credential.proxy = json.value(u"proxy").toString();
    for (const QJsonValue &header : json.value(u"extraHeaders").toArray())
        credential.extraHeaders.append({header.toArray().at(0).toString(), header.toArray().at(1).toString()});
    credential.allowsPlainHttp = json.value(u"allowsPlainHttp").toBool();
    credential.notes = json.value(u"notes").toString();
    credential.isFavorite = json.value(u"favorite").toBool();
    credential.keyExpiresAt = time(json.value(u"keyExpiresAt"));
    credential.key = keyFromJson(json.value(u"key").toObject());
    credential.createdAt = time(json.value(u"createdAt"));
    credential.updatedAt = time(json.value(u"updatedAt"));
    if (json.contains(u"lastTest"))
        credential.lastTest = testFromJson(json.value(u"lastTest").toObject());
    const auto algorithm = signatureAlgorithm(json.value(u"algorithm").toString());
    if (credential.name.isEmpty() || credential.fhirBaseUrl.isEmpty() || !algorithm)
        return fail(
            ErrorKind::Damaged, QStringLiteral("credential.malformed"),
            QCoreApplication::translate("Credential", "A saved credential can't be read."),
            QCoreApplication::translate("Credential", "It may have been written by a newer version of Credenza."));
    credential.algorithm = *algorithm;
    return credential;
}

} // namespace credenza
