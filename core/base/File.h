// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <QByteArray>

namespace credenza
{

/// The whole file, if it is at most `maxBytes` long.
/// Errors: file.not-found (NotFound), file.too-large (InvalidInput), file.unreadable (Failed).
[[nodiscard]] Result<QByteArray> readFile(const QString &path, qint64 maxBytes);

/// The same into guarded memory, leaving no copy elsewhere. "-" reads standard input.
[[nodiscard]] Result<SecretBytes> readSecretFile(const QString &path, qint64 maxBytes);

/// Replaces `path` in one step (temporary file in the same folder, synced, renamed); never leaves half a file.
/// The new file has mode 0600. Errors: file.unwritable (Failed).
[[nodiscard]] Result<void> writeFileAtomically(const QString &path, QByteArrayView contents);

} // namespace credenza
