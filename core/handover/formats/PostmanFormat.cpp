// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

void variable(JsonText &json, QStringView key, QByteArrayView value, bool isSecret)
{
    if (value.isEmpty())
        return;
    json.beginObject();
    json.member(u"key", key.toString());
    json.secret(u"value", value);
    json.member(u"type", isSecret ? QStringLiteral("secret") : QStringLiteral("default"));
    json.member(u"enabled", QJsonValue(true));
    json.endObject();
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const Credential &credential = subject.credential;
    JsonText json;
    json.beginObject();
    json.member(u"id", credential.id.toString(QUuid::WithoutBraces));
    json.member(u"name", credential.name);
    json.beginArray(u"values");
    variable(json, u"fhirBaseUrl", credential.fhirBaseUrl.toUtf8(), false);
    variable(json, u"tokenUrl", subject.tokenUrl.toUtf8(), false);
    variable(json, u"clientId", credential.clientId.toUtf8(), false);
    variable(json, u"keyId", credential.effectiveKeyId().toUtf8(), false);
    variable(json, u"algorithm", nameOf(credential.algorithm).toUtf8(), false);
    variable(json, u"scope", scopeText(credential).toUtf8(), false);
    variable(json, u"privateKey", subject.privatePem.charView(), true);
    json.endArray();
    json.member(u"_postman_variable_scope", QStringLiteral("environment"));
    json.endObject();
    file.append(json.take());
    return {};
}

} // namespace

ExportFormat postmanFormat()
{
    return {.id = QStringLiteral("postman"),
            .title = FormatText::tr("Postman environment"),
            .summary = FormatText::tr("Bruno imports it too"),
            .extension = QStringLiteral(".postman_environment.json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("Postman syncs environments to its cloud: move the key to a current value only.")};
}

} // namespace credenza
