// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

class QSettings;

namespace credenza
{

/// The vault that a start without arguments opens: the one unlocked last, if its file is still there and the
/// environment names no other; else defaultVaultPath().
[[nodiscard]] QString vaultToOpen(const QSettings &settings);
/// Called when a vault was unlocked. Only its path is kept.
void rememberVault(QSettings &settings, const QString &path);

} // namespace credenza
