// SPDX-License-Identifier: Apache-2.0
#include "core/handover/formats/Formats.h"

namespace credenza
{

namespace
{

/// The command line takes the flat object; the wrapper {"options":…,"data":…} is for HTTP only.
Result<void> write(SecretText &file, const ExportSubject &subject, const ExportOptions &)
{
    file.append(flatObject(subject));
    return {};
}

} // namespace

ExportFormat vaultKvFormat()
{
    return {.id = QStringLiteral("vault-kv"),
            .title = FormatText::tr("Vault KV"),
            .summary = FormatText::tr("JSON for a key-value engine"),
            .extension = QStringLiteral(".json"),
            .write = write,
            .prologue = {},
            .separator = {},
            .epilogue = {},
            .companions = {},
            .note = FormatText::tr("Store it with: vault kv put -mount=secret epic/NAME @FILE. Over HTTP, wrap it: "
                                   "{\"options\":{\"cas\":0},\"data\":{…}}.")};
}

} // namespace credenza
