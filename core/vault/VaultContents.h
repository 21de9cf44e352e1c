// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/CredentialCard.h"
#include "core/vault/CredentialIndex.h"
#include "core/vault/Manifest.h"
#include "core/vault/SealedRecord.h"
#include "core/vault/Vault.h"
#include "core/vault/VaultTables.h"

#include <bitset>

namespace credenza
{

/// An unlocked vault in memory: the manifest, the opened cards, and what was found wrong.
struct VaultContents {
    std::optional<ManifestRoot> root; ///< nothing: damaged; then nothing may be saved
    SealTag rootTag{};
    std::array<ManifestBucket, ManifestRoot::bucketCount> buckets;
    std::bitset<ManifestRoot::bucketCount> soundBuckets; ///< whose entries can be relied on
    CredentialIndex credentials;
    QHash<QUuid, TrashedCredential> trash;
    QList<VaultDamage> damage;

    /// Null if the manifest does not have it.
    [[nodiscard]] const ManifestEntry *entry(const VaultKeys &keys, const QUuid &id) const
    {
        return buckets[keys.bucketOf(id)].find(id);
    }
};

/// Opens what is stored and compares it with the manifest. Damage is collected, never a reason to stop: what is intact
/// stays readable. Errors are those of reading the file. Call within one transaction.
class VaultReader
{
public:
    /// All must outlive the reader.
    VaultReader(VaultTables &tables, const VaultKeys &keys, const QUuid &vaultId)
        : m_tables(tables), m_keys(keys), m_vaultId(vaultId)
    {
    }

    enum class Depth {
        Cards,     ///< opens the cards; of the keys only whether they are there
        Everything ///< opens each key as well; cards are not kept
    };
    [[nodiscard]] Result<VaultContents> read(Depth depth);

    /// Brings `contents` to what is stored now, at the cost of what changed. True if anything had.
    [[nodiscard]] Result<bool> update(VaultContents &contents);

private:
    struct Scan;
    [[nodiscard]] Result<void> readManifest(VaultContents &contents);
    [[nodiscard]] Result<void> readRecords(Scan &scan);
    [[nodiscard]] Result<void> readKeys(Scan &scan);
    void takeRecord(Scan &scan, const RecordRow &row);
    void takeKey(Scan &scan, const KeyRow &row);
    /// What a row that the entry vouches for holds, valid until the next is opened; nothing if it does not open.
    [[nodiscard]] std::optional<std::span<const std::byte>> openCard(const ManifestEntry &entry, const RecordRow &row);
    /// Whether a row opens and holds what its kind says.
    [[nodiscard]] bool isSound(const ManifestEntry &entry, const RecordRow &row);
    /// Opens a row that is opened on unlock and puts it where it belongs. False: as isSound().
    [[nodiscard]] bool take(VaultContents &contents, const ManifestEntry &entry, const RecordRow &row);
    [[nodiscard]] Result<bool> updateBucket(VaultContents &contents, quint8 number, const ManifestRoot &root);

    VaultTables &m_tables;
    const VaultKeys &m_keys;
    QUuid m_vaultId;
    SecretBytes m_buffer; // one piece of guarded memory for all cards
    SharedValues m_shared;
};

} // namespace credenza
