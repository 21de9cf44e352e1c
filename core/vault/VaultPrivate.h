// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/SealedKeyReader.h"
#include "core/vault/SeenRoots.h"
#include "core/vault/Vault.h"
#include "core/vault/VaultContents.h"

#include <map>

namespace credenza
{

/// A save underway: what it changes, all of which is committed together or not at all.
struct VaultSave {
    VaultTransaction transaction;
    ManifestRoot root;                        ///< as it will be
    std::map<quint8, ManifestBucket> buckets; ///< as they will be; those that change
};

/// What is written as a record's card and key.
struct RecordContent {
    QByteArray card;                  ///< wiped at the end
    const SecretBytes *key = nullptr; ///< null: the key stays as it is

    ~RecordContent() { wipe(card); }
};

/// What is wrong with header and slots.
[[nodiscard]] QList<VaultDamage> lockedDamage(const LockedVault &locked, const QUuid &vaultId,
                                              const std::optional<ManifestRoot> &root);
[[nodiscard]] VaultDamage rollbackDamage();

/// An open vault's parts, shared by the files of this room that implement Vault.
class Vault::Private
{
public:
    Private(VaultDatabase openedDatabase, VaultKeys vaultKeys, const QUuid &id, const Clock &theClock,
            RandomSource &theRandom);

    /// Everything on opening, once a slot gave the key.
    Result<void> load(const LockedVault &locked);
    Result<bool> refresh();
    /// The write lock, and what others saved before.
    Result<VaultSave> beginSave();
    /// What the manifest will say of `id`; null if nothing.
    [[nodiscard]] const ManifestEntry *entry(const VaultSave &save, const QUuid &id) const;
    [[nodiscard]] bool hasIntactList(const QUuid &id) const;
    /// Errors: vault.damaged.
    [[nodiscard]] Result<void> requireIntactList(const QUuid &id) const;
    /// Seals card and key, writes the rows and puts them on the list; `entry` has the record's id, and kind and
    /// revision as they shall be.
    Result<void> writeRecord(VaultSave &save, ManifestEntry entry, const RecordContent &content);
    /// Removes record, key, and the word of them in the list.
    Result<void> dropRecord(VaultSave &save, const QUuid &id);
    /// Moves a record into the trash, key and all.
    [[nodiscard]] Result<TrashedCredential> trashRecord(VaultSave &save, const Credential &saved);
    /// Appends to the activity log. Clock, actor and numbers are filled in.
    Result<void> log(VaultSave &save, const QString &action, const QUuid &id, const QString &name,
                     const QString &detail = {});
    Result<void> appendActivity(VaultSave &save, ActivityEntry entry);
    /// What the save, or else the vault, has under a name; nothing if there is none.
    [[nodiscard]] Result<std::optional<SecretBytes>> item(const VaultSave &save, SealedKind kind, const QString &name);
    Result<void> dropItem(VaultSave &save, SealedKind kind, const QString &name);
    Result<void> writeItem(VaultSave &save, SealedKind kind, const QString &name, std::span<const std::byte> value);
    /// Seals the changed buckets and the root, commits, and only then believes it.
    Result<void> finishSave(VaultSave save);
    [[nodiscard]] QUuid freshId() const;
    /// The private key of a record.
    [[nodiscard]] Result<SecretBytes> openKey(const ManifestEntry &entry);
    /// The same by id, as it is saved now.
    [[nodiscard]] Result<SecretBytes> savedKey(const QUuid &id);
    void remember() const { seen.remember(vaultId, {contents.root->counter, contents.rootTag}); }
    /// Keeps `saved` as an earlier version before it changes; with its key if that is about to be replaced.
    Result<void> fileVersion(VaultSave &save, const Credential &saved, const SecretBytes *replacedKey);
    [[nodiscard]] QUuid versionId(const QUuid &credentialId, int revision) const;
    Result<void> dropVersions(VaultSave &save, const Credential &credential);
    [[nodiscard]] Filing filing() const { return {toDateTime(clock.now()), actor}; }
    /// Removes slots and writes one, in one save. Errors: vault.last-slot.
    Result<void> replaceSlots(const QList<QUuid> &old, const std::optional<KeySlot> &slot, const QString &action);
    /// What is wrong with the activity log. Quick: only whether its length is right.
    [[nodiscard]] Result<QList<VaultDamage>> activityDamage(const std::optional<ManifestRoot> &root, bool isQuick);
    [[nodiscard]] Result<void> checkActivityEnd(const ManifestRoot &root, QList<VaultDamage> &damage);
    [[nodiscard]] Result<void> checkActivity(const ManifestRoot &root, QList<VaultDamage> &damage);

    VaultDatabase database;
    VaultTables tables;
    VaultKeys keys;
    QUuid vaultId;
    const Clock &clock;
    RandomSource &random;
    QString actor;
    QString program;
    SeenRoots seen;
    SealedKeyReader keyReader;
    VaultInfo info;
    VaultContents contents;
    bool isRolledBack = false;
};

} // namespace credenza
