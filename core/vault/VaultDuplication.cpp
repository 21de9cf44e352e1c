// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

namespace credenza
{

Result<Credential> Vault::duplicate(const QUuid &id, const QString &name)
{
    TRY(d->refresh());
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    const Credential *source = d->contents.credentials.byId(id);
    if (entry == nullptr || source == nullptr)
        return credentialNotFound(id.toString(QUuid::WithoutBraces));
    Credential copy = *source;
    copy.name = name;
    copy.lastTest.reset(); // the copy was never tested
    if (entry->keyRevision == 0)
        return add(std::move(copy), {});
    const auto pkcs8 = TRY(d->openKey(*entry));
    return add(std::move(copy), pkcs8);
}

Result<Credential> Vault::addWithKeyOf(Credential credential, const QUuid &owner)
{
    TRY(d->refresh());
    const ManifestEntry *entry = d->contents.entry(d->keys, owner);
    if (entry == nullptr || entry->keyRevision == 0)
        return credentialNotFound(owner.toString(QUuid::WithoutBraces));
    const auto pkcs8 = TRY(d->openKey(*entry));
    return add(std::move(credential), pkcs8);
}

Result<Credential> Vault::updateWithKeyOf(Credential credential, const QUuid &owner)
{
    TRY(d->refresh());
    const ManifestEntry *entry = d->contents.entry(d->keys, owner);
    if (entry == nullptr || entry->keyRevision == 0)
        return credentialNotFound(owner.toString(QUuid::WithoutBraces));
    const auto pkcs8 = TRY(d->openKey(*entry));
    return update(std::move(credential), &pkcs8);
}

} // namespace credenza
