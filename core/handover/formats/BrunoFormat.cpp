// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

/// Values stand unquoted to the end of their line.
void variable(SecretText &file, QByteArrayView key, const QString &value)
{
    if (value.isEmpty())
        return;
    file.append("  ");
    file.append(key);
    file.append(": ");
    file.append(value.simplified().toUtf8());
    file.append('\n');
}

/// Secret variables are only named in the file; Bruno keeps their values elsewhere.
Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const Credential &credential = subject.credential;
    file.append("vars {\n");
    variable(file, "fhirBaseUrl", credential.fhirBaseUrl);
    variable(file, "tokenUrl", subject.tokenUrl);
    variable(file, "clientId", credential.clientId);
    variable(file, "keyId", credential.effectiveKeyId());
    variable(file, "algorithm", nameOf(credential.algorithm));
    variable(file, "scope", scopeText(credential));
    file.append("}\nvars:secret [\n  privateKey\n]\n");
    return {};
}

Result<void> writeKey(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    file.append(subject.privatePem);
    return {};
}

} // namespace

ExportFormat brunoFormat()
{
    return {.id = QStringLiteral("bruno"),
            .title = FormatText::tr("Bruno environment"),
            .summary = FormatText::tr("Variables, and the key beside them"),
            .extension = QStringLiteral(".bru"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {{QStringLiteral(".private-key.pem"), writeKey, true}},
            .note =
                FormatText::tr("Put the file into environments/ of the collection. Bruno keeps no secret in it: give "
                               "the key with --env-var privateKey=\"$(cat FILE.private-key.pem)\".")};
}

} // namespace credenza
