// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <map>

namespace credenza
{

namespace
{

/// What the manifest will say after the changes.
using ChangedBuckets = std::map<quint8, ManifestBucket>;

ManifestBucket &bucketFor(ChangedBuckets &buckets, const VaultContents &contents, quint8 number)
{
    return buckets.try_emplace(number, contents.buckets[number]).first->second;
}

} // namespace

Result<QList<Credential>> Vault::saveAll(const std::vector<VaultChange> &changes)
{
    if (changes.empty())
        return QList<Credential>();
    auto transaction = TRY(d->beginSave());
    CredentialIndex staged = d->contents.credentials;
    ChangedBuckets buckets;
    QList<Credential> saved;
    for (const VaultChange &change : changes) {
        Credential credential = change.credential;
        // An id that comes along is kept, so that a later version of the same credential is known again.
        const bool isIdFree = !credential.id.isNull() && d->contents.entry(d->keys, credential.id) == nullptr &&
                              staged.byId(credential.id) == nullptr;
        if (change.kind == VaultChange::Kind::Add && !isIdFree)
            credential.id = d->freshId();
        TRY(d->requireIntactList(credential.id));
        ManifestBucket &bucket = bucketFor(buckets, d->contents, d->keys.bucketOf(credential.id));
        const ManifestEntry *entry = bucket.find(credential.id);
        const Credential *known = staged.byId(credential.id);
        if (change.kind != VaultChange::Kind::Add && (entry == nullptr || known == nullptr))
            return credentialNotFound(credential.name);
        if (change.kind == VaultChange::Kind::Remove) {
            TRY(d->tables.removeRecord(credential.id));
            bucket.remove(credential.id);
            staged.remove(credential.id);
            continue;
        }
        const Credential *named = staged.byName(credential.name);
        if (named != nullptr && named->id != credential.id)
            return vaultNameTaken(credential.name);
        if (known != nullptr && known->revision != credential.revision)
            return vaultChangedElsewhere(known->name);
        credential.revision = known == nullptr ? 1 : credential.revision + 1;
        credential.updatedAt = toDateTime(d->clock.now());
        credential.createdAt = known == nullptr ? credential.updatedAt : known->createdAt;
        const SecretBytes key = SecretBytes::copyOf(change.pkcs8);
        bucket.put(TRY(d->writeRecord(credential, entry, key.isEmpty() ? nullptr : &key)));
        staged.put(credential);
        saved.append(credential);
    }
    ManifestRoot root = *d->contents.root;
    ++root.counter;
    for (const auto &[number, bucket] : buckets) {
        const QByteArray sealed =
            bucket.entries().empty() ? QByteArray() : bucket.seal(d->keys, d->vaultId, number, d->random);
        root.buckets[number] = sealed.isEmpty() ? std::nullopt : std::optional(tagOf(sealed));
        TRY(d->tables.writeBucket(number, sealed));
    }
    const QByteArray sealedRoot = root.seal(d->keys, d->vaultId, d->random);
    TRY(d->tables.writeRoot(sealedRoot));
    TRY(transaction.commit());
    for (auto &[number, bucket] : buckets)
        d->contents.buckets[number] = std::move(bucket);
    d->contents.root = root;
    d->contents.rootTag = tagOf(sealedRoot);
    d->contents.credentials = std::move(staged);
    if (!d->isRolledBack)
        d->remember();
    return saved;
}

Result<void> Vault::exportPrivateKeys(const QList<QUuid> &ids, const KeyExport &purpose, const KeyVisitor &visit)
{
    Q_UNUSED(purpose)
    TRY(d->refresh());
    for (const QUuid &id : ids) {
        const ManifestEntry *entry = d->contents.entry(d->keys, id);
        const Credential *credential = d->contents.credentials.byId(id);
        if (entry == nullptr || credential == nullptr)
            return credentialNotFound(id.toString(QUuid::WithoutBraces));
        const SecretBytes pkcs8 = entry->keyRevision == 0 ? SecretBytes() : TRY(d->openKey(*entry));
        TRY(visit(*credential, pkcs8));
    }
    return {};
}

} // namespace credenza
