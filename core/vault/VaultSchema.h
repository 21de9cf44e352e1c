// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/vault/VaultDatabase.h"

namespace credenza
{

/// The format this version writes (FORMAT.md, "Versions").
inline constexpr int currentVaultFormat = 1;

/// "CrdV": SQLite's application_id of a vault.
inline constexpr qint32 vaultApplicationId = 0x43726456;

/// Makes the tables of the current format in an empty database. Run it inside a write transaction.
[[nodiscard]] Result<void> makeSchema(VaultDatabase &database);

/// Opens a vault's file: recognises it, refuses formats newer than ours and tables that are not exactly ours, and
/// brings older formats up to date, one step a transaction. Errors: vault.not-found, vault.not-a-vault,
/// vault.newer-format, vault.damaged, vault.busy, vault.unwritable.
[[nodiscard]] Result<VaultDatabase> openVaultDatabase(const QString &path);

} // namespace credenza
