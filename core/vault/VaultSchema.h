// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/vault/VaultDatabase.h"

namespace credenza
{

/// The format this version writes (FORMAT.md, "Versions").
inline constexpr int currentVaultFormat = 2;

/// "CrdV": SQLite's application_id of a vault.
inline constexpr qint32 vaultApplicationId = 0x43726456;

/// Makes the tables of the current format in an empty database. Run it inside a write transaction.
[[nodiscard]] Result<void> makeSchema(VaultDatabase &database);

/// The table of the activity log; what format 2 added.
[[nodiscard]] QString activityTableDefinition();

/// The format of a vault that openVaultDatabase() opened. Damage to one of the two places that tell is overcome.
[[nodiscard]] Result<int> vaultFormat(VaultDatabase &database);

/// Opens a vault's file: recognises it, refuses formats newer than ours and tables that are not exactly ours. Writes
/// nothing: bringing an older format up to date takes the vault's key (VaultMigration.h). Errors: vault.not-found,
/// vault.not-a-vault, vault.newer-format, vault.damaged, vault.busy, vault.unwritable.
[[nodiscard]] Result<VaultDatabase> openVaultDatabase(const QString &path);

} // namespace credenza
