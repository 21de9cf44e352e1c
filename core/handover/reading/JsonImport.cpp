// SPDX-License-Identifier: Apache-2.0
#include "core/handover/reading/JsonImport.h"

#include "core/handover/reading/LooseFields.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct JsonImportText {
    Q_DECLARE_TR_FUNCTIONS(ImportReading)
};

QString textOf(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList words;
        for (const QJsonValue &element : value.toArray())
            words.append(element.toString());
        return words.join(u',');
    }
    return value.isObject() ? QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact))
                            : value.toString();
}

/// The members of one object, whatever it calls them.
LooseFields flatFields(const QJsonObject &json)
{
    LooseFields fields;
    for (auto it = json.begin(); it != json.end(); ++it)
        fields.set(it.key(), textOf(it.value()));
    return fields;
}

/// Name and description outside, the three parameters inside; these may carry a prefix of the connector's.
LooseFields nexlaFields(const QJsonObject &json, const QJsonObject &parameters)
{
    LooseFields fields = flatFields({{u"name"_s, json.value("name"_L1)},
                                     {u"description"_s, json.value("description"_L1)},
                                     {u"tags"_s, json.value("tags"_L1)}});
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QString plain = LooseFields::plain(it.key());
        for (const QString &known : {u"fhirBaseUrl"_s, u"clientId"_s, u"privateKey"_s})
            if (plain.endsWith(LooseFields::plain(known)))
                fields.set(known, it.value().toString());
    }
    return fields;
}

LooseFields infernoFields(const QJsonObject &json)
{
    LooseFields fields;
    fields.set(u"name"_s, json.value("title"_L1).toString());
    for (const QJsonValue &input : json.value("inputs"_L1).toArray()) {
        const QJsonValue value = input.toObject().value("value"_L1);
        if (input.toObject().value("name"_L1).toString().contains("server_url"_L1))
            fields.set(u"fhirBaseUrl"_s, value.toString());
        if (input.toObject().value("type"_L1).toString() != u"auth_info")
            continue;
        const QJsonObject info =
            value.isObject() ? value.toObject() : QJsonDocument::fromJson(value.toString().toUtf8()).object();
        fields.set(u"clientId"_s, info.value("client_id"_L1).toString());
        fields.set(u"keyId"_s, info.value("kid"_L1).toString());
        fields.set(u"algorithm"_s, info.value("encryption_algorithm"_L1).toString());
        fields.set(u"tokenUrl"_s, info.value("token_url"_L1).toString());
        fields.set(u"scope"_s, info.value("requested_scopes"_L1).toString());
        fields.set(u"privateKey"_s, info.value("jwks"_L1).toString());
    }
    return fields;
}

/// Lists of named values, as Postman and 1Password have them.
LooseFields listedFields(const QJsonObject &json, QLatin1String list, QLatin1String nameMember)
{
    LooseFields fields;
    for (const QJsonValue &entry : json.value(list).toArray())
        fields.set(entry.toObject().value(nameMember).toString(), entry.toObject().value("value"_L1).toString());
    fields.set(u"name"_s, json.value(list == "fields"_L1 ? "title"_L1 : "name"_L1).toString());
    return fields;
}

Result<LooseFields> fieldsOf(const QJsonObject &json)
{
    if (json.value("template_config"_L1).isObject())
        return nexlaFields(json, json.value("template_config"_L1).toObject());
    if (json.value("config"_L1).isObject() && json.contains("connector"_L1))
        return nexlaFields(json, json.value("config"_L1).toObject());
    if (json.value("inputs"_L1).isArray())
        return infernoFields(json);
    if (json.value("values"_L1).isArray())
        return listedFields(json, "values"_L1, "key"_L1);
    if (json.value("fields"_L1).isArray())
        return listedFields(json, "fields"_L1, "id"_L1);
    if (json.value("data"_L1).isObject()) {
        // What `vault kv get -format=json` prints has the data two levels down.
        const QJsonObject data = json.value("data"_L1).toObject();
        return flatFields(data.value("data"_L1).isObject() ? data.value("data"_L1).toObject() : data);
    }
    if (json.value("keys"_L1).isArray())
        return importNoPrivateKey(JsonImportText::tr("JWK Set"));
    return flatFields(json);
}

} // namespace

Failure importUnknownFormat()
{
    return fail(
        ErrorKind::InvalidInput, u"import.unknown-format"_s,
        JsonImportText::tr("This is no file that credentials can be imported from."),
        JsonImportText::tr("Choose an encrypted bundle (.credenza.age), a file of a format that holds a key, or a "
                           "folder of PEM files with a CSV file."));
}

Result<void> readJsonForm(const QJsonValue &json, const QString &position, const QString &fallbackName,
                          const QDateTime &now, ImportedCredentialsBuilder &builder)
{
    if (json.isArray()) {
        int number = 0;
        for (const QJsonValue &element : json.toArray())
            TRY(readJsonForm(element, JsonImportText::tr("entry %1").arg(++number), fallbackName, now, builder));
        return {};
    }
    LooseFields fields = TRY(fieldsOf(json.toObject()));
    if (!fields.isCredential())
        return importUnknownFormat();
    CredentialDraft draft = TRY(fields.takeDraft());
    return builder.add(std::move(draft), position, fallbackName, now);
}

} // namespace credenza
