// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/VaultKeys.h"
#include "core/vault/VaultTables.h"

namespace credenza
{

/// Brings the vault of an older format up to the current one: one function and one transaction a step. What is damaged
/// is left as damaged as it was. Errors: those of writing the file; then the vault is as it was.
[[nodiscard]] Result<void> migrateVault(VaultDatabase &database, const VaultKeys &keys, const QUuid &vaultId,
                                        RandomSource &random);

} // namespace credenza
