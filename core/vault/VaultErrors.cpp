// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QDir>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultErrorText {
    Q_DECLARE_TR_FUNCTIONS(VaultErrorText)
};

} // namespace

Failure vaultNotFound(const QString &path)
{
    return fail(ErrorKind::NotFound, u"vault.not-found"_s,
                VaultErrorText::tr("There is no vault at %1.").arg(QDir::toNativeSeparators(path)),
                VaultErrorText::tr("Create one, or check the path."));
}

Failure vaultExists(const QString &path)
{
    return fail(ErrorKind::Conflict, u"vault.exists"_s,
                VaultErrorText::tr("There is already a file at %1.").arg(QDir::toNativeSeparators(path)),
                VaultErrorText::tr("Open it, or choose another path for the new vault."));
}

Failure vaultNotAVault(const QString &path)
{
    return fail(ErrorKind::InvalidInput, u"vault.not-a-vault"_s,
                VaultErrorText::tr("%1 is not a Credenza vault.").arg(QDir::toNativeSeparators(path)),
                VaultErrorText::tr("Choose a vault file."));
}

Failure vaultNewerFormat(int version)
{
    return fail(ErrorKind::InvalidInput, u"vault.newer-format"_s,
                VaultErrorText::tr("This vault was written by a newer Credenza (format %1).").arg(version),
                VaultErrorText::tr("Update Credenza to open it."));
}

Failure vaultDamaged(const QString &what)
{
    return fail(ErrorKind::Damaged, u"vault.damaged"_s, what,
                VaultErrorText::tr("Keep this file as it is and open a backup copy of the vault."));
}

Failure vaultWrongPassphrase()
{
    return fail(ErrorKind::Locked, u"vault.wrong-passphrase"_s,
                VaultErrorText::tr("This passphrase does not open the vault."),
                VaultErrorText::tr("Check Caps Lock and the keyboard layout, then try again."));
}

Failure vaultBusy()
{
    return fail(ErrorKind::Failed, u"vault.busy"_s, VaultErrorText::tr("Another program is writing to the vault."),
                VaultErrorText::tr("Try again in a moment."));
}

Failure vaultUnreadable(const QString &path)
{
    return fail(ErrorKind::Failed, u"vault.unreadable"_s,
                VaultErrorText::tr("The vault at %1 can't be read.").arg(QDir::toNativeSeparators(path)),
                VaultErrorText::tr("Check the disk or the network drive it is on. Copy what can still be read."));
}

Failure vaultUnwritable(const QString &path, const QString &reason)
{
    return fail(
        ErrorKind::Failed, u"vault.unwritable"_s,
        VaultErrorText::tr("The vault at %1 can't be written: %2").arg(QDir::toNativeSeparators(path), reason),
        VaultErrorText::tr("Check free space and permissions of its folder. What was saved before is unharmed."));
}

Failure vaultNameTaken(const QString &name)
{
    return fail(ErrorKind::Conflict, u"vault.name-taken"_s,
                VaultErrorText::tr("There is already a credential named “%1”.").arg(name.trimmed()),
                VaultErrorText::tr("Choose another name; upper and lower case count as the same."));
}

Failure vaultChangedElsewhere(const QString &name)
{
    return fail(ErrorKind::Conflict, u"vault.changed-elsewhere"_s,
                VaultErrorText::tr("“%1” was changed elsewhere meanwhile.").arg(name),
                VaultErrorText::tr("Look at the saved version, then make your change again."));
}

Failure vaultLastSlot()
{
    return fail(ErrorKind::Conflict, u"vault.last-slot"_s,
                VaultErrorText::tr("Nothing but this passphrase or recovery code opens the vault."),
                VaultErrorText::tr("Add another passphrase or a recovery code first."));
}

Failure vaultSlotNotFound(const QString &id)
{
    return fail(ErrorKind::NotFound, u"vault.slot-not-found"_s,
                VaultErrorText::tr("There is no key slot %1 in this vault.").arg(id),
                VaultErrorText::tr("List the key slots to see their ids."));
}

Failure vaultNoKeyring()
{
    return fail(
        ErrorKind::Locked, u"vault.no-keyring"_s, VaultErrorText::tr("The system's keyring does not open this vault."),
        VaultErrorText::tr("It may be locked, or was never set up for this vault. Unlock with the passphrase."));
}

Failure vaultKeyringForgets()
{
    return fail(ErrorKind::Failed, u"vault.keyring-forgets"_s,
                VaultErrorText::tr("The system's keyring did not keep what was given to it."),
                VaultErrorText::tr("Nothing was changed. Go on with the passphrase."));
}

Failure versionNotFound(int revision)
{
    return fail(ErrorKind::NotFound, u"vault.version-not-found"_s,
                VaultErrorText::tr("There is no version %1 of this credential.").arg(revision),
                VaultErrorText::tr("List its versions to see which are kept."));
}

Failure credentialNotFound(const QString &nameOrId)
{
    return fail(ErrorKind::NotFound, u"credential.not-found"_s,
                VaultErrorText::tr("There is no credential “%1” in this vault.").arg(nameOrId),
                VaultErrorText::tr("List the credentials to see their names."));
}

} // namespace credenza
