// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

constexpr std::size_t largestSecret = 64 * 1024;

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const SecretBytes object = flatObject(subject);
    if (object.size() > largestSecret)
        return noPlace(FormatText::tr("“%1” is larger than the 64 KiB a secret may have.").arg(subject.credential.name),
                       FormatText::tr("Shorten its scopes."));
    file.append(object);
    return {};
}

} // namespace

ExportFormat awsSecretsFormat()
{
    return {.id = QStringLiteral("aws-secrets-manager"),
            .title = FormatText::tr("AWS Secrets Manager"),
            .summary = FormatText::tr("JSON for a secret's text"),
            .extension = QStringLiteral(".json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("Store it with: aws secretsmanager create-secret --name epic/NAME --secret-string "
                                   "file://FILE.")};
}

} // namespace credenza
