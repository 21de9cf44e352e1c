// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportedCredentials.h"

#include <QJsonValue>

namespace credenza
{

/// The JSON forms that hold a key: Nexla (both bodies), bulk-data-client, Inferno, the flat object of Vault and AWS,
/// Postman, 1Password, and the fields of `add --from`. An array is read element by element.
/// Errors: import.unknown-format, import.no-private-key, those of toCredential().
[[nodiscard]] Result<void> readJsonForm(const QJsonValue &json, const QString &position, const QString &fallbackName,
                                        const QDateTime &now, ImportedCredentialsBuilder &builder);

/// import.unknown-format (InvalidInput).
[[nodiscard]] Failure importUnknownFormat();

} // namespace credenza
