// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Manifest.h"

#include "core/vault/BinaryForm.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace credenza
{

namespace
{

constexpr std::size_t entrySize = 16 + 4 + 4 + 4 + 16 + 16;

// QUuid's own order is by fields and variant; the format's is by the 16 bytes as stored.
bool isBefore(const QUuid &left, const QUuid &right)
{
    const auto start = [](const QUuid &id) { return std::tie(id.data1, id.data2, id.data3); };
    if (start(left) != start(right))
        return start(left) < start(right);
    return std::memcmp(left.data4, right.data4, sizeof left.data4) < 0;
}

auto position(auto &entries, const QUuid &id)
{
    return std::lower_bound(entries.begin(), entries.end(), id,
                            [](const ManifestEntry &entry, const QUuid &wanted) { return isBefore(entry.id, wanted); });
}

QByteArray bucketData(const QUuid &vaultId, quint8 number)
{
    BinaryWriter writer;
    writer.raw(QByteArrayView("credenza.manifest-bucket.1")).id(vaultId).integer(number);
    return writer.bytes();
}

QByteArray rootData(const QUuid &vaultId, int format)
{
    BinaryWriter writer;
    writer.raw(format == 1 ? QByteArrayView("credenza.manifest-root.1") : QByteArrayView("credenza.manifest-root.2"))
        .id(vaultId);
    return writer.bytes();
}

SealTag readTag(BinaryReader &reader)
{
    SealTag tag{};
    std::ranges::copy(reader.raw(tag.size()), tag.begin());
    return tag;
}

std::optional<ManifestRoot> readRoot(const VaultKeys &keys, const QUuid &vaultId, QByteArrayView sealed, int format)
{
    SecretBytes buffer;
    const auto opened = openBox(keys.manifestKey(), rootData(vaultId, format), sealed, buffer);
    if (!opened)
        return std::nullopt;
    BinaryReader reader(*opened);
    ManifestRoot root;
    root.counter = reader.integer<quint64>();
    root.vaultName = QString::fromUtf8(reader.sized());
    if (format > 1) {
        root.activityCount = reader.integer<quint64>();
        std::ranges::copy(reader.raw(root.activityHead.size()), root.activityHead.begin());
    }
    const auto used = reader.integer<quint16>();
    int last = -1;
    for (int i = 0; i < used && reader.isSound(); ++i) {
        const auto number = reader.integer<quint8>();
        if (number <= last)
            return std::nullopt;
        last = number;
        root.buckets[number] = readTag(reader);
    }
    if (!reader.isExhausted())
        return std::nullopt;
    return root;
}

} // namespace

const ManifestEntry *ManifestBucket::find(const QUuid &id) const
{
    const auto at = position(m_entries, id);
    return at != m_entries.end() && at->id == id ? &*at : nullptr;
}

void ManifestBucket::put(const ManifestEntry &entry)
{
    const auto at = position(m_entries, entry.id);
    if (at != m_entries.end() && at->id == entry.id)
        *at = entry;
    else
        m_entries.insert(at, entry);
}

void ManifestBucket::remove(const QUuid &id)
{
    const auto at = position(m_entries, id);
    if (at != m_entries.end() && at->id == id)
        m_entries.erase(at);
}

QByteArray ManifestBucket::seal(const VaultKeys &keys, const QUuid &vaultId, quint8 number, RandomSource &random) const
{
    BinaryWriter writer;
    writer.reserve(static_cast<qsizetype>(m_entries.size() * entrySize));
    for (const ManifestEntry &entry : m_entries)
        writer.id(entry.id)
            .integer(entry.kind)
            .integer(entry.revision)
            .integer(entry.keyRevision)
            .raw(entry.card)
            .raw(entry.privateKey);
    return sealBox(keys.manifestKey(), bucketData(vaultId, number), asBytes(writer.bytes()), random);
}

std::optional<ManifestBucket> ManifestBucket::open(const VaultKeys &keys, const QUuid &vaultId, quint8 number,
                                                   QByteArrayView sealed, SecretBytes &buffer)
{
    const auto opened = openBox(keys.manifestKey(), bucketData(vaultId, number), sealed, buffer);
    if (!opened || opened->empty() || opened->size() % entrySize != 0)
        return std::nullopt;
    ManifestBucket bucket;
    bucket.m_entries.reserve(opened->size() / entrySize);
    BinaryReader reader(*opened);
    while (!reader.isExhausted()) {
        ManifestEntry entry;
        entry.id = reader.id();
        entry.kind = reader.integer<quint32>();
        entry.revision = reader.integer<quint32>();
        entry.keyRevision = reader.integer<quint32>();
        entry.card = readTag(reader);
        entry.privateKey = readTag(reader);
        const bool inOrder = bucket.m_entries.empty() || isBefore(bucket.m_entries.back().id, entry.id);
        if (!inOrder || entry.revision == 0 || entry.keyRevision > entry.revision || keys.bucketOf(entry.id) != number)
            return std::nullopt;
        bucket.m_entries.push_back(entry);
    }
    return bucket;
}

QByteArray ManifestRoot::seal(const VaultKeys &keys, const QUuid &vaultId, RandomSource &random) const
{
    const auto used = std::ranges::count_if(buckets, [](const auto &tag) { return tag.has_value(); });
    BinaryWriter writer;
    writer.integer(counter)
        .sized(vaultName.toUtf8())
        .integer(activityCount)
        .raw(activityHead)
        .integer(static_cast<quint16>(used));
    for (std::size_t number = 0; number < buckets.size(); ++number)
        if (buckets[number])
            writer.integer(static_cast<quint8>(number)).raw(*buckets[number]);
    return sealBox(keys.manifestKey(), rootData(vaultId, 2), asBytes(writer.bytes()), random);
}

std::optional<ManifestRoot> ManifestRoot::open(const VaultKeys &keys, const QUuid &vaultId, QByteArrayView sealed)
{
    return readRoot(keys, vaultId, sealed, 2);
}

std::optional<ManifestRoot> ManifestRoot::openFormat1(const VaultKeys &keys, const QUuid &vaultId,
                                                      QByteArrayView sealed)
{
    return readRoot(keys, vaultId, sealed, 1);
}

} // namespace credenza
