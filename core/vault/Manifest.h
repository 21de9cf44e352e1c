// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/SealedBox.h"
#include "core/vault/VaultKeys.h"

#include <QString>
#include <QUuid>

#include <array>
#include <optional>
#include <vector>

namespace credenza
{

/// What each entry of the activity log says of the one before (FORMAT.md, "Activity").
using ChainHash = std::array<std::byte, 32>;

/// What the manifest says of one record: exactly which sealed parts belong to it now.
struct ManifestEntry {
    QUuid id;
    quint32 kind = 0;
    quint32 revision = 0;    ///< of the record and its card
    quint32 keyRevision = 0; ///< the revision the private key was sealed as; 0: the record has none
    SealTag card{};
    SealTag privateKey{};

    bool operator==(const ManifestEntry &) const = default;
};

/// The entries of one bucket, in ascending order of the id's 16 bytes. Some hundreds at 100 000 records.
class ManifestBucket
{
public:
    [[nodiscard]] const std::vector<ManifestEntry> &entries() const { return m_entries; }
    /// Null if the record is not in the bucket.
    [[nodiscard]] const ManifestEntry *find(const QUuid &id) const;
    /// Inserts, or replaces the entry of the same id.
    void put(const ManifestEntry &entry);
    void remove(const QUuid &id);

    [[nodiscard]] QByteArray seal(const VaultKeys &keys, const QUuid &vaultId, quint8 number,
                                  RandomSource &random) const;
    /// Nothing if it was not sealed as this bucket of this vault, or holds what seal() never writes. `buffer` is
    /// working memory, see openBox().
    [[nodiscard]] static std::optional<ManifestBucket> open(const VaultKeys &keys, const QUuid &vaultId, quint8 number,
                                                            QByteArrayView sealed, SecretBytes &buffer);

private:
    std::vector<ManifestEntry> m_entries;
};

/// The top of the manifest: which sealing of each bucket counts, and how often the vault was saved. Its size is
/// bounded.
struct ManifestRoot {
    static constexpr std::size_t bucketCount = 256;

    quint64 counter = 0; ///< grows by one with each save
    QString vaultName;
    std::array<std::optional<SealTag>, bucketCount> buckets; ///< nothing: the bucket is empty and not stored
    quint64 activityCount = 0;                               ///< entries of the activity log
    ChainHash activityHead{};                                ///< of its last entry

    [[nodiscard]] QByteArray seal(const VaultKeys &keys, const QUuid &vaultId, RandomSource &random) const;
    [[nodiscard]] static std::optional<ManifestRoot> open(const VaultKeys &keys, const QUuid &vaultId,
                                                          QByteArrayView sealed);
    /// A root of format 1, which had no activity log.
    [[nodiscard]] static std::optional<ManifestRoot> openFormat1(const VaultKeys &keys, const QUuid &vaultId,
                                                                 QByteArrayView sealed);
};

} // namespace credenza
