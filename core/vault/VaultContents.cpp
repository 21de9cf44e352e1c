// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultContents.h"

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
    VaultContents contents;
    Depth depth = Depth::Cards;
    QSet<QUuid> records; // seen so far
    QSet<QUuid> keys;

    void damaged(const QString &code, const QByteArray &id, const QString &message)
    {
        contents.damage.append({code, subjectOf(id), message});
    }
};

Result<VaultContents> VaultReader::read(Depth depth)
{
    Scan scan;
    scan.depth = depth;
    TRY(readManifest(scan.contents));
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
    TRY(orDamage(m_tables.eachRecord(columns, [&](const RecordRow &row) { takeRecord(scan, row); }), u"record"_s,
                 scan.contents.damage));
    for (const ManifestBucket &bucket : scan.contents.buckets) {
        for (const ManifestEntry &entry : bucket.entries()) {
            if (scan.records.contains(entry.id))
                continue;
            // The scan may have broken off at a damaged page; the index may still lead to the row.
            if (const auto row = m_tables.record(entry.id); row && *row)
                takeRecord(scan, **row);
            if (!scan.records.contains(entry.id))
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
    const ManifestEntry *listed = scan.contents.buckets[number].find(id);
    if (scan.records.contains(id)) {
        scan.damaged(u"record.duplicate"_s, row.id, VaultContentsText::tr("A credential is stored twice."));
        return;
    }
    if (row.id.size() != 16 || (hasList && listed == nullptr)) {
        scan.damaged(u"record.unexpected"_s, row.id,
                     VaultContentsText::tr("A record was put into the vault that does not belong to it."));
        return;
    }
    scan.records.insert(id);
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
                                                               : openCard(entry, row).has_value();
    if (!isGood)
        scan.damaged(u"record.tampered"_s, row.id, VaultContentsText::tr("A credential is damaged or was changed."));
}

std::optional<VaultReader::Card> VaultReader::openCard(const ManifestEntry &entry, const RecordRow &row)
{
    if (!isVouchedFor(entry, row))
        return std::nullopt;
    const auto card =
        openPart(m_keys, {m_vaultId, entry.id, entry.kind, RecordPart::Card, entry.revision}, row.card, m_buffer);
    if (!card)
        return std::nullopt;
    Card opened;
    std::optional<Credential> credential;
    switch (static_cast<RecordKind>(entry.kind)) {
    case RecordKind::Credential:
        credential = decodeCard(*card, m_shared);
        break;
    case RecordKind::Trashed:
    case RecordKind::Version:
        credential = decodeFiledCard(*card, m_shared, opened.filing);
        break;
    default:
        return opened; // authentic; what it means is for those who ask for it, or for a newer version
    }
    if (!credential)
        return std::nullopt;
    opened.credential = *std::move(credential);
    opened.credential.id = entry.id;
    opened.credential.revision = static_cast<int>(entry.revision);
    return opened;
}

bool VaultReader::take(VaultContents &contents, const ManifestEntry &entry, const RecordRow &row)
{
    auto card = openCard(entry, row);
    if (!card)
        return false;
    if (entry.kind == static_cast<quint32>(RecordKind::Credential))
        contents.credentials.put(std::move(card->credential));
    else if (entry.kind == static_cast<quint32>(RecordKind::Trashed))
        contents.trash.insert(entry.id, {std::move(card->credential), card->filing.at, card->filing.by});
    return true;
}

Result<void> VaultReader::readKeys(Scan &scan)
{
    const auto columns =
        scan.depth == Depth::Everything ? VaultTables::KeyColumns::All : VaultTables::KeyColumns::WithoutSealed;
    TRY(orDamage(m_tables.eachKey(columns, [&](const KeyRow &row) { takeKey(scan, row); }), u"record_key"_s,
                 scan.contents.damage));
    for (const ManifestBucket &bucket : scan.contents.buckets)
        for (const ManifestEntry &entry : bucket.entries())
            if (entry.keyRevision > 0 && !scan.keys.contains(entry.id))
                scan.damaged(u"key.missing"_s, entry.id.toRfc4122(),
                             VaultContentsText::tr("The private key of a credential is missing from the vault."));
    return {};
}

void VaultReader::takeKey(Scan &scan, const KeyRow &row)
{
    const QUuid id = row.id.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(row.id)) : QUuid();
    const quint8 number = m_keys.bucketOf(id);
    const ManifestEntry *entry = scan.contents.buckets[number].find(id);
    if (!scan.contents.soundBuckets.test(number) && row.id.size() == 16)
        return; // nothing to compare with; that was reported
    if (entry == nullptr || entry->keyRevision == 0 || scan.keys.contains(id)) {
        scan.damaged(u"key.unexpected"_s, row.id,
                     VaultContentsText::tr("A private key was put into the vault that does not belong to it."));
        return;
    }
    scan.keys.insert(id);
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
