// SPDX-License-Identifier: Apache-2.0
#include "core/handover/JsonText.h"
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

void appendLine(SecretText &file, QByteArrayView name, const QString &value)
{
    file.append(name);
    file.append(" = ");
    appendJsonString(file, value.toUtf8()); // a basic string of TOML has JSON's escapes
    file.append('\n');
}

/// The key goes as a JWK Set in the file itself: of a PEM the tool would send no key id.
Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    appendLine(file, "fhir-url", subject.credential.fhirBaseUrl);
    if (!subject.tokenUrl.isEmpty())
        appendLine(file, "token-url", subject.tokenUrl);
    appendLine(file, "smart-client-id", subject.credential.clientId);
    if (subject.hasKey()) {
        SecretText set;
        set.append("{\"keys\":[");
        set.append(subject.privateJwk);
        set.append("]}");
        file.append("smart-key = ");
        appendJsonString(file, set.take().charView());
        file.append('\n');
    }
    return {};
}

/// The same key as a file of its own, for --smart-key and for other tools. Its name must end in .jwks.
Result<void> writeKeySet(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    file.append("{\"keys\":[");
    file.append(subject.privateJwk);
    file.append("]}\n");
    return {};
}

} // namespace

ExportFormat smartFetchFormat()
{
    return {.id = QStringLiteral("smart-fetch"),
            .title = FormatText::tr("smart-fetch"),
            .summary = FormatText::tr("TOML with the key as a JWK Set"),
            .extension = QStringLiteral(".toml"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {{QStringLiteral(".jwks"), writeKeySet, true}},
            .note = FormatText::tr("Cumulus ETL no longer takes a key itself: run smart-fetch first.")};
}

} // namespace credenza
