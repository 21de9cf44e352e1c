// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/handover/age/AgeIdentity.h"
#include "core/vault/Vault.h"

namespace credenza
{

// Age identities that are kept in the vault: whoever has one of their recipients can send bundles that this vault opens
// by itself. The secret half leaves the vault only by identityFile().

/// What may be known of a kept identity.
struct KeptIdentity {
    QString recipient; ///< "age1…", to be given to senders
    QString label;     ///< chosen by a person, one line; may be empty
    QDateTime createdAt;
};

/// All of them, the oldest first. Errors: those of Vault::sealedItem().
[[nodiscard]] Result<QList<KeptIdentity>> keptIdentities(const Vault &vault);

/// Makes a new one.
[[nodiscard]] Result<KeptIdentity> makeIdentity(Vault &vault, const QString &label, const Clock &clock,
                                                RandomSource &random);
/// Keeps one that was made elsewhere. Errors: identity.exists (Conflict).
[[nodiscard]] Result<KeptIdentity> keepIdentity(Vault &vault, const AgeIdentity &identity, const QString &label,
                                                const Clock &clock);
/// From then on the vault opens nothing by itself that was encrypted for it. Errors: identity.not-found (NotFound).
[[nodiscard]] Result<void> removeIdentity(Vault &vault, const QString &recipient);

/// The secret halves, to open a file with.
[[nodiscard]] Result<std::vector<AgeIdentity>> openIdentities(const Vault &vault);
/// One of them as a file for `age -i`. Logged first. Errors: identity.not-found (NotFound).
[[nodiscard]] Result<SecretBytes> identityFile(Vault &vault, const QString &recipient);

} // namespace credenza
