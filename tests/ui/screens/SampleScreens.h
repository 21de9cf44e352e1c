// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/ActivityLog.h"
#include "ui/backups/BackupsCard.h"
#include "ui/keypairs/KeyPair.h"
#include "ui/palette/PaletteModel.h"

namespace credenza::test
{

/// The key pairs of the Keys mockup.
[[nodiscard]] QList<KeyPair> sampleKeyPairs();
/// A day in the life of a vault.
[[nodiscard]] QList<ActivityEntry> sampleActivity();
/// Backups of four days.
[[nodiscard]] ShownBackups sampleBackups();
/// Credentials, keys and actions of the palette's mockup.
[[nodiscard]] QList<PaletteSection> samplePalette();
[[nodiscard]] PaletteSection samplePaletteActions();

} // namespace credenza::test
