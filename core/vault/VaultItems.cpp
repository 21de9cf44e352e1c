// SPDX-License-Identifier: Apache-2.0
#include "core/vault/BinaryForm.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct VaultItemText {
    Q_DECLARE_TR_FUNCTIONS(VaultItemText)
};

static_assert(static_cast<quint32>(SealedKind::Draft) == static_cast<quint32>(RecordKind::Draft));
static_assert(static_cast<quint32>(SealedKind::Setting) == static_cast<quint32>(RecordKind::Setting));
static_assert(static_cast<quint32>(SealedKind::TestResults) == static_cast<quint32>(RecordKind::TestResults));
static_assert(static_cast<quint32>(SealedKind::Identity) == static_cast<quint32>(RecordKind::Identity));

struct OpenedItem {
    QString name;
    SecretBytes value;
};

/// Opens the record of an entry: its name, and the bytes after it.
Result<OpenedItem> openItem(VaultTables &tables, const VaultKeys &keys, const QUuid &vaultId,
                            const ManifestEntry &entry)
{
    const auto row = TRY(tables.record(entry.id));
    SecretBytes buffer;
    const PartAddress address{vaultId, entry.id, entry.kind, RecordPart::Card, entry.revision};
    const auto opened =
        row && tagOf(row->card) == entry.card ? openPart(keys, address, row->card, buffer) : std::nullopt;
    if (!opened)
        return vaultDamaged(VaultItemText::tr("Something that the vault keeps beside credentials is damaged."));
    BinaryReader reader(*opened);
    const QString name = QString::fromUtf8(reader.sized());
    const std::size_t start = sizeof(quint32) + static_cast<std::size_t>(name.toUtf8().size());
    if (!reader.isSound())
        return vaultDamaged(VaultItemText::tr("Something that the vault keeps beside credentials is damaged."));
    return OpenedItem{name, SecretBytes::copyOf(opened->subspan(start))};
}

} // namespace

Result<std::optional<SecretBytes>> Vault::sealedItem(SealedKind kind, const QString &name) const
{
    TRY(d->refresh());
    const QUuid id = d->keys.namedRecordId(static_cast<quint32>(kind), name.toUtf8());
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    if (entry == nullptr)
        return std::optional<SecretBytes>();
    auto item = TRY(openItem(d->tables, d->keys, d->vaultId, *entry));
    return std::optional(std::move(item.value));
}

Result<void> Vault::putSealedItem(SealedKind kind, const QString &name, std::span<const std::byte> value)
{
    auto save = TRY(d->beginSave());
    TRY(d->writeItem(save, kind, name, value));
    return d->finishSave(std::move(save));
}

Result<std::optional<SecretBytes>> Vault::Private::item(const VaultSave &save, SealedKind kind, const QString &name)
{
    const ManifestEntry *saved = entry(save, keys.namedRecordId(static_cast<quint32>(kind), name.toUtf8()));
    if (saved == nullptr)
        return std::optional<SecretBytes>();
    auto opened = TRY(openItem(tables, keys, vaultId, *saved));
    return std::optional(std::move(opened.value));
}

Result<void> Vault::Private::dropItem(VaultSave &save, SealedKind kind, const QString &name)
{
    const QUuid id = keys.namedRecordId(static_cast<quint32>(kind), name.toUtf8());
    if (entry(save, id) == nullptr)
        return {};
    return dropRecord(save, id);
}

Result<void> Vault::Private::writeItem(VaultSave &save, SealedKind kind, const QString &name,
                                       std::span<const std::byte> value)
{
    const QUuid id = keys.namedRecordId(static_cast<quint32>(kind), name.toUtf8());
    const ManifestEntry *saved = entry(save, id);
    BinaryWriter writer;
    writer.sized(name.toUtf8()).raw(value);
    return writeRecord(save, {id, static_cast<quint32>(kind), saved ? saved->revision + 1 : 1, 0, {}, {}},
                       {writer.take(), nullptr});
}

Result<bool> Vault::removeSealedItem(SealedKind kind, const QString &name)
{
    auto save = TRY(d->beginSave());
    const QUuid id = d->keys.namedRecordId(static_cast<quint32>(kind), name.toUtf8());
    if (d->contents.entry(d->keys, id) == nullptr)
        return false;
    TRY(d->dropRecord(save, id));
    TRY(d->finishSave(std::move(save)));
    return true;
}

Result<QStringList> Vault::sealedItemNames(SealedKind kind) const
{
    TRY(d->refresh());
    QStringList names;
    for (const ManifestBucket &bucket : d->contents.buckets)
        for (const ManifestEntry &entry : bucket.entries())
            if (entry.kind == static_cast<quint32>(kind))
                if (auto item = openItem(d->tables, d->keys, d->vaultId, entry))
                    names.append(item->name);
    names.sort();
    return names;
}

} // namespace credenza
