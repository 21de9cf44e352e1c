// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

constexpr QStringView sectionId = u"smart";

void field(JsonText &json, QStringView id, const QString &type, const QString &label, QByteArrayView value)
{
    if (value.isEmpty())
        return;
    json.beginObject();
    json.member(u"id", id.toString());
    json.beginObject(u"section");
    json.member(u"id", sectionId.toString());
    json.endObject();
    json.member(u"type", type);
    json.member(u"label", label);
    json.secret(u"value", value);
    json.endObject();
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const Credential &credential = subject.credential;
    const QString text = QStringLiteral("STRING");
    JsonText json;
    json.beginObject();
    json.member(u"title", credential.name);
    json.member(u"category", QStringLiteral("API_CREDENTIAL"));
    json.beginArray(u"sections");
    json.beginObject();
    json.member(u"id", sectionId.toString());
    json.member(u"label", QStringLiteral("SMART Backend Services"));
    json.endObject();
    json.endArray();
    json.beginArray(u"fields");
    field(json, u"fhirBaseUrl", QStringLiteral("URL"), QStringLiteral("FHIR base URL"),
          credential.fhirBaseUrl.toUtf8());
    field(json, u"clientId", text, QStringLiteral("client ID"), credential.clientId.toUtf8());
    field(json, u"tokenUrl", QStringLiteral("URL"), QStringLiteral("token URL"), subject.tokenUrl.toUtf8());
    field(json, u"keyId", text, QStringLiteral("key ID"), credential.effectiveKeyId().toUtf8());
    field(json, u"algorithm", text, QStringLiteral("algorithm"), nameOf(credential.algorithm).toUtf8());
    field(json, u"scope", text, QStringLiteral("scope"), scopeText(credential).toUtf8());
    field(json, u"description", text, QStringLiteral("description"), credential.description.toUtf8());
    field(json, u"privateKey", QStringLiteral("CONCEALED"), QStringLiteral("private key"),
          subject.privatePem.charView());
    json.endArray();
    json.endObject();
    file.append(json.take());
    return {};
}

} // namespace

ExportFormat onePasswordFormat()
{
    return {.id = QStringLiteral("1password"),
            .title = FormatText::tr("1Password"),
            .summary = FormatText::tr("Item template for the op program"),
            .extension = QStringLiteral(".json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("Store it with: op item create --template FILE. Arguments would stay in the shell's "
                                   "history.")};
}

} // namespace credenza
