// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ExportFormat.h"

#include <QCoreApplication>

namespace credenza
{

// One file each; facts about what their readers take: handover.md, C.

[[nodiscard]] ExportFormat jwksFormat();
[[nodiscard]] ExportFormat nexlaFormat();
[[nodiscard]] ExportFormat bulkDataClientFormat();
[[nodiscard]] ExportFormat smartFetchFormat();
[[nodiscard]] ExportFormat infernoFormat();
[[nodiscard]] ExportFormat dotenvFormat();
[[nodiscard]] ExportFormat kubernetesFormat();
[[nodiscard]] ExportFormat vaultKvFormat();
[[nodiscard]] ExportFormat awsSecretsFormat();
[[nodiscard]] ExportFormat postmanFormat();
[[nodiscard]] ExportFormat brunoFormat();
[[nodiscard]] ExportFormat onePasswordFormat();
[[nodiscard]] ExportFormat keePassFormat();

/// Text of the formats, which are functions and have no class of their own.
struct FormatText {
    Q_DECLARE_TR_FUNCTIONS(ExportFormat)
};

/// The scopes as one text; `system/*.rs` where the credential asks for whatever is registered.
[[nodiscard]] QString scopeText(const Credential &credential);

/// One flat JSON object of texts, as stores of secrets want it: fhir_base_url, client_id, key_id, algorithm, token_url,
/// scope, private_key.
[[nodiscard]] SecretBytes flatObject(const ExportSubject &subject);

/// export.no-place (InvalidInput): what a format can't say.
[[nodiscard]] Failure noPlace(const QString &message, const QString &hint);

} // namespace credenza
