// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportedCredentials.h"

namespace credenza
{

// The forms that are not JSON. `text` is a file in the open; errors as readImport() has them.

[[nodiscard]] bool looksLikeDotenv(QByteArrayView text);
[[nodiscard]] Result<void> readDotenv(const QString &text, const QString &fallbackName, const QDateTime &now,
                                      ImportedCredentialsBuilder &builder);

/// The TOML of smart-fetch: one table of texts.
[[nodiscard]] bool looksLikeSmartFetch(QByteArrayView text);
[[nodiscard]] Result<void> readSmartFetch(const QString &text, const QString &fallbackName, const QDateTime &now,
                                          ImportedCredentialsBuilder &builder);

/// Secrets of Kubernetes, one document each.
[[nodiscard]] bool looksLikeKubernetes(QByteArrayView text);
[[nodiscard]] Result<void> readKubernetes(QByteArrayView text, const QString &fallbackName, const QDateTime &now,
                                          ImportedCredentialsBuilder &builder);

/// KeePass 2 XML. Entries without a base URL and a private key are left out, and counted in a note.
[[nodiscard]] bool looksLikeKeePass(QByteArrayView text);
[[nodiscard]] Result<void> readKeePass(QByteArrayView text, const QDateTime &now, ImportedCredentialsBuilder &builder);

} // namespace credenza
