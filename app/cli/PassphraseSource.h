// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <stop_token>

namespace credenza::cli
{

class CommandContext;

/// The vault's passphrase from where cli.md says, in this order: --passphrase-file, $CREDENZA_PASSPHRASE_FILE,
/// $CREDENZA_PASSPHRASE, the terminal. Errors: vault.no-passphrase (Locked), those of reading a file, cancelled.
[[nodiscard]] Result<SecretBytes> vaultPassphrase(CommandContext &context, const QString &vaultPath);

/// The same for a vault that is being made: a passphrase typed on the terminal is asked for twice.
/// Errors: also vault.passphrases-differ (InvalidInput).
[[nodiscard]] Result<SecretBytes> newVaultPassphrase(CommandContext &context, const QString &vaultPath);

/// A new passphrase typed twice on the terminal. Errors: vault.no-passphrase, vault.passphrases-differ, cancelled.
[[nodiscard]] Result<SecretBytes> typedPassphrase(CommandContext &context, const QString &vaultPath);

/// Whether --passphrase-file or the environment gives a passphrase.
[[nodiscard]] bool hasConfiguredPassphrase(const CommandContext &context);

/// The first line of a file that holds a passphrase, without its line end. "-": standard input.
[[nodiscard]] Result<SecretBytes> passphraseFromFile(CommandContext &context, const QString &path);

} // namespace credenza::cli
