// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"
#include "core/keys/PublicKey.h"

#include <QJsonDocument>

namespace credenza
{

namespace
{

Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    const Credential &credential = subject.credential;
    const PublicKey key = TRY(PublicKey::fromPem(credential.key.publicPem));
    file.append("    ");
    file.append(
        QJsonDocument(key.jwk(credential.algorithm, credential.effectiveKeyId())).toJson(QJsonDocument::Compact));
    return {};
}

} // namespace

ExportFormat jwksFormat()
{
    return {.id = QStringLiteral("jwks"),
            .title = FormatText::tr("JWK Set"),
            .summary = FormatText::tr("Public keys only, to host or register"),
            .extension = QStringLiteral(".jwks.json"),
            .holdsKeys = false,
            .isOneFileEach = false,
            .write = write,
            .prologue = "{\n  \"keys\": [\n",
            .separator = ",\n",
            .epilogue = "\n  ]\n}\n",
            .companions = {},
            .note = {}};
}

} // namespace credenza
