// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

void input(JsonText &json, QStringView name, const QString &type, const QString &value)
{
    json.beginObject();
    json.member(u"name", name.toString());
    json.member(u"type", type);
    json.member(u"value", value);
    json.endObject();
}

/// Inferno refuses members that it does not know: no more than these.
void authInfo(JsonText &json, const ExportSubject &subject, const QString &algorithm)
{
    json.beginObject();
    json.member(u"name", QStringLiteral("smart_auth_info"));
    json.member(u"type", QStringLiteral("auth_info"));
    json.beginObject(u"value");
    json.member(u"auth_type", QStringLiteral("backend_services"));
    json.member(u"use_discovery",
                subject.credential.tokenEndpoint.isEmpty() ? QStringLiteral("true") : QStringLiteral("false"));
    if (!subject.credential.tokenEndpoint.isEmpty())
        json.member(u"token_url", subject.credential.tokenEndpoint);
    json.member(u"client_id", subject.credential.clientId);
    json.member(u"requested_scopes", scopeText(subject.credential));
    json.member(u"encryption_algorithm", algorithm);
    json.member(u"kid", subject.credential.effectiveKeyId());
    if (subject.hasKey()) {
        SecretText set;
        set.append("{\"keys\":[");
        set.append(subject.privateJwk);
        set.append("]}");
        json.secret(u"jwks", set.take().charView());
    }
    json.endObject();
    json.endObject();
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const SignatureAlgorithm own = subject.credential.algorithm;
    if (own != SignatureAlgorithm::RS384 && own != SignatureAlgorithm::ES384)
        return noPlace(FormatText::tr("Inferno signs with RS384 or ES384 only; “%1” is set to %2.")
                           .arg(subject.credential.name, nameOf(own)),
                       FormatText::tr("Set the credential to RS384 if its server takes that, or use a key on P-384."));
    JsonText json;
    json.beginObject();
    json.member(u"title", subject.credential.name);
    json.member(u"id", QJsonValue(QJsonValue::Null));
    json.member(u"test_suite_id", QStringLiteral("bulk_data_v200"));
    json.beginArray(u"inputs");
    input(json, u"bulk_server_url", QStringLiteral("text"), subject.credential.fhirBaseUrl);
    authInfo(json, subject, nameOf(own));
    input(json, u"group_id", QStringLiteral("text"), QString());
    json.endArray();
    json.endObject();
    file.append(json.take());
    return {};
}

} // namespace

ExportFormat infernoFormat()
{
    return {.id = QStringLiteral("inferno"),
            .title = FormatText::tr("Inferno preset"),
            .summary = FormatText::tr("For the Bulk Data test kit"),
            .extension = QStringLiteral(".json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note =
                FormatText::tr("Put the file into config/presets of the test kit, and enter the group's id there.")};
}

} // namespace credenza
