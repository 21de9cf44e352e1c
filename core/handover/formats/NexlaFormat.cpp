// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

#include <QJsonArray>

namespace credenza
{

namespace
{

/// The three parameters. Key id, scopes and token endpoint have no place in Nexla's form and must not be added.
void writeParameters(JsonText &json, QStringView name, const ExportSubject &subject, const NexlaNames &names)
{
    json.beginObject(name);
    json.member(names.fhirBaseUrl, subject.credential.fhirBaseUrl);
    json.member(names.clientId, subject.credential.clientId);
    if (subject.hasKey())
        json.secret(names.privateKey, subject.privatePem.charView());
    json.endObject();
}

/// Body of POST /data_credentials. With `credentials` beside it the server would ignore `template_config`.
Result<void> writeAdminBody(SecretText &file, const ExportSubject &subject, const ExportOptions &options)
{
    JsonText json;
    json.beginObject();
    json.member(u"name", subject.credential.name);
    json.member(u"description", subject.credential.description);
    json.member(u"credentials_type", QStringLiteral("rest"));
    json.member(u"vendor_name", options.nexla.vendorName);
    if (!options.nexla.authTemplateName.isEmpty())
        json.member(u"auth_template_name", options.nexla.authTemplateName);
    writeParameters(json, u"template_config", subject, options.nexla);
    if (!subject.credential.tags.isEmpty())
        json.member(u"tags", QJsonArray::fromStringList(subject.credential.tags));
    json.endObject();
    file.append(json.take());
    return {};
}

/// Body of POST /nexla/credentials, for `nexla-cli credentials create --json`.
Result<void> writeAgentBody(SecretText &file, const ExportSubject &subject, const ExportOptions &options)
{
    JsonText json;
    json.beginObject();
    json.member(u"name", subject.credential.name);
    json.member(u"description", subject.credential.description);
    json.member(u"connector", options.nexla.connector);
    if (!options.nexla.authMode.isEmpty())
        json.member(u"auth_mode", options.nexla.authMode);
    writeParameters(json, u"config", subject, options.nexla);
    json.endObject();
    file.append(json.take());
    return {};
}

} // namespace

ExportFormat nexlaFormat()
{
    return {.id = QStringLiteral("nexla"),
            .title = FormatText::tr("Nexla credential"),
            .summary = FormatText::tr("JSON for the EPIC EHR connector"),
            .extension = QStringLiteral(".json"),
            .write = writeAdminBody,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {{QStringLiteral(".agent.json"), writeAgentBody}},
            .note = FormatText::tr("Nexla does not publish the names of connector and parameters. Check them: GET "
                                   "/connectors/search?q=epic, then GET /connectors/describe/{name}/credential/"
                                   "{auth_mode}, or look at the vendor's auth template.")};
}

} // namespace credenza
