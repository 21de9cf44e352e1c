// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultMigration.h"

#include "core/vault/Manifest.h"
#include "core/vault/VaultSchema.h"

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

/// 1 to 2: the activity log, and a root that knows its length. (The checksums of pages are a matter of the whole file,
/// see below.)
Result<void> toFormat2(VaultDatabase &database, const VaultKeys &keys, const QUuid &vaultId, RandomSource &random)
{
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    if (TRY(vaultFormat(database)) != 1)
        return {}; // another program was faster
    VaultTables tables(database);
    TRY(database.run(activityTableDefinition()));
    const auto locked = TRY(tables.readLocked());
    if (locked.header)
        TRY(tables.writeHeader({locked.header->vaultId, 2, locked.header->name}));
    else
        TRY(database.run(u"UPDATE vault_header SET format=2"_s));
    if (auto root = ManifestRoot::openFormat1(keys, vaultId, TRY(tables.root()))) {
        ++root->counter; // a save like any other to those who remember the last one
        TRY(tables.writeRoot(root->seal(keys, vaultId, random)));
    }
    TRY(database.run(u"PRAGMA user_version=2"_s));
    return transaction.commit();
}

} // namespace

Result<void> migrateVault(VaultDatabase &database, const VaultKeys &keys, const QUuid &vaultId, RandomSource &random)
{
    if (TRY(vaultFormat(database)) >= currentVaultFormat)
        return {};
    // First: SQLite does it in a transaction of its own, and if that was all that was reached, the vault is still a
    // sound one of format 1.
    if (!TRY(database.hasPageSums()))
        TRY(database.addPageSums());
    return toFormat2(database, keys, vaultId, random);
}

} // namespace credenza
