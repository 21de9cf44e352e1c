// SPDX-License-Identifier: Apache-2.0
#include "core/vault/BinaryForm.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto versionKind = static_cast<quint32>(RecordKind::Version);
/// How many earlier versions of a credential are kept.
constexpr int mostVersions = 20;

} // namespace

QUuid Vault::Private::versionId(const QUuid &credentialId, int revision) const
{
    BinaryWriter name;
    name.id(credentialId).integer(static_cast<quint32>(revision));
    return keys.namedRecordId(versionKind, name.bytes());
}

Result<void> Vault::Private::fileVersion(VaultSave &save, const Credential &saved, const SecretBytes *replacedKey)
{
    const QUuid id = versionId(saved.id, saved.revision);
    // Where the list is damaged, the save itself matters more than its history.
    if (!hasIntactList(id) || entry(save, id) != nullptr)
        return {};
    TRY(writeRecord(save, {id, versionKind, 1, 0, {}, {}}, {encodeFiledCard(saved, filing()), replacedKey}));
    int kept = 1;
    for (int revision = saved.revision - 1; revision > 0; --revision) {
        const QUuid older = versionId(saved.id, revision);
        if (entry(save, older) != nullptr && ++kept > mostVersions && hasIntactList(older))
            TRY(dropRecord(save, older));
    }
    return {};
}

Result<void> Vault::Private::dropVersions(VaultSave &save, const Credential &credential)
{
    for (int revision = credential.revision; revision > 0; --revision)
        if (const QUuid id = versionId(credential.id, revision); entry(save, id) != nullptr)
            TRY(dropRecord(save, id));
    return {};
}

Result<QList<CredentialVersion>> Vault::versions(const QUuid &id) const
{
    TRY(d->refresh());
    const auto current = d->contents.credentials.byId(id);
    if (!current)
        return credentialNotFound(id.toString(QUuid::WithoutBraces));
    QList<CredentialVersion> versions;
    SecretBytes buffer;
    SharedValues shared;
    for (int revision = current->revision - 1; revision > 0; --revision) {
        const ManifestEntry *entry = d->contents.entry(d->keys, d->versionId(id, revision));
        if (entry == nullptr)
            continue;
        const auto row = TRY(d->tables.record(entry->id));
        const PartAddress address{d->vaultId, entry->id, entry->kind, RecordPart::Card, entry->revision};
        const auto card =
            row && tagOf(row->card) == entry->card ? openPart(d->keys, address, row->card, buffer) : std::nullopt;
        Filing filing;
        auto credential = card ? decodeFiledCard(*card, shared, filing) : std::nullopt;
        if (!credential)
            continue; // what check() names as damaged; the others are still there
        credential->id = id;
        credential->revision = revision;
        versions.append({*std::move(credential), filing.at, filing.by, entry->keyRevision > 0});
    }
    return versions;
}

Result<Credential> Vault::revert(const QUuid &id, int revision)
{
    const auto all = TRY(versions(id));
    std::optional<SecretBytes> key;
    // The key of a version is that of the first version from it on whose key was replaced; else the present one.
    const CredentialVersion *wanted = nullptr;
    for (auto version = all.crbegin(); version != all.crend(); ++version) {
        if (version->credential.revision == revision)
            wanted = &*version;
        if (wanted != nullptr && version->hasOwnKey) {
            const ManifestEntry *entry = d->contents.entry(d->keys, d->versionId(id, version->credential.revision));
            key = TRY(d->openKey(*entry));
            break;
        }
    }
    if (wanted == nullptr)
        return versionNotFound(revision);
    Credential reverted = wanted->credential;
    reverted.revision = d->contents.credentials.byId(id)->revision;
    reverted.lastTest.reset(); // it was of other content than what is there now
    return update(std::move(reverted), key ? &*key : nullptr);
}

} // namespace credenza
