// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

namespace credenza
{

using namespace Qt::StringLiterals;

Result<SalvageReport> Vault::salvageInto(Vault &target) const
{
    SalvageReport report;
    auto save = TRY(target.d->beginSave());
    // The key of a record that can be read; nothing if it is lost, which costs nothing else.
    const auto keyOf = [this](const QUuid &id, RecordKind kind) -> std::optional<SecretBytes> {
        const ManifestEntry *entry = d->contents.entry(d->keys, id);
        if (entry != nullptr && entry->keyRevision == 0)
            return std::nullopt;
        if (auto key = entry != nullptr ? d->openKey(*entry) : Result<SecretBytes>(vaultUnreadable(d->info.path)))
            return std::optional(*std::move(key));
        // Where the list is damaged, or says something else, a key is still bound to its record, kind and revision.
        const auto row = d->tables.anyKey(id);
        SecretBytes buffer;
        const auto opened =
            row && *row
                ? openPart(d->keys,
                           {d->vaultId, id, static_cast<quint32>(kind), RecordPart::PrivateKey, (*row)->revision},
                           (*row)->sealed, buffer)
                : std::nullopt;
        if (!opened)
            return std::nullopt;
        buffer.truncate(opened->size());
        return buffer;
    };
    const auto copy = [&](const Credential &credential, RecordKind kind, QByteArray card) -> Result<void> {
        const auto key = keyOf(credential.id, kind);
        if (!key && credential.key.bits > 0)
            report.keyless.append(credential.name);
        return target.d->writeRecord(
            save, {credential.id, static_cast<quint32>(kind), static_cast<quint32>(credential.revision), 0, {}, {}},
            {std::move(card), key ? &*key : nullptr});
    };
    const auto all = credentials();
    for (const Credential &credential : all) {
        TRY(copy(credential, RecordKind::Credential, encodeCard(credential)));
        ++report.credentials;
    }
    for (const TrashedCredential &trashed : d->contents.trash) {
        TRY(copy(trashed.credential, RecordKind::Trashed,
                 encodeFiledCard(trashed.credential, {trashed.deletedAt, trashed.deletedBy})));
        ++report.trashed;
    }
    for (const SealedKind kind :
         {SealedKind::Draft, SealedKind::Setting, SealedKind::TestResults, SealedKind::Identity}) {
        const auto names = sealedItemNames(kind);
        for (const QString &name : names.value_or(QStringList())) {
            const auto value = sealedItem(kind, name);
            if (!value || !*value)
                continue;
            TRY(target.d->writeItem(save, kind, name, (*value)->view()));
            ++report.others;
        }
    }
    // A log whose table is damaged must not cost the credentials.
    const auto entries = activity();
    for (const ActivityEntry &entry : entries.value_or(QList<ActivityEntry>())) {
        TRY(target.d->appendActivity(save, entry));
        ++report.others;
    }
    TRY(target.d->log(save, u"vault.salvaged"_s, {}, {}, info().name));
    TRY(target.d->finishSave(std::move(save)));
    for (const Credential &credential : all)
        target.d->contents.credentials.put(credential);
    target.d->contents.trash = d->contents.trash;
    return report;
}

} // namespace credenza
