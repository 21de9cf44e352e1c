// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace credenza
{

class Vault;

/// Copies the vault at `path` to `target` as of one moment, also while programs use it; needs no passphrase. Refuses an
/// existing file. Errors: those of opening a vault; vault.exists, vault.busy, vault.unwritable.
[[nodiscard]] Result<void> backUpVault(const QString &path, const QString &target);

/// Puts the copy `source` in the place of the vault at `path`; the present file is kept aside. Returns where; empty if
/// there was none. Programs that have the vault open notice. Errors: those of opening a vault, vault.unwritable;
/// vault.damaged if the copy is.
[[nodiscard]] Result<QString> restoreVault(const QString &path, const QString &source, const Clock &clock);

/// Whether the file is a vault each of whose pages is as it was written, as restoreVault() wants it. Errors: as there.
[[nodiscard]] Result<void> checkBackup(const QString &path);

/// How copies are made without being asked for. Kept sealed in the vault.
struct BackupPlan {
    bool isOn = true;
    QString folder; ///< empty: beside the vault, in a folder of its own
    int keep = 10;
};
[[nodiscard]] Result<BackupPlan> backupPlan(const Vault &vault);
[[nodiscard]] Result<void> setBackupPlan(Vault &vault, const BackupPlan &plan);

/// Where they go.
[[nodiscard]] QString backupFolder(const QString &vaultPath, const BackupPlan &plan);

/// A copy that the plan counts among those it keeps.
struct RollingBackup {
    QString path;
    QDateTime madeAt;
    qint64 size = 0;
};
/// The latest first.
[[nodiscard]] QList<RollingBackup> rollingBackups(const QString &vaultPath, const BackupPlan &plan);

/// Makes a rolling backup if the plan wants one, the vault was saved since the last, and that is a day old; removes
/// those beyond the plan's number. Returns its path; empty if none was due. Not before a save but after the work: it
/// copies the whole file.
[[nodiscard]] Result<QString> backUpIfDue(const Vault &vault, const Clock &clock);

/// Makes one now, due or not, where the plan says. Returns its path. Of a damaged vault as well, but then none of the
/// earlier ones is removed for it.
[[nodiscard]] Result<QString> backUpNow(const Vault &vault, const Clock &clock);

} // namespace credenza
