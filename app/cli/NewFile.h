// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

namespace credenza::cli
{

/// Writes a secret to a file that must not exist yet, with mode 0600 from its first byte on, and syncs it. Removes it
/// again where that fails. Never follows a symbolic link at `path`.
/// Errors: file.exists (Conflict), file.unwritable (Failed).
[[nodiscard]] Result<void> writeNewSecretFile(const QString &path, const SecretBytes &contents);

/// Fails with file.exists where writeNewSecretFile() would, before work is put into the contents.
[[nodiscard]] Result<void> requireNoFile(const QString &path);

} // namespace credenza::cli
