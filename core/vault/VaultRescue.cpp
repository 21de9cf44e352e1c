// SPDX-License-Identifier: Apache-2.0
#include "core/vault/VaultRescue.h"

#include "core/vault/ActivityLog.h"
#include "core/vault/KeySlot.h"
#include "core/vault/Manifest.h"
#include "core/vault/RawRows.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/VaultDatabase.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultKeys.h"
#include "core/vault/VaultSchema.h"
#include "core/vault/VaultTables.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QMap>
#include <QTemporaryDir>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultRescueText {
    Q_DECLARE_TR_FUNCTIONS(VaultRescueText)
};

/// Rows by what their columns look like. Their content is sealed: who takes one for another opens nothing with it.
struct RescuedRows {
    QString name = QStringLiteral("");
    QList<KeySlot> slots;
    QHash<QUuid, QList<RecordRow>> records;
    QHash<QUuid, QList<KeyRow>> keys;
    QMap<qint64, QList<QByteArray>> numbered; ///< of the manifest and the activity log
};

QUuid toId(const QByteArray &bytes)
{
    return bytes.size() == 16 ? QUuid::fromRfc4122(QByteArrayView(bytes)) : QUuid();
}

quint32 toNumber(std::optional<qint64> number)
{
    return number && *number > 0 && *number <= std::numeric_limits<qint32>::max() ? static_cast<quint32>(*number) : 0;
}

void takeSlot(RescuedRows &rows, const RawRow &row)
{
    const auto text = [&row](std::size_t column) {
        const QByteArray *bytes = row.bytes(column);
        return bytes ? *bytes : QByteArray();
    };
    const KeySlot slot{toId(text(0)), toId(text(1)), QString::fromUtf8(text(2)), text(3), text(4)};
    const QByteArray sum = slot.checksum();
    const bool isKnown =
        std::ranges::any_of(rows.slots, [&sum](const KeySlot &known) { return known.checksum() == sum; });
    if (!slot.id.isNull() && !isKnown && sum == text(5))
        rows.slots.append(slot);
}

Result<RescuedRows> rescuedRows(const QString &path)
{
    RescuedRows rows;
    TRY(eachRawRow(path, [&rows](const RawRow &row) {
        const QByteArray *first = row.bytes(0);
        const QByteArray *last = row.values.empty() ? nullptr : row.bytes(row.values.size() - 1);
        if (!last)
            return;
        const QUuid id = first ? toId(*first) : QUuid();
        switch (row.values.size()) {
        case 2: // the number is the row's own id, which is not stored twice
            if (!first)
                rows.numbered[row.rowId].append(*last);
            return;
        case 3:
            if (!id.isNull())
                rows.keys[id].append({*first, toNumber(row.number(1)), *last});
            return;
        case 4:
            if (!id.isNull())
                rows.records[id].append({*first, toNumber(row.number(1)), toNumber(row.number(2)), *last});
            return;
        case 5: // the header
            if (const QByteArray *name = row.bytes(3))
                rows.name = QString::fromUtf8(*name);
            return;
        case 6:
            takeSlot(rows, row);
            return;
        default:
            return;
        }
    }));
    return rows;
}

struct OpenedKey {
    KeySlot slot;
    SecretBytes vaultKey;
};

Result<OpenedKey> openAnySlot(const QList<KeySlot> &slotList, const SecretBytes &passphrase)
{
    const auto code = readRecoveryCode(passphrase);
    auto outcome = Failure(vaultDamaged(VaultRescueText::tr("Every key slot of this vault is damaged.")));
    for (const KeySlot &slot : slotList) {
        if (slot.kind == recoverySlotKind() && code)
            if (auto key = openSecretSlot(slot, *code))
                return OpenedKey{slot, *std::move(key)};
        if (slot.kind != passphraseSlotKind())
            continue;
        auto key = openPassphraseSlot(slot, passphrase);
        if (key)
            return OpenedKey{slot, *std::move(key)};
        if (outcome.error().code != "vault.wrong-passphrase"_L1)
            outcome = Failure(std::move(key).error());
    }
    return outcome;
}

/// What the manifest and the log were, as far as their rows are there: each opens as what it is and as nothing else.
struct RescuedLists {
    std::optional<ManifestRoot> root;
    QByteArray sealedRoot;
    std::array<std::optional<ManifestBucket>, ManifestRoot::bucketCount> buckets;
    std::array<QByteArray, ManifestRoot::bucketCount> sealedBuckets;
    QMap<quint64, QByteArray> activity;
};

RescuedLists listsOf(const RescuedRows &rows, const VaultKeys &keys, const QUuid &vaultId)
{
    RescuedLists lists;
    SecretBytes buffer;
    for (const QByteArray &sealed : rows.numbered.value(1))
        if (auto root = ManifestRoot::open(keys, vaultId, sealed);
            root && (!lists.root || root->counter > lists.root->counter)) {
            lists.root = std::move(root);
            lists.sealedRoot = sealed;
        }
    for (auto it = rows.numbered.cbegin(); it != rows.numbered.cend(); ++it) {
        for (const QByteArray &sealed : it.value()) {
            const qint64 number = it.key();
            if (number >= 0 && number < qint64{ManifestRoot::bucketCount}) {
                const auto at = static_cast<std::size_t>(number);
                const bool isCurrent =
                    lists.root && lists.root->buckets[at] && *lists.root->buckets[at] == tagOf(sealed);
                if (isCurrent || (!lists.root && !lists.buckets[at]))
                    if (auto bucket =
                            ManifestBucket::open(keys, vaultId, static_cast<quint8>(number), sealed, buffer)) {
                        lists.buckets[at] = std::move(bucket);
                        lists.sealedBuckets[at] = sealed;
                    }
            }
            if (number > 0 && openActivity(keys, vaultId, static_cast<quint64>(number), sealed, buffer))
                lists.activity.insert(static_cast<quint64>(number), sealed);
        }
    }
    return lists;
}

/// Of several states of a record, the one that is on the list; without a list the latest.
const RecordRow *currentOf(const QList<RecordRow> &rows, const ManifestEntry *entry)
{
    const RecordRow *best = nullptr;
    for (const RecordRow &row : rows) {
        if (entry && tagOf(row.card) == entry->card)
            return &row;
        if (!entry && (!best || row.revision > best->revision))
            best = &row;
    }
    return best;
}

const KeyRow *currentOf(const QList<KeyRow> &rows, const ManifestEntry *entry)
{
    const KeyRow *best = nullptr;
    for (const KeyRow &row : rows) {
        if (entry && row.revision == entry->keyRevision && tagOf(row.sealed) == entry->privateKey)
            return &row;
        if (!entry && (!best || row.revision > best->revision))
            best = &row;
    }
    return best;
}

/// A sound database at `target` of the rows that still lie in the file at `path`.
Result<void> rebuild(const QString &path, const SecretBytes &passphrase, const QString &target)
{
    const RescuedRows rows = TRY(rescuedRows(path));
    OpenedKey opened = TRY(openAnySlot(rows.slots, passphrase));
    const QUuid vaultId = opened.slot.vaultId;
    const VaultKeys keys(std::move(opened.vaultKey));
    const RescuedLists lists = listsOf(rows, keys, vaultId);

    auto database = TRY(VaultDatabase::create(target));
    VaultTables tables(database);
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    TRY(makeSchema(database));
    TRY(tables.writeHeader({vaultId, currentVaultFormat, lists.root ? lists.root->vaultName : rows.name}));
    for (const KeySlot &slot : rows.slots)
        if (slot.vaultId == vaultId)
            TRY(tables.writeSlot(slot));
    TRY(tables.writeSlot(opened.slot)); // again: the one that opens counts, where its copy says something else
    if (lists.root)
        TRY(tables.writeRoot(lists.sealedRoot));
    for (std::size_t at = 0; at < lists.sealedBuckets.size(); ++at)
        if (lists.buckets[at])
            TRY(tables.writeBucket(static_cast<quint8>(at), lists.sealedBuckets[at]));
    for (auto it = rows.records.cbegin(); it != rows.records.cend(); ++it) {
        const auto &bucket = lists.buckets[keys.bucketOf(it.key())];
        const ManifestEntry *entry = bucket ? bucket->find(it.key()) : nullptr;
        if (bucket && !entry)
            continue; // removed: an old row that was not overwritten
        const RecordRow *record = currentOf(it.value(), entry);
        if (!record || record->kind == 0 || record->revision == 0)
            continue;
        TRY(tables.insertRecord(it.key(), record->kind, record->revision, record->card));
        const auto keyRows = rows.keys.constFind(it.key());
        const KeyRow *key = keyRows == rows.keys.cend() ? nullptr : currentOf(*keyRows, entry);
        if (key && key->revision > 0)
            TRY(tables.writeKey(it.key(), key->revision, key->sealed));
    }
    for (auto it = lists.activity.cbegin(); it != lists.activity.cend(); ++it)
        TRY(tables.appendActivity(it.key(), it.value()));
    return transaction.commit();
}

bool isSound(const Vault &vault)
{
    const auto check = vault.check();
    return vault.damage().isEmpty() && check && check->damage.isEmpty();
}

} // namespace

Result<SalvageReport> salvageVault(const QString &path, const SecretBytes &passphrase, const QString &target,
                                   const Clock &clock, RandomSource &random)
{
    if (QFileInfo::exists(target))
        return vaultExists(target);
    const auto into = [&](const Vault &source) -> Result<SalvageReport> {
        auto fresh = TRY(Vault::create(target, source.info().name, passphrase, source.info().kdf, clock, random));
        return source.salvageInto(fresh);
    };
    std::optional<Result<Vault>> direct = Vault::open(path, passphrase, clock, random);
    // With its first page gone, a vault is not even known as one: what lies in the others decides.
    const bool mayBeRescued =
        *direct || (*direct).error().kind == ErrorKind::Damaged || (*direct).error().code == "vault.not-a-vault"_L1;
    if (!mayBeRescued)
        return Failure((*direct).error());
    const auto refusal = *direct ? std::optional<Error>() : (*direct).error();
    if (*direct && isSound(**direct))
        return into(**direct);
    const qsizetype known = *direct ? (*direct)->credentials().size() : 0;
    direct.reset(); // which brings what is in its log into the file

    const QTemporaryDir folder(QFileInfo(target).absolutePath() + u"/.salvage-XXXXXX"_s);
    if (!folder.isValid())
        return vaultUnwritable(target, folder.errorString());
    const QString rebuilt = folder.filePath(u"rebuilt"_s);
    if (const auto made = rebuild(path, passphrase, rebuilt); !made && refusal)
        return Failure(made.error());
    auto rescued = Vault::open(rebuilt, passphrase, clock, random);
    if (rescued && rescued->credentials().size() >= known)
        return into(*rescued);
    auto again = TRY(Vault::open(path, passphrase, clock, random));
    return into(again);
}

} // namespace credenza
