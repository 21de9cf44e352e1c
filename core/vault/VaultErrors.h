// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace credenza
{

// The failures of the vault, each worded once. Codes as listed in Vault.h.
[[nodiscard]] Failure vaultNotFound(const QString &path);
[[nodiscard]] Failure vaultExists(const QString &path);
[[nodiscard]] Failure vaultNotAVault(const QString &path);
[[nodiscard]] Failure vaultNewerFormat(int version);
/// `what` names the damaged part in one sentence.
[[nodiscard]] Failure vaultDamaged(const QString &what);
[[nodiscard]] Failure vaultWrongPassphrase();
[[nodiscard]] Failure vaultBusy();
/// The disk does not give the file's bytes back.
[[nodiscard]] Failure vaultUnreadable(const QString &path);
/// `reason` is the system's own text.
[[nodiscard]] Failure vaultUnwritable(const QString &path, const QString &reason);
[[nodiscard]] Failure vaultNameTaken(const QString &name);
[[nodiscard]] Failure vaultChangedElsewhere(const QString &name);
[[nodiscard]] Failure vaultLastSlot();
[[nodiscard]] Failure vaultSlotNotFound(const QString &id);
[[nodiscard]] Failure vaultNoKeyring();
[[nodiscard]] Failure vaultKeyringForgets();
[[nodiscard]] Failure versionNotFound(int revision);
[[nodiscard]] Failure credentialNotFound(const QString &nameOrId);

} // namespace credenza
