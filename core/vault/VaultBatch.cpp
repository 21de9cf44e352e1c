// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

namespace credenza
{

using namespace Qt::StringLiterals;

Result<QList<Credential>> Vault::saveAll(const std::vector<VaultChange> &changes)
{
    if (changes.empty())
        return QList<Credential>();
    auto save = TRY(d->beginSave());
    CredentialIndex staged = d->contents.credentials;
    QHash<QUuid, TrashedCredential> trash = d->contents.trash;
    QList<Credential> saved;
    for (const VaultChange &change : changes) {
        Credential credential = change.credential;
        // An id that comes along is kept, so that a later version of the same credential is known again.
        const bool isIdFree = !credential.id.isNull() && d->entry(save, credential.id) == nullptr;
        if (change.kind == VaultChange::Kind::Add && !isIdFree)
            credential.id = d->freshId();
        const auto known = staged.byId(credential.id);
        if (change.kind != VaultChange::Kind::Add && !known)
            return credentialNotFound(credential.name);
        if (change.kind == VaultChange::Kind::Remove) {
            const auto trashed = TRY(d->trashRecord(save, *known));
            staged.remove(credential.id);
            trash.insert(trashed.credential.id, trashed);
            continue;
        }
        if (staged.idOf(credential.name).value_or(credential.id) != credential.id)
            return vaultNameTaken(credential.name);
        if (known && known->revision != credential.revision)
            return vaultChangedElsewhere(known->name);
        const SecretBytes key = SecretBytes::copyOf(change.pkcs8);
        const ManifestEntry *entry = d->entry(save, credential.id);
        std::optional<SecretBytes> replacedKey;
        if (entry != nullptr && entry->keyRevision > 0 && !key.isEmpty())
            if (auto opened = d->openKey(*entry))
                replacedKey = *std::move(opened);
        ManifestEntry written =
            entry != nullptr ? *entry
                             : ManifestEntry{credential.id, static_cast<quint32>(RecordKind::Credential), 0, 0, {}, {}};
        credential.revision = !known ? 1 : credential.revision + 1;
        credential.updatedAt = toDateTime(d->clock.now());
        credential.createdAt = !known ? credential.updatedAt : known->createdAt;
        written.revision = static_cast<quint32>(credential.revision);
        if (known)
            TRY(d->fileVersion(save, *known, replacedKey ? &*replacedKey : nullptr));
        TRY(d->writeRecord(save, written, {encodeCard(credential), key.isEmpty() ? nullptr : &key}));
        TRY(d->log(save, !known ? u"credential.created"_s : u"credential.changed"_s, credential.id, credential.name,
                   change.logDetail));
        staged.put(credential);
        saved.append(credential);
    }
    TRY(d->finishSave(std::move(save)));
    d->contents.credentials = std::move(staged);
    d->contents.trash = std::move(trash);
    return saved;
}

Result<void> Vault::logExport(const QList<QUuid> &ids, const KeyExport &purpose)
{
    auto save = TRY(d->beginSave());
    for (const QUuid &id : ids) {
        const auto credential = d->contents.credentials.byId(id);
        if (!credential)
            return credentialNotFound(id.toString(QUuid::WithoutBraces));
        TRY(d->log(save, purpose.action, id, credential->name, purpose.detail));
    }
    return d->finishSave(std::move(save));
}

Result<void> Vault::exportPrivateKeys(const QList<QUuid> &ids, const KeyExport &purpose, const KeyVisitor &visit)
{
    // Logged before a key leaves: what can't be logged does not leave.
    TRY(logExport(ids, purpose));
    for (const QUuid &id : ids) {
        const ManifestEntry *entry = d->contents.entry(d->keys, id);
        const auto credential = d->contents.credentials.byId(id);
        if (entry == nullptr || !credential)
            return credentialNotFound(id.toString(QUuid::WithoutBraces));
        const SecretBytes pkcs8 = entry->keyRevision == 0 ? SecretBytes() : TRY(d->openKey(*entry));
        TRY(visit(*credential, pkcs8));
    }
    return {};
}

} // namespace credenza
