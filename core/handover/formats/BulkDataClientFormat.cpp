// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

/// Seconds. Epic takes five minutes at most, and the tool adds this to its own clock.
constexpr int tokenLifetime = 240;

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    // Without it the tool looks in a place where Epic has nothing, and then goes on without authentication.
    if (subject.tokenUrl.isEmpty())
        return fail(ErrorKind::InvalidInput, QStringLiteral("export.token-url-unknown"),
                    FormatText::tr("bulk-data-client must be told the token endpoint, and “%1” has none.")
                        .arg(subject.credential.name),
                    FormatText::tr("Enter it under Advanced, as a test of the connection shows it."));
    JsonText json;
    json.beginObject();
    json.member(u"fhirUrl", subject.credential.fhirBaseUrl);
    json.member(u"tokenUrl", subject.tokenUrl);
    json.member(u"clientId", subject.credential.clientId);
    if (subject.hasKey())
        json.json(u"privateKey", subject.privateJwk.charView());
    json.member(u"scope", scopeText(subject.credential));
    json.member(u"accessTokenLifetime", QJsonValue(tokenLifetime));
    json.endObject();
    file.append(json.take());
    return {};
}

} // namespace

ExportFormat bulkDataClientFormat()
{
    return {.id = QStringLiteral("bulk-data-client"),
            .title = FormatText::tr("bulk-data-client"),
            .summary = FormatText::tr("Configuration of the SMART reference client"),
            .extension = QStringLiteral(".json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("bulk-data-client looks for its configuration below its own folder: give it an "
                                   "absolute path.")};
}

} // namespace credenza
