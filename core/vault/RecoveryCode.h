// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

namespace credenza
{

/// A recovery code opens a vault whose passphrase is lost. It carries 160 random bits, so that it needs no slow
/// derivation, and 20 bits of checksum, so that a slip of the pen is told from a code of another vault: 36 characters
/// of Crockford's base 32 in nine groups, "K7QM-2D4R-…", without the letters that are taken for one another.
inline constexpr std::size_t recoverySecretSize = 20;

/// The code of a secret of recoverySecretSize bytes, as it is printed.
[[nodiscard]] SecretBytes recoveryCodeOf(const SecretBytes &secret);

/// Reads a code as people write it: groups may be missing or separated by anything, case does not count, O is zero, I
/// and L are one. Errors: recovery.length, recovery.character, recovery.mistyped (all InvalidInput).
[[nodiscard]] Result<SecretBytes> readRecoveryCode(const SecretBytes &text);

/// Whether a text is a recovery code rather than a passphrase: only if its checksum is right.
[[nodiscard]] bool isRecoveryCode(const SecretBytes &text);

} // namespace credenza
