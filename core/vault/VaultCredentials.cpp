// SPDX-License-Identifier: Apache-2.0
#include "core/vault/CredentialCard.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

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

QString outcomeOf(const TestSummary &test)
{
    return test.passed ? u"passed"_s : u"failed: "_s + (test.code.isEmpty() ? test.step : test.code);
}

} // namespace

Result<Credential> Vault::add(Credential credential, const SecretBytes &pkcs8)
{
    auto save = TRY(d->beginSave());
    if (d->contents.credentials.idOf(credential.name))
        return vaultNameTaken(credential.name);
    credential.id = d->freshId();
    credential.revision = 1;
    credential.createdAt = toDateTime(d->clock.now());
    credential.updatedAt = credential.createdAt;
    TRY(d->writeRecord(save, {credential.id, static_cast<quint32>(RecordKind::Credential), 1, 0, {}, {}},
                       {encodeCard(credential), pkcs8.isEmpty() ? nullptr : &pkcs8}));
    TRY(d->log(save, u"credential.created"_s, credential.id, credential.name));
    TRY(d->finishSave(std::move(save)));
    d->contents.credentials.put(credential);
    return credential;
}

Result<Credential> Vault::update(Credential credential, const SecretBytes *pkcs8)
{
    auto save = TRY(d->beginSave());
    const ManifestEntry *entry = d->contents.entry(d->keys, credential.id);
    const auto known = d->contents.credentials.byId(credential.id);
    if (entry == nullptr || !known)
        return credentialNotFound(credential.name);
    const Credential &saved = *known;
    if (saved.revision != credential.revision)
        return vaultChangedElsewhere(saved.name);
    if (d->contents.credentials.idOf(credential.name).value_or(credential.id) != credential.id)
        return vaultNameTaken(credential.name);
    TRY(d->requireIntactList(credential.id));

    const SecretBytes *newKey = pkcs8;
    std::optional<SecretBytes> replacedKey;
    if (newKey != nullptr && entry->keyRevision > 0) {
        auto savedKey = d->openKey(*entry);
        if (savedKey && savedKey->equalsConstantTime(*newKey))
            newKey = nullptr;
        else if (savedKey)
            replacedKey = *std::move(savedKey);
    }
    Credential changed = credential;
    changed.createdAt = saved.createdAt;
    changed.updatedAt = toDateTime(d->clock.now());
    bool isOnlyTested = false;
    if (newKey == nullptr) {
        if (contentOf(credential, saved) == encodeCard(saved))
            return saved;
        Credential tested = saved;
        tested.lastTest = credential.lastTest;
        isOnlyTested = contentOf(credential, saved) == encodeCard(tested);
        if (isOnlyTested)
            changed.updatedAt = saved.updatedAt; // a test is not an edit
    }
    ++changed.revision;
    ManifestEntry written = *entry;
    written.revision = static_cast<quint32>(changed.revision);
    if (!isOnlyTested)
        TRY(d->fileVersion(save, saved, replacedKey ? &*replacedKey : nullptr));
    TRY(d->writeRecord(save, written, {encodeCard(changed), newKey}));
    if (isOnlyTested && changed.lastTest)
        TRY(d->log(save, u"credential.tested"_s, changed.id, changed.name, outcomeOf(*changed.lastTest)));
    else
        TRY(d->log(save, newKey != nullptr ? u"credential.key-replaced"_s : u"credential.changed"_s, changed.id,
                   changed.name));
    TRY(d->finishSave(std::move(save)));
    d->contents.credentials.put(changed);
    return changed;
}

Result<SecretBytes> Vault::Private::savedKey(const QUuid &id)
{
    TRY(refresh()); // another process may have replaced the key since
    const ManifestEntry *saved = contents.entry(keys, id);
    if (saved == nullptr || !contents.credentials.contains(id))
        return credentialNotFound(shortId(id));
    return openKey(*saved);
}

Result<Credential> Vault::addWithKeyOf(Credential credential, const QUuid &owner)
{
    const auto pkcs8 = TRY(d->savedKey(owner));
    return add(std::move(credential), pkcs8);
}

Result<Credential> Vault::updateWithKeyOf(Credential credential, const QUuid &owner)
{
    const auto pkcs8 = TRY(d->savedKey(owner));
    return update(std::move(credential), &pkcs8);
}

Result<Credential> Vault::duplicate(const QUuid &id, const QString &name)
{
    TRY(d->refresh());
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    const auto source = d->contents.credentials.byId(id);
    if (entry == nullptr || !source)
        return credentialNotFound(shortId(id));
    Credential copy = *source;
    copy.name = name;
    copy.lastTest.reset(); // the copy was never tested
    if (entry->keyRevision == 0)
        return add(std::move(copy), {});
    const auto pkcs8 = TRY(d->openKey(*entry));
    return add(std::move(copy), pkcs8);
}

Result<PrivateKey> Vault::privateKey(const QUuid &id) const
{
    const auto pkcs8 = TRY(d->savedKey(id));
    return d->keyReader.read(pkcs8); // checked when it came in, authenticated since
}

} // namespace credenza
