// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto trashedKind = static_cast<quint32>(RecordKind::Trashed);

QString shortId(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}

} // namespace

// A record's kind is part of what its parts are sealed as, so that moving one means sealing it again, key and all.
Result<TrashedCredential> Vault::Private::trashRecord(VaultSave &save, const Credential &saved)
{
    TRY(requireIntactList(saved.id));
    const ManifestEntry present = *entry(save, saved.id);
    std::optional<SecretBytes> key;
    if (present.keyRevision > 0) {
        // A key that no longer opens is nothing to keep; what else there is goes into the trash.
        if (auto opened = openKey(present))
            key = *std::move(opened);
        else if (opened.error().kind != ErrorKind::Damaged)
            return Failure(std::move(opened).error());
    }
    const Filing filed = filing();
    const ManifestEntry written{saved.id, trashedKind, present.revision + 1, 0, {}, {}};
    TrashedCredential trashed{saved, filed.at, filed.by};
    trashed.credential.revision = static_cast<int>(written.revision);
    TRY(dropRecord(save, saved.id));
    TRY(writeRecord(save, written, {encodeFiledCard(trashed.credential, filed), key ? &*key : nullptr}));
    TRY(log(save, u"credential.deleted"_s, saved.id, saved.name));
    return trashed;
}

Result<void> Vault::remove(const QUuid &id)
{
    auto save = TRY(d->beginSave());
    const auto saved = d->contents.credentials.byId(id);
    if (!saved || d->contents.entry(d->keys, id) == nullptr)
        return credentialNotFound(shortId(id));
    const TrashedCredential trashed = TRY(d->trashRecord(save, *saved));
    TRY(d->finishSave(std::move(save)));
    d->contents.credentials.remove(id);
    d->contents.trash.insert(id, trashed);
    return {};
}

Result<Credential> Vault::restore(const QUuid &id, const QString &name)
{
    auto save = TRY(d->beginSave());
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    const auto trashed = d->contents.trash.constFind(id);
    if (entry == nullptr || trashed == d->contents.trash.cend())
        return credentialNotFound(shortId(id));
    Credential restored = trashed->credential;
    if (!name.isEmpty())
        restored.name = name;
    if (d->contents.credentials.idOf(restored.name))
        return vaultNameTaken(restored.name);
    TRY(d->requireIntactList(id));
    std::optional<SecretBytes> key;
    if (entry->keyRevision > 0)
        key = TRY(d->openKey(*entry));
    ManifestEntry written{id, static_cast<quint32>(RecordKind::Credential), entry->revision + 1, 0, {}, {}};
    restored.revision = static_cast<int>(written.revision);
    TRY(d->dropRecord(save, id));
    TRY(d->writeRecord(save, written, {encodeCard(restored), key ? &*key : nullptr}));
    TRY(d->log(save, u"credential.restored"_s, id, restored.name));
    TRY(d->finishSave(std::move(save)));
    d->contents.trash.remove(id);
    d->contents.credentials.put(restored);
    return restored;
}

Result<int> Vault::emptyTrash(const std::optional<QUuid> &only)
{
    auto save = TRY(d->beginSave());
    QList<QUuid> gone;
    for (auto at = d->contents.trash.cbegin(); at != d->contents.trash.cend(); ++at) {
        if (only && at.key() != *only)
            continue;
        TRY(d->dropRecord(save, at.key()));
        TRY(d->dropVersions(save, at->credential));
        TRY(d->dropItem(save, SealedKind::TestResults, testResultsNameOf(at.key())));
        TRY(d->log(save, u"credential.purged"_s, at.key(), at->credential.name));
        gone.append(at.key());
    }
    if (only && gone.isEmpty())
        return credentialNotFound(shortId(*only));
    if (gone.isEmpty())
        return 0;
    TRY(d->finishSave(std::move(save)));
    for (const QUuid &id : std::as_const(gone))
        d->contents.trash.remove(id);
    return static_cast<int>(gone.size());
}

QList<TrashedCredential> Vault::trash() const
{
    QList<TrashedCredential> list = d->contents.trash.values();
    std::ranges::sort(list, [](const TrashedCredential &left, const TrashedCredential &right) {
        return std::tuple(right.deletedAt, left.credential.name) < std::tuple(left.deletedAt, right.credential.name);
    });
    return list;
}

} // namespace credenza
