// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/KeySlot.h"
#include "core/vault/VaultKeys.h"
#include "core/vault/VaultTables.h"

namespace credenza
{

/// Writes a new vault without records at `path`, whole or not at all: it is made under another name in the same folder
/// and renamed. Makes missing folders (mode 0700). Never replaces a file. Errors: vault.exists, vault.unwritable.
[[nodiscard]] Result<void> writeNewVault(const QString &path, const VaultHeader &header, const KeySlot &slot,
                                         const VaultKeys &keys, RandomSource &random);

} // namespace credenza
