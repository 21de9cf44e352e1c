// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/SeenRoots.h"
#include "core/vault/Vault.h"
#include "core/vault/VaultContents.h"

namespace credenza
{

/// An open vault's parts, shared by Vault.cpp (opening, reading, checking) and VaultSaving.cpp.
class Vault::Private
{
public:
    Private(VaultDatabase openedDatabase, VaultKeys vaultKeys, const QUuid &id, const Clock &theClock,
            RandomSource &theRandom)
        : database(std::move(openedDatabase)), tables(database), keys(std::move(vaultKeys)), vaultId(id),
          clock(theClock), random(theRandom)
    {
    }

    /// Everything on opening, once a slot gave the key.
    Result<void> load(const LockedVault &locked);
    Result<bool> refresh();
    /// The write lock, and what others saved before.
    Result<VaultTransaction> beginSave();
    /// Seals card and key and writes the rows.
    Result<ManifestEntry> writeRecord(const Credential &credential, const ManifestEntry *saved,
                                      const SecretBytes *pkcs8);
    /// Replaces (or, without an entry, removes) what the manifest says of `id`, commits, and only then believes it.
    Result<void> finishSave(VaultTransaction transaction, const QUuid &id, const std::optional<ManifestEntry> &entry);
    [[nodiscard]] QUuid freshId() const;
    [[nodiscard]] Result<void> requireIntactList(const QUuid &id) const;
    Result<SecretBytes> openKey(const ManifestEntry &entry);
    void remember() const { seen.remember(vaultId, {contents.root->counter, contents.rootTag}); }

    VaultDatabase database;
    VaultTables tables;
    VaultKeys keys;
    QUuid vaultId;
    const Clock &clock;
    RandomSource &random;
    SeenRoots seen;
    VaultInfo info;
    VaultContents contents;
    bool isRolledBack = false;
};

} // namespace credenza
