// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"

namespace credenza
{

/// Copies all that can still be read of the vault at `path` into a new vault at `target`, with the same passphrase (or
/// recovery code), whatever is damaged: where the database no longer leads to a row, its page is looked at. The damaged
/// file is only read, but for what SQLite itself recovers on opening. Errors: vault.exists; vault.wrong-passphrase;
/// vault.damaged if no key slot is left; those of Vault::create().
[[nodiscard]] Result<SalvageReport> salvageVault(const QString &path, const SecretBytes &passphrase,
                                                 const QString &target, const Clock &clock, RandomSource &random);

} // namespace credenza
