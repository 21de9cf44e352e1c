// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"
#include "core/keys/KeyExport.h"

#include <algorithm>

namespace credenza
{

namespace
{

bool isPlain(const QByteArray &value)
{
    constexpr QByteArrayView others("_./:@%+,=-");
    return !value.isEmpty() && std::ranges::all_of(value, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.contains(c);
    });
}

/// In the one form that shells, Docker and the libraries read alike: bare where nothing is special, else in single
/// quotes, in which nothing is expanded, else in double quotes with the special characters escaped.
void appendValue(SecretText &file, const QString &text)
{
    const QByteArray value = text.toUtf8();
    if (isPlain(value)) {
        file.append(value);
        return;
    }
    const bool isOneLine = !value.contains('\n') && !value.contains('\r');
    if (isOneLine && !value.contains('\'')) {
        file.append('\'');
        file.append(value);
        file.append('\'');
        return;
    }
    file.append('"');
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == '$' || c == '`')
            file.append('\\');
        if (c == '\n')
            file.append("\\n");
        else if (c != '\r')
            file.append(c);
    }
    file.append('"');
}

QByteArray prefixFor(const ExportSubject &subject, const ExportOptions &options)
{
    QByteArray prefix = subject.credential.connector == u"epic-ehr" ? "EPIC_" : "SMART_";
    if (options.isOneOfSeveral)
        prefix += subject.slug.toLatin1().toUpper().replace('-', '_') + '_';
    return prefix;
}

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &options)
{
    const Credential &credential = subject.credential;
    const QByteArray prefix = prefixFor(subject, options);
    const auto line = [&](QByteArrayView name, const QString &value) {
        if (value.isEmpty())
            return;
        file.append(prefix);
        file.append(name);
        file.append('=');
        appendValue(file, value);
        file.append('\n');
    };
    file.append("# ");
    file.append(credential.name.simplified().toUtf8());
    file.append('\n');
    line("FHIR_BASE_URL", credential.fhirBaseUrl);
    line("CLIENT_ID", credential.clientId);
    line("KEY_ID", credential.effectiveKeyId());
    line("ALGORITHM", nameOf(credential.algorithm));
    line("TOKEN_URL", subject.tokenUrl);
    line("SCOPE", credential.scopes.join(u' '));
    if (!subject.hasKey())
        return {};
    // Readers differ on "\n" inside quotes, so the same key is there again as base64 of the whole PEM.
    file.append(prefix);
    file.append("PRIVATE_KEY=\"");
    for (const char c : subject.privatePem.charView()) {
        if (c == '\n')
            file.append("\\n");
        else
            file.append(c);
    }
    file.append("\"\n");
    file.append(prefix);
    file.append("PRIVATE_KEY_B64=");
    file.append(secretBase64(subject.privatePem.view()));
    file.append('\n');
    return {};
}

} // namespace

ExportFormat dotenvFormat()
{
    return {.id = QStringLiteral("dotenv"),
            .title = FormatText::tr("dotenv"),
            .summary = FormatText::tr(".env with the key as one line"),
            .extension = QStringLiteral(".env"),
            .isOneFileEach = false,
            .write = write,
            .prologue = {},
            .separator = "\n",
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("Programs that don't turn \\n into line breaks take …_PRIVATE_KEY_B64, the same PEM "
                                   "in base64.")};
}

} // namespace credenza
