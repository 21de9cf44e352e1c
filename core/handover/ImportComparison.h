// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ImportPlan.h"

namespace credenza
{

/// The file's credential where the vault knows it already: what the file has no place for stays as it is in the vault.
[[nodiscard]] Credential completedFrom(Credential fromFile, const Credential &inVault, bool hasKey);

/// Every member that differs, but for what each save changes. Keys are compared by their thumbprint.
[[nodiscard]] QList<ImportDifference> differencesBetween(const Credential &inVault, const Credential &inFile);

} // namespace credenza
