// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <QCoreApplication>
#include <QScopeGuard>

#include <tuple>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultCheckingText {
    Q_DECLARE_TR_FUNCTIONS(VaultCheckingText)
};

/// A transaction during which nobody writes.
Result<VaultTransaction> undisturbed(VaultDatabase &database)
{
    auto locked = VaultTransaction::begin(database, VaultTransaction::Mode::Write);
    if (locked)
        return locked;
    // A read-only medium, on which nobody can, or a writer that does not end, which damagedPages() sees.
    return VaultTransaction::begin(database, VaultTransaction::Mode::Read);
}

/// Pages that differ from their checksum. Nothing is said while other programs' use of the vault, or a read-only
/// medium, keeps its newest pages in the log, which has checksums of its own.
Result<QList<VaultDamage>> pageDamage(VaultDatabase &database)
{
    QList<VaultDamage> damage;
    // Another program may save in between, or sit in a transaction of its own: not waited for as long as by a save.
    TRY(database.setPatience(std::chrono::milliseconds(500)));
    const auto usual = qScopeGuard([&database] { std::ignore = database.setPatience(VaultDatabase::usualPatience); });
    constexpr int attempts = 3;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        database.emptyLog();
        const auto transaction = TRY(undisturbed(database));
        const auto pages = TRY(database.damagedPages());
        if (!pages)
            continue;
        for (const quint32 number : *pages)
            damage.append({u"database.damaged"_s, u"page %1"_s.arg(number),
                           VaultCheckingText::tr("A page of the vault's file was changed.")});
        break;
    }
    return damage;
}

} // namespace

QList<VaultDamage> lockedDamage(const LockedVault &locked, const QUuid &vaultId,
                                const std::optional<ManifestRoot> &root)
{
    QList<VaultDamage> damage;
    if (!locked.header)
        damage.append({u"header.damaged"_s, u"header"_s, VaultCheckingText::tr("The vault's header is damaged.")});
    else if (locked.header->vaultId != vaultId || (root && root->vaultName != locked.header->name))
        damage.append({u"header.tampered"_s, u"header"_s, VaultCheckingText::tr("The vault's header was changed.")});
    for (const QString &slot : locked.damagedSlots)
        damage.append({u"slot.damaged"_s, slot,
                       VaultCheckingText::tr("A key slot of the vault, or its copy, is damaged or missing.")});
    return damage;
}

VaultDamage rollbackDamage()
{
    return {u"vault.rolled-back"_s, u"vault"_s,
            VaultCheckingText::tr(
                "This vault is older than it was when last seen on this computer: it was put back from the "
                "past, or its last saves were lost.")};
}

Result<VaultCheck> Vault::check() const
{
    auto pages = TRY(pageDamage(d->database));
    auto transaction = TRY(VaultTransaction::begin(d->database, VaultTransaction::Mode::Read));
    const auto locked = TRY(d->tables.readLocked());
    const auto fresh = TRY(VaultReader(d->tables, d->keys, d->vaultId).read(VaultReader::Depth::Everything));
    VaultCheck check;
    check.damage = lockedDamage(locked, d->vaultId, fresh.root) + fresh.damage;
    for (const ManifestBucket &bucket : fresh.buckets)
        check.recordsChecked += static_cast<qint64>(bucket.entries().size());
    auto structure = TRY(d->database.run(u"PRAGMA integrity_check(20)"_s));
    while (structure.next())
        if (const QString line = structure.value(0).toString(); line != "ok"_L1)
            check.damage.append({u"database.damaged"_s, u"structure"_s, line});
    TRY(d->database.ended(structure));
    structure.finish();
    check.damage += TRY(d->activityDamage(fresh.root, false));
    check.damage += pages;
    TRY(transaction.commit());
    if (d->isRolledBack)
        check.damage.prepend(rollbackDamage());
    return check;
}

} // namespace credenza
