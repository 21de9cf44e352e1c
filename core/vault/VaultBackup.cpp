// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultBackup.h"

#include "core/vault/PageSums.h"
#include "core/vault/SeenRoots.h"
#include "core/vault/Vault.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultSchema.h"
#include "core/vault/VaultTables.h"

#include <QCborMap>
#include <QCborValue>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultBackupText {
    Q_DECLARE_TR_FUNCTIONS(VaultBackupText)
};

constexpr qint64 secondsInADay = 24 * 60 * 60;
constexpr int mostKept = 1000;

QString timeInName(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyyMMdd-HHmmss"_s);
}

/// Puts a rename in a folder on the disk; some file systems can't, which is then theirs to guarantee.
void syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

/// Writes the whole vault into `file`, all of it or an error.
Result<void> copyInto(QFile &file, const QString &path)
{
    auto database = TRY(openVaultDatabase(path));
    constexpr int attempts = 20; // others may save in between
    for (int attempt = 0; attempt < attempts; ++attempt) {
        database.emptyLog();
        auto transaction = VaultTransaction::begin(database, VaultTransaction::Mode::Write);
        if (!transaction && transaction.error().code == "vault.busy"_L1)
            return Failure(std::move(transaction).error());
        // Without it the medium is read-only, and nobody can write meanwhile.
        const bool isWhole = TRY(database.eachPiece([&file](std::span<const std::byte> piece) -> Result<void> {
            const auto size = static_cast<qint64>(piece.size());
            if (file.write(reinterpret_cast<const char *>(piece.data()), size) != size)
                return vaultUnwritable(file.fileName(), file.errorString());
            return {};
        }));
        if (isWhole)
            break;
        if (attempt == attempts - 1)
            return vaultBusy();
    }
    if (!file.flush() || ::fsync(file.handle()) != 0)
        return vaultUnwritable(file.fileName(), file.errorString());
    return {};
}

/// A file that takes its place under its name only once it is whole.
Result<void> copyVault(const QString &source, const QString &target)
{
    const QString folder = QFileInfo(target).absolutePath();
    const QString unfinished = folder + u"/."_s + QFileInfo(target).fileName() + u".unfinished"_s;
    QFile::remove(unfinished);
    const auto cleanUp = qScopeGuard([&unfinished] { QFile::remove(unfinished); });
    QFile file(unfinished);
    const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, ownerOnly))
        return vaultUnwritable(target, file.errorString());
    TRY(copyInto(file, source));
    file.close();
    // QFile::rename() never replaces a file.
    if (!file.rename(QFileInfo(target).absoluteFilePath()))
        return QFileInfo::exists(target) ? vaultExists(target) : vaultUnwritable(target, file.errorString());
    syncFolder(folder);
    return {};
}

/// A free name beside the vault for what is there now.
QString nameAside(const QString &path, const QDateTime &now)
{
    const QFileInfo vault(path);
    const QString stem = vault.absolutePath() + u'/' + vault.completeBaseName() + u" replaced "_s + timeInName(now);
    QString aside = stem + u".credenza"_s;
    for (int number = 2; QFileInfo::exists(aside); ++number)
        aside = stem + u" %1.credenza"_s.arg(number);
    return aside;
}

bool swapFiles(const QString &one, const QString &other)
{
    // In one step: whatever happens, there is a vault under its name.
    if (::renameat2(AT_FDCWD, QFile::encodeName(one).constData(), AT_FDCWD, QFile::encodeName(other).constData(),
                    RENAME_EXCHANGE) == 0)
        return true;
    // Not every file system can: those of network drives and memory sticks.
    const QString spare = other + u".swap"_s;
    if (!QFile::rename(one, spare))
        return false;
    if (QFile::rename(other, one))
        return QFile::rename(spare, other);
    QFile::rename(spare, one);
    return false;
}

/// Puts the file `aside` in the vault's place, and the vault, with what belongs to it, in that one's.
Result<void> swapVaults(const QString &path, const QString &aside)
{
    QStringList moved;
    auto undo = qScopeGuard([&] {
        for (const QString &suffix : std::as_const(moved))
            QFile::rename(aside + suffix, path + suffix);
    });
    // They would be taken for those of the file that comes. What was in the log is in the vault by now, unless it is
    // damaged or another program reads it.
    for (const auto &suffix : {u"-wal"_s, u"-shm"_s}) {
        if (!QFileInfo::exists(path + suffix))
            continue;
        if (!QFile::rename(path + suffix, aside + suffix))
            return vaultUnwritable(path, VaultBackupText::tr("the present vault can't be put aside."));
        moved.append(suffix);
    }
    if (!swapFiles(path, aside))
        return vaultUnwritable(path, VaultBackupText::tr("the present vault can't be put aside."));
    undo.dismiss();
    return {};
}

/// Makes the backup of this moment and removes those beyond the plan's number.
Result<QString> makeRolling(const Vault &vault, const BackupPlan &plan, const QDateTime &now)
{
    const QString path = vault.info().path;
    const QString folder = backupFolder(path, plan);
    if (!QFileInfo(folder).isDir() &&
        !QDir().mkdir(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner))
        return vaultUnwritable(folder, VaultBackupText::tr("the folder for backups can't be made."));
    const QString target = folder + u'/' + QFileInfo(path).completeBaseName() + u' ' + timeInName(now) + u".credenza"_s;
    TRY(backUpVault(path, target));
    TRY(checkBackup(target));
    if (!vault.damage().isEmpty()) // which must not push out the sound ones
        return target;
    const auto all = rollingBackups(path, plan);
    for (qsizetype i = plan.keep; i < all.size(); ++i)
        QFile::remove(all[i].path);
    return target;
}

} // namespace

QString backupFolder(const QString &vaultPath, const BackupPlan &plan)
{
    const QFileInfo vault(vaultPath);
    return plan.folder.isEmpty() ? vault.absolutePath() + u'/' + vault.completeBaseName() + u" backups"_s : plan.folder;
}

Result<void> checkBackup(const QString &path)
{
    auto database = TRY(openVaultDatabase(path));
    if (!TRY(database.hasPageSums()))
        return {}; // of format 1
    const auto pages = TRY(database.damagedPages());
    if (pages && !pages->isEmpty())
        return vaultDamaged(VaultBackupText::tr("%1 is damaged.").arg(QDir::toNativeSeparators(path)));
    return {};
}

Result<void> backUpVault(const QString &path, const QString &target)
{
    if (QFileInfo::exists(target) || QFileInfo(target).isSymLink())
        return vaultExists(target);
    return copyVault(path, target);
}

Result<QString> restoreVault(const QString &path, const QString &source, const Clock &clock)
{
    TRY(checkBackup(source));
    QString aside;
    if (QFileInfo::exists(path)) {
        // So that what is still in its log goes with it. A damaged vault is kept as it is, log and all.
        if (auto present = openVaultDatabase(path))
            present->emptyLog();
        aside = nameAside(path, toDateTime(clock.now()));
        TRY(copyVault(source, aside));
        auto cleanUp = qScopeGuard([&aside] { QFile::remove(aside); });
        TRY(swapVaults(path, aside));
        cleanUp.dismiss();
    } else {
        TRY(copyVault(source, path));
    }
    syncFolder(QFileInfo(path).absolutePath());
    // That it is older than the one last seen is what was asked for.
    if (auto restored = openVaultDatabase(path))
        if (const auto locked = VaultTables(*restored).readLocked())
            for (const KeySlot &slot : locked->slots)
                SeenRoots().forget(slot.vaultId);
    return aside;
}

Result<BackupPlan> backupPlan(const Vault &vault)
{
    BackupPlan plan;
    const auto saved = TRY(vault.sealedItem(SealedKind::Setting, u"backups"_s));
    if (!saved)
        return plan;
    const QCborMap map = QCborValue::fromCbor(saved->charView().toByteArray()).toMap();
    plan.isOn = map.value(1).toBool(true);
    plan.folder = map.value(2).toString();
    plan.keep = static_cast<int>(std::clamp<qint64>(map.value(3).toInteger(plan.keep), 1, mostKept));
    return plan;
}

Result<void> setBackupPlan(Vault &vault, const BackupPlan &plan)
{
    const QByteArray saved = QCborMap{{1, plan.isOn}, {2, plan.folder}, {3, plan.keep}}.toCborValue().toCbor();
    return vault.putSealedItem(SealedKind::Setting, u"backups"_s, std::as_bytes(std::span(saved)));
}

QList<RollingBackup> rollingBackups(const QString &vaultPath, const BackupPlan &plan)
{
    const QString stem = QFileInfo(vaultPath).completeBaseName() + u' ';
    QList<RollingBackup> backups;
    const auto files = QDir(backupFolder(vaultPath, plan)).entryInfoList({u"*.credenza"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files) {
        const QString name = file.completeBaseName();
        QDateTime time = QDateTime::fromString(name.mid(stem.size()), u"yyyyMMdd-HHmmss"_s);
        time.setTimeSpec(Qt::UTC);
        if (name.startsWith(stem) && time.isValid()) // the person's own files there stay out of it
            backups.prepend({file.absoluteFilePath(), time, file.size()});
    }
    return backups;
}

Result<QString> backUpIfDue(const Vault &vault, const Clock &clock)
{
    const BackupPlan plan = TRY(backupPlan(vault));
    const QString path = vault.info().path;
    const QDateTime now = toDateTime(clock.now());
    const auto present = rollingBackups(path, plan);
    const auto first = TRY(vault.activity(1, 1));
    const QDateTime before = !present.isEmpty() ? present.first().madeAt : first.isEmpty() ? now : first.first().at;
    const bool isDue = before.secsTo(now) >= secondsInADay;
    if (!plan.isOn || !isDue || !vault.damage().isEmpty()) // a damaged one must not push out the sound ones
        return QString();
    // Unchanged since the last copy: the log knows when it was last saved. In the same second it may have been after.
    if (const auto last = TRY(vault.activity(std::max<quint64>(vault.activityCount(), 1), 1));
        last.isEmpty() || (!present.isEmpty() && last.first().at < present.first().madeAt))
        return QString();
    return makeRolling(vault, plan, now);
}

Result<QString> backUpNow(const Vault &vault, const Clock &clock)
{
    return makeRolling(vault, TRY(backupPlan(vault)), toDateTime(clock.now()));
}

} // namespace credenza
