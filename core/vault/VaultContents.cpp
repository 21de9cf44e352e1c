// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultContents.h"

#include "core/vault/BatchWorker.h"
#include "core/vault/CredentialCard.h"
#include "core/vault/VaultErrors.h"

#include <QCoreApplication>
#include <QSet>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultContentsText {
    Q_DECLARE_TR_FUNCTIONS(VaultContentsText)
};

QString bucketName(qint64 number)
{
    return u"bucket %1"_s.arg(number);
}

QString subjectOf(const QByteArray &id)
{
    return id.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(id)).toString(QUuid::WithoutBraces)
                           : QString::fromLatin1(id.toHex());
}

/// Whether a row is the sealing of the record that counts; of one that is not opened yet, all that is known.
bool isVouchedFor(const ManifestEntry &entry, const RecordRow &row)
{
    return row.kind == entry.kind && row.revision == entry.revision && tagOf(row.card) == entry.card;
}

/// Lets a damaged table be reported beside all the others; any other failure (no access, busy) goes up.
Result<void> orDamage(Result<void> result, const QString &table, QList<VaultDamage> &damage)
{
    if (result)
        return {};
    if (result.error().kind != ErrorKind::Damaged)
        return Failure(std::move(result).error());
    damage.append({u"database.damaged"_s, table, result.error().message});
    return {};
}

} // namespace

struct VaultReader::Scan {
    /// Which ids came by. Those on the list are ticked off where they stand there.
    class Seen
    {
    public:
        [[nodiscard]] bool contains(const ManifestBucket &bucket, quint8 number, const ManifestEntry *listed,
                                    const QUuid &id) const
        {
            const auto &ticked = m_listed[number];
            return listed == nullptr ? m_others.contains(id) : !ticked.empty() && ticked[at(bucket, listed)];
        }
        void insert(const ManifestBucket &bucket, quint8 number, const ManifestEntry *listed, const QUuid &id)
        {
            auto &ticked = m_listed[number];
            ticked.resize(bucket.entries().size());
            if (listed == nullptr)
                m_others.insert(id);
            else
                ticked[at(bucket, listed)] = true;
        }

    private:
        static std::size_t at(const ManifestBucket &bucket, const ManifestEntry *listed)
        {
            return static_cast<std::size_t>(listed - bucket.entries().data());
        }

        std::array<std::vector<bool>, ManifestRoot::bucketCount> m_listed;
        QSet<QUuid> m_others;
    };

    VaultContents contents;
    Depth depth = Depth::Cards;
    Seen records;
    Seen keys;

    [[nodiscard]] qsizetype listed() const
    {
        qsizetype count = 0;
        for (const ManifestBucket &bucket : contents.buckets)
            count += static_cast<qsizetype>(bucket.entries().size());
        return count;
    }
    [[nodiscard]] bool isLarge() const { return listed() >= 2000; } // below that a thread costs what it saves
    void damaged(const QString &code, const QByteArray &id, const QString &message)
    {
        contents.damage.append({code, subjectOf(id), message});
    }
};

namespace
{

/// Calls `visit` with what `read` reads: in a vault large enough to make it worth while, on another thread, so that the
/// next rows are read while one is opened.
template <typename Row>
Result<void> eachInParallel(bool isWorthwhile,
                            const std::function<Result<void>(const std::function<void(const Row &)> &)> &read,
                            const std::function<void(const Row &)> &visit)
{
    if (!isWorthwhile)
        return read(visit);
    BatchWorker<Row> worker(visit);
    return read([&worker](const Row &row) { worker.hand(row); });
}

} // namespace

Result<VaultContents> VaultReader::read(Depth depth)
{
    Scan scan;
    scan.depth = depth;
    TRY(readManifest(scan.contents));
    if (depth == Depth::Cards)
        scan.contents.credentials.reserve(scan.listed());
    TRY(readRecords(scan));
    TRY(readKeys(scan));
    m_buffer = {};
    return std::move(scan.contents);
}

Result<void> VaultReader::readManifest(VaultContents &contents)
{
    QByteArray sealedRoot;
    if (auto stored = m_tables.root())
        sealedRoot = *std::move(stored);
    else
        TRY(orDamage(Failure(std::move(stored).error()), u"manifest_root"_s, contents.damage));
    contents.root = ManifestRoot::open(m_keys, m_vaultId, sealedRoot);
    contents.rootTag = tagOf(sealedRoot);
    if (!contents.root)
        contents.damage.append({u"manifest.damaged"_s, u"root"_s,
                                VaultContentsText::tr("The list of what belongs into the vault is damaged. Whether "
                                                      "records are missing or old can't be told.")});

    std::bitset<ManifestRoot::bucketCount> seen;
    const auto take = [&](qint64 number, const QByteArray &sealed) {
        const bool isOurs = number >= 0 && number < qint64{ManifestRoot::bucketCount};
        const auto at = static_cast<std::size_t>(number);
        if (!isOurs || (contents.root && !contents.root->buckets[at])) {
            contents.damage.append({u"manifest.unexpected"_s, bucketName(number),
                                    VaultContentsText::tr("A part of the vault's list does not belong to it.")});
            return;
        }
        seen.set(at);
        auto bucket = ManifestBucket::open(m_keys, m_vaultId, static_cast<quint8>(number), sealed, m_buffer);
        if (bucket && contents.root && *contents.root->buckets[at] != tagOf(sealed)) {
            contents.damage.append({u"manifest.rolled-back"_s, bucketName(number),
                                    VaultContentsText::tr("A part of the vault's list was put back from the past.")});
        } else if (!bucket) {
            contents.damage.append({u"manifest.damaged"_s, bucketName(number),
                                    VaultContentsText::tr("A part of the vault's list is damaged.")});
        } else {
            contents.buckets[at] = *std::move(bucket);
            contents.soundBuckets.set(at);
        }
    };
    TRY(orDamage(m_tables.eachBucket(take), u"manifest_bucket"_s, contents.damage));
    if (!contents.root)
        return {};
    for (std::size_t at = 0; at < ManifestRoot::bucketCount; ++at) {
        if (!contents.root->buckets[at])
            contents.soundBuckets.set(at);
        else if (!seen.test(at))
            contents.damage.append({u"manifest.damaged"_s, bucketName(static_cast<qint64>(at)),
                                    VaultContentsText::tr("A part of the vault's list is missing.")});
    }
    return {};
}

Result<void> VaultReader::readRecords(Scan &scan)
{
    const auto columns =
        scan.depth == Depth::Everything ? VaultTables::CardColumns::All : VaultTables::CardColumns::Tags;
    TRY(orDamage(eachInParallel<RecordRow>(
                     scan.isLarge(), [&](const auto &visit) { return m_tables.eachRecord(columns, visit); },
                     [&](const RecordRow &row) { takeRecord(scan, row); }),
                 u"record"_s, scan.contents.damage));
    for (std::size_t number = 0; number < ManifestRoot::bucketCount; ++number) {
        const ManifestBucket &bucket = scan.contents.buckets[number];
        for (const ManifestEntry &entry : bucket.entries()) {
            const auto isSeen = [&] {
                return scan.records.contains(bucket, static_cast<quint8>(number), &entry, entry.id);
            };
            if (isSeen())
                continue;
            // The scan may have broken off at a damaged page; the index may still lead to the row.
            if (const auto row = m_tables.record(entry.id); row && *row)
                takeRecord(scan, **row);
            if (!isSeen())
                scan.damaged(u"record.missing"_s, entry.id.toRfc4122(),
                             VaultContentsText::tr("A saved credential is missing from the vault."));
        }
    }
    return {};
}

void VaultReader::takeRecord(Scan &scan, const RecordRow &row)
{
    const QUuid id = row.id.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(row.id)) : QUuid();
    const quint8 number = m_keys.bucketOf(id);
    const bool hasList = scan.contents.soundBuckets.test(number);
    const ManifestBucket &bucket = scan.contents.buckets[number];
    const ManifestEntry *listed = bucket.find(id);
    if (scan.records.contains(bucket, number, listed, id)) {
        scan.damaged(u"record.duplicate"_s, row.id, VaultContentsText::tr("A credential is stored twice."));
        return;
    }
    if (row.id.size() != 16 || (hasList && listed == nullptr)) {
        scan.damaged(u"record.unexpected"_s, row.id,
                     VaultContentsText::tr("A record was put into the vault that does not belong to it."));
        return;
    }
    scan.records.insert(bucket, number, listed, id);
    // Without the list the row's own word is taken for its revision; it still opens only if it was sealed as that.
    const ManifestEntry entry = listed ? *listed : ManifestEntry{id, row.kind, row.revision, 0, tagOf(row.card), {}};
    if (row.kind == entry.kind && row.revision < entry.revision) {
        scan.damaged(u"record.rolled-back"_s, row.id,
                     VaultContentsText::tr("A credential was put back to what it was in the past."));
        return;
    }
    const bool isKnown = isOpenedOnUnlock(entry.kind);
    const bool isGood = scan.depth == Depth::Cards && !isKnown ? isVouchedFor(entry, row)
                        : scan.depth == Depth::Cards           ? take(scan.contents, entry, row)
                                                               : isSound(entry, row);
    if (!isGood)
        scan.damaged(u"record.tampered"_s, row.id, VaultContentsText::tr("A credential is damaged or was changed."));
}

std::optional<std::span<const std::byte>> VaultReader::openCard(const ManifestEntry &entry, const RecordRow &row)
{
    if (!isVouchedFor(entry, row))
        return std::nullopt;
    return openPart(m_keys, {m_vaultId, entry.id, entry.kind, RecordPart::Card, entry.revision}, row.card, m_buffer);
}

bool VaultReader::isSound(const ManifestEntry &entry, const RecordRow &row)
{
    const auto card = openCard(entry, row);
    if (!card)
        return false;
    Filing filing;
    switch (static_cast<RecordKind>(entry.kind)) {
    case RecordKind::Credential:
        return nameInCard(*card).has_value();
    case RecordKind::Trashed:
    case RecordKind::Version:
        return decodeFiledCard(*card, m_shared, filing).has_value();
    default:
        return true; // authentic; what it means is for those who ask for it, or for a newer version
    }
}

bool VaultReader::take(VaultContents &contents, const ManifestEntry &entry, const RecordRow &row)
{
    const auto card = openCard(entry, row);
    if (!card)
        return false;
    if (entry.kind == static_cast<quint32>(RecordKind::Credential))
        return contents.credentials.put(entry.id, static_cast<int>(entry.revision), *card);
    Filing filing;
    auto trashed = decodeFiledCard(*card, m_shared, filing);
    if (!trashed)
        return false;
    trashed->id = entry.id;
    trashed->revision = static_cast<int>(entry.revision);
    contents.trash.insert(entry.id, {*std::move(trashed), filing.at, filing.by});
    return true;
}

Result<void> VaultReader::readKeys(Scan &scan)
{
    const auto columns =
        scan.depth == Depth::Everything ? VaultTables::KeyColumns::All : VaultTables::KeyColumns::WithoutSealed;
    TRY(orDamage(eachInParallel<KeyRow>(
                     scan.isLarge(), [&](const auto &visit) { return m_tables.eachKey(columns, visit); },
                     [&](const KeyRow &row) { takeKey(scan, row); }),
                 u"record_key"_s, scan.contents.damage));
    for (std::size_t number = 0; number < ManifestRoot::bucketCount; ++number) {
        const ManifestBucket &bucket = scan.contents.buckets[number];
        for (const ManifestEntry &entry : bucket.entries())
            if (entry.keyRevision > 0 && !scan.keys.contains(bucket, static_cast<quint8>(number), &entry, entry.id))
                scan.damaged(u"key.missing"_s, entry.id.toRfc4122(),
                             VaultContentsText::tr("The private key of a credential is missing from the vault."));
    }
    return {};
}

void VaultReader::takeKey(Scan &scan, const KeyRow &row)
{
    const QUuid id = row.id.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(row.id)) : QUuid();
    const quint8 number = m_keys.bucketOf(id);
    const ManifestBucket &bucket = scan.contents.buckets[number];
    const ManifestEntry *entry = bucket.find(id);
    if (!scan.contents.soundBuckets.test(number) && row.id.size() == 16)
        return; // nothing to compare with; that was reported
    if (entry == nullptr || entry->keyRevision == 0 || scan.keys.contains(bucket, number, entry, id)) {
        scan.damaged(u"key.unexpected"_s, row.id,
                     VaultContentsText::tr("A private key was put into the vault that does not belong to it."));
        return;
    }
    scan.keys.insert(bucket, number, entry, id);
    if (row.revision != entry->keyRevision) {
        scan.damaged(row.revision < entry->keyRevision ? u"key.rolled-back"_s : u"key.tampered"_s, row.id,
                     VaultContentsText::tr("The private key of a credential is not the one that was saved last."));
        return;
    }
    if (scan.depth != Depth::Everything)
        return;
    const PartAddress address{m_vaultId, id, entry->kind, RecordPart::PrivateKey, row.revision};
    if (tagOf(row.sealed) != entry->privateKey || !openPart(m_keys, address, row.sealed, m_buffer))
        scan.damaged(u"key.tampered"_s, row.id,
                     VaultContentsText::tr("The private key of a credential is damaged or was changed."));
}

Result<bool> VaultReader::update(VaultContents &contents)
{
    const auto sealedRoot = TRY(m_tables.root());
    if (tagOf(sealedRoot) == contents.rootTag)
        return false;
    const auto root = ManifestRoot::open(m_keys, m_vaultId, sealedRoot);
    bool isClean = root && contents.root && root->counter > contents.root->counter;
    for (std::size_t at = 0; isClean && at < ManifestRoot::bucketCount; ++at)
        if (root->buckets[at] != contents.root->buckets[at])
            isClean = TRY(updateBucket(contents, static_cast<quint8>(at), *root));
    if (isClean) {
        contents.root = root;
        contents.rootTag = tagOf(sealedRoot);
        return true;
    }
    // Something does not fit: look at everything, so that it is named.
    const bool wentBack = root && contents.root && root->counter <= contents.root->counter;
    contents = TRY(read(Depth::Cards));
    if (wentBack)
        contents.damage.append({u"vault.rolled-back"_s, u"vault"_s,
                                VaultContentsText::tr("The vault was put back to an older state while it was open.")});
    return true;
}

Result<bool> VaultReader::updateBucket(VaultContents &contents, quint8 number, const ManifestRoot &root)
{
    ManifestBucket fresh;
    if (root.buckets[number]) {
        const auto sealed = TRY(m_tables.bucket(number));
        auto opened = ManifestBucket::open(m_keys, m_vaultId, number, sealed, m_buffer);
        if (!opened || tagOf(sealed) != *root.buckets[number] || !contents.soundBuckets.test(number))
            return false;
        fresh = *std::move(opened);
    }
    const auto forget = [&contents](const QUuid &id) {
        contents.credentials.remove(id);
        contents.trash.remove(id);
    };
    for (const ManifestEntry &old : contents.buckets[number].entries())
        if (fresh.find(old.id) == nullptr)
            forget(old.id);
    for (const ManifestEntry &entry : fresh.entries()) {
        const ManifestEntry *old = contents.buckets[number].find(entry.id);
        if (!isOpenedOnUnlock(entry.kind) || (old != nullptr && old->card == entry.card))
            continue;
        const auto row = TRY(m_tables.record(entry.id));
        if (old != nullptr && old->kind != entry.kind)
            forget(entry.id);
        if (!row || !take(contents, entry, *row))
            return false;
    }
    contents.buckets[number] = std::move(fresh);
    return true;
}

} // namespace credenza
