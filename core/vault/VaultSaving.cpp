// SPDX-License-Identifier: Apache-2.0
#include "core/vault/ActivityLog.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct VaultSavingText {
    Q_DECLARE_TR_FUNCTIONS(VaultSavingText)
};

/// The bucket of `save` that `id` belongs to, taken over from `contents` when it is first changed.
ManifestBucket &changedBucket(VaultSave &save, const VaultContents &contents, quint8 number)
{
    return save.buckets.try_emplace(number, contents.buckets[number]).first->second;
}

} // namespace

Result<VaultSave> Vault::Private::beginSave()
{
    if (!database.isInPlace())
        return vaultNotFound(database.path());
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    TRY(VaultReader(tables, keys, vaultId).update(contents));
    return VaultSave{std::move(transaction), contents.root.value_or(ManifestRoot()), {}};
}

const ManifestEntry *Vault::Private::entry(const VaultSave &save, const QUuid &id) const
{
    const auto changed = save.buckets.find(keys.bucketOf(id));
    return changed == save.buckets.end() ? contents.entry(keys, id) : changed->second.find(id);
}

bool Vault::Private::hasIntactList(const QUuid &id) const
{
    return contents.root && contents.soundBuckets.test(keys.bucketOf(id));
}

Result<void> Vault::Private::requireIntactList(const QUuid &id) const
{
    if (hasIntactList(id))
        return {};
    return vaultDamaged(
        VaultSavingText::tr("Nothing can be saved here: the list of what belongs into the vault is damaged."));
}

Result<void> Vault::Private::writeRecord(VaultSave &save, ManifestEntry written, const RecordContent &content)
{
    TRY(requireIntactList(written.id));
    const ManifestEntry *saved = entry(save, written.id);
    PartAddress address{vaultId, written.id, written.kind, RecordPart::Card, written.revision};
    const QByteArray sealedCard = sealPart(keys, address, std::as_bytes(std::span(content.card)), random);
    written.card = tagOf(sealedCard);
    if (saved)
        TRY(tables.updateRecord(written.id, written.kind, written.revision, sealedCard));
    else
        TRY(tables.insertRecord(written.id, written.kind, written.revision, sealedCard));
    if (content.key != nullptr) {
        address.part = RecordPart::PrivateKey;
        const QByteArray sealedKey = sealPart(keys, address, content.key->view(), random);
        written.keyRevision = written.revision;
        written.privateKey = tagOf(sealedKey);
        TRY(tables.writeKey(written.id, written.keyRevision, sealedKey));
    }
    changedBucket(save, contents, keys.bucketOf(written.id)).put(written);
    return {};
}

Result<void> Vault::Private::dropRecord(VaultSave &save, const QUuid &id)
{
    TRY(requireIntactList(id));
    TRY(tables.removeRecord(id));
    changedBucket(save, contents, keys.bucketOf(id)).remove(id);
    return {};
}

Result<void> Vault::Private::log(VaultSave &save, const QString &action, const QUuid &id, const QString &name,
                                 const QString &detail)
{
    return appendActivity(save, {.sequence = 0,
                                 .at = toDateTime(clock.now()),
                                 .actor = actor,
                                 .program = program,
                                 .action = action,
                                 .credentialId = id,
                                 .credentialName = name,
                                 .detail = detail,
                                 .hash = {}});
}

Result<void> Vault::Private::appendActivity(VaultSave &save, ActivityEntry entry)
{
    entry.sequence = save.root.activityCount + 1;
    const QByteArray sealed = sealActivity(keys, vaultId, entry, save.root.activityHead, random);
    TRY(tables.appendActivity(entry.sequence, sealed));
    save.root.activityCount = entry.sequence;
    save.root.activityHead = chainHashOf(entry);
    return {};
}

Result<void> Vault::Private::finishSave(VaultSave save)
{
    if (!contents.root)
        return vaultDamaged(
            VaultSavingText::tr("Nothing can be saved here: the list of what belongs into the vault is damaged."));
    ++save.root.counter;
    for (const auto &[number, bucket] : save.buckets) {
        const QByteArray sealed = bucket.entries().empty() ? QByteArray() : bucket.seal(keys, vaultId, number, random);
        save.root.buckets[number] = sealed.isEmpty() ? std::nullopt : std::optional(tagOf(sealed));
        TRY(tables.writeBucket(number, sealed));
    }
    const QByteArray sealedRoot = save.root.seal(keys, vaultId, random);
    TRY(tables.writeRoot(sealedRoot));
    TRY(save.transaction.commit());
    for (auto &[number, bucket] : save.buckets)
        contents.buckets[number] = std::move(bucket);
    contents.root = save.root;
    contents.rootTag = tagOf(sealedRoot);
    if (!isRolledBack)
        remember();
    return {};
}

QUuid Vault::Private::freshId() const
{
    // In a damaged vault, some ids belong to parts of the manifest that must not be written; most don't.
    QUuid id = randomUuid(random);
    for (int attempt = 0; attempt < 32 && !contents.soundBuckets.test(keys.bucketOf(id)); ++attempt)
        id = randomUuid(random);
    return id;
}

Result<SecretBytes> Vault::Private::openKey(const ManifestEntry &entry)
{
    const auto row = TRY(tables.key(entry.id, entry.keyRevision));
    SecretBytes buffer;
    const PartAddress address{vaultId, entry.id, entry.kind, RecordPart::PrivateKey, entry.keyRevision};
    const auto opened =
        row && tagOf(row->sealed) == entry.privateKey ? openPart(keys, address, row->sealed, buffer) : std::nullopt;
    if (!opened)
        return vaultDamaged(VaultSavingText::tr("The private key of this credential is damaged or missing."));
    buffer.truncate(opened->size());
    return buffer;
}

} // namespace credenza
