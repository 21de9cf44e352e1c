// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultCreation.h"

#include "core/vault/Manifest.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultSchema.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

#include <fcntl.h>
#include <unistd.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultCreationText {
    Q_DECLARE_TR_FUNCTIONS(VaultCreationText)
};

/// Like QDir::mkpath(), but only the owner may enter the folders it makes.
bool makeFolders(const QString &path)
{
    if (QFileInfo(path).isDir())
        return true;
    const QString parent = QFileInfo(path).absolutePath();
    return parent != path && makeFolders(parent) &&
           QDir().mkdir(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

/// Puts a rename inside `folder` on the disk. Some file systems can't sync folders, which is then theirs to guarantee.
void syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

Result<void> fillDatabase(const QString &path, const VaultHeader &header, const KeySlot &slot, const VaultKeys &keys,
                          RandomSource &random)
{
    auto database = TRY(VaultDatabase::create(path));
    VaultTables tables(database);
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    TRY(makeSchema(database));
    TRY(tables.writeHeader(header));
    TRY(tables.writeSlot(slot));
    TRY(tables.writeRoot(ManifestRoot{1, header.name, {}}.seal(keys, header.vaultId, random)));
    return transaction.commit();
}

} // namespace

Result<void> writeNewVault(const QString &path, const VaultHeader &header, const KeySlot &slot, const VaultKeys &keys,
                           RandomSource &random)
{
    const QFileInfo target(path);
    if (target.exists() || target.isSymLink())
        return vaultExists(path);
    const QString folder = target.absolutePath();
    if (!makeFolders(folder))
        return vaultUnwritable(path, VaultCreationText::tr("its folder can't be made."));

    const QString unfinished = folder + u"/."_s + target.fileName() + u'.' + header.vaultId.toString(QUuid::Id128);
    const auto cleanUp = qScopeGuard([&unfinished] {
        for (const auto &suffix : {u""_s, u"-wal"_s, u"-shm"_s, u"-journal"_s})
            QFile::remove(unfinished + suffix);
    });
    TRY(fillDatabase(unfinished, header, slot, keys, random));
    // QFile::rename() never replaces a file (renameat2 with RENAME_NOREPLACE).
    if (QFile file(unfinished); !file.rename(target.absoluteFilePath())) {
        if (target.exists())
            return vaultExists(path);
        return vaultUnwritable(path, file.errorString());
    }
    syncFolder(folder);
    return {};
}

} // namespace credenza
