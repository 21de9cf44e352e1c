// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialCard.h"
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

constexpr auto credentialKind = static_cast<quint32>(RecordKind::Credential);

QString shortId(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}

/// The content alone, without what every save changes.
QByteArray contentOf(Credential credential, const Credential &saved)
{
    credential.createdAt = saved.createdAt;
    credential.updatedAt = saved.updatedAt;
    return encodeCard(credential);
}

} // namespace

Result<VaultTransaction> Vault::Private::beginSave()
{
    if (!database.isInPlace())
        return vaultNotFound(database.path());
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    TRY(VaultReader(tables, keys, vaultId).update(contents));
    return transaction;
}

Result<void> Vault::Private::requireIntactList(const QUuid &id) const
{
    if (contents.root && contents.soundBuckets.test(keys.bucketOf(id)))
        return {};
    return vaultDamaged(
        VaultSavingText::tr("Nothing can be saved here: the list of what belongs into the vault is damaged."));
}

Result<ManifestEntry> Vault::Private::writeRecord(const Credential &credential, const ManifestEntry *saved,
                                                  const SecretBytes *pkcs8)
{
    ManifestEntry entry = saved ? *saved : ManifestEntry{credential.id, credentialKind, 0, 0, {}, {}};
    entry.revision = static_cast<quint32>(credential.revision);
    PartAddress address{vaultId, entry.id, entry.kind, RecordPart::Card, entry.revision};
    QByteArray card = encodeCard(credential);
    const QByteArray sealedCard = sealPart(keys, address, std::as_bytes(std::span(card)), random);
    wipe(card);
    entry.card = tagOf(sealedCard);
    if (saved)
        TRY(tables.updateRecord(entry.id, entry.revision, sealedCard));
    else
        TRY(tables.insertRecord(entry.id, entry.kind, entry.revision, sealedCard));
    if (pkcs8 != nullptr) {
        address.part = RecordPart::PrivateKey;
        const QByteArray sealedKey = sealPart(keys, address, pkcs8->view(), random);
        entry.keyRevision = entry.revision;
        entry.privateKey = tagOf(sealedKey);
        TRY(tables.writeKey(entry.id, entry.keyRevision, sealedKey));
    }
    return entry;
}

Result<void> Vault::Private::finishSave(VaultTransaction transaction, const QUuid &id,
                                        const std::optional<ManifestEntry> &entry)
{
    const quint8 number = keys.bucketOf(id);
    ManifestBucket bucket = contents.buckets[number];
    if (entry)
        bucket.put(*entry);
    else
        bucket.remove(id);
    const QByteArray sealedBucket =
        bucket.entries().empty() ? QByteArray() : bucket.seal(keys, vaultId, number, random);
    ManifestRoot root = *contents.root;
    ++root.counter;
    root.buckets[number] = sealedBucket.isEmpty() ? std::nullopt : std::optional(tagOf(sealedBucket));
    const QByteArray sealedRoot = root.seal(keys, vaultId, random);
    TRY(tables.writeBucket(number, sealedBucket));
    TRY(tables.writeRoot(sealedRoot));
    TRY(transaction.commit());
    contents.buckets[number] = std::move(bucket);
    contents.root = root;
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

Result<Credential> Vault::add(Credential credential, const SecretBytes &pkcs8)
{
    auto transaction = TRY(d->beginSave());
    if (d->contents.credentials.byName(credential.name) != nullptr)
        return vaultNameTaken(credential.name);
    credential.id = d->freshId();
    credential.revision = 1;
    credential.createdAt = toDateTime(d->clock.now());
    credential.updatedAt = credential.createdAt;
    TRY(d->requireIntactList(credential.id));
    const auto entry = TRY(d->writeRecord(credential, nullptr, pkcs8.isEmpty() ? nullptr : &pkcs8));
    TRY(d->finishSave(std::move(transaction), credential.id, entry));
    d->contents.credentials.put(credential);
    return credential;
}

Result<Credential> Vault::update(Credential credential, const SecretBytes *pkcs8)
{
    auto transaction = TRY(d->beginSave());
    const ManifestEntry *entry = d->contents.entry(d->keys, credential.id);
    const Credential *known = d->contents.credentials.byId(credential.id);
    if (entry == nullptr || known == nullptr)
        return credentialNotFound(credential.name);
    const Credential saved = *known;
    if (saved.revision != credential.revision)
        return vaultChangedElsewhere(saved.name);
    const Credential *named = d->contents.credentials.byName(credential.name);
    if (named != nullptr && named->id != credential.id)
        return vaultNameTaken(credential.name);
    TRY(d->requireIntactList(credential.id));

    const SecretBytes *newKey = pkcs8;
    if (newKey != nullptr && entry->keyRevision > 0) {
        const auto savedKey = d->openKey(*entry);
        if (savedKey && savedKey->equalsConstantTime(*newKey))
            newKey = nullptr;
    }
    Credential changed = credential;
    changed.createdAt = saved.createdAt;
    changed.updatedAt = toDateTime(d->clock.now());
    if (newKey == nullptr) {
        if (contentOf(credential, saved) == encodeCard(saved))
            return saved;
        Credential tested = saved;
        tested.lastTest = credential.lastTest;
        if (contentOf(credential, saved) == encodeCard(tested))
            changed.updatedAt = saved.updatedAt; // a test is not an edit
    }
    ++changed.revision;
    const auto written = TRY(d->writeRecord(changed, entry, newKey));
    TRY(d->finishSave(std::move(transaction), changed.id, written));
    d->contents.credentials.put(changed);
    return changed;
}

Result<void> Vault::remove(const QUuid &id)
{
    auto transaction = TRY(d->beginSave());
    if (d->contents.entry(d->keys, id) == nullptr)
        return credentialNotFound(shortId(id));
    TRY(d->requireIntactList(id));
    TRY(d->tables.removeRecord(id));
    TRY(d->finishSave(std::move(transaction), id, std::nullopt));
    d->contents.credentials.remove(id);
    return {};
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

Result<PrivateKey> Vault::privateKey(const QUuid &id) const
{
    TRY(d->refresh()); // another process may have replaced the key since
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    if (entry == nullptr || d->contents.credentials.byId(id) == nullptr)
        return credentialNotFound(shortId(id));
    const auto pkcs8 = TRY(d->openKey(*entry));
    return PrivateKey::fromPkcs8(pkcs8);
}

} // namespace credenza
