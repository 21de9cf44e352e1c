// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Vault.h"

#include "core/vault/VaultCreation.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"
#include "core/vault/VaultSchema.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultText {
    Q_DECLARE_TR_FUNCTIONS(VaultText)
};

/// What header and slots alone tell.
QList<VaultDamage> damageOf(const LockedVault &locked, const QUuid &vaultId, const std::optional<ManifestRoot> &root)
{
    QList<VaultDamage> damage;
    if (!locked.header)
        damage.append({u"header.damaged"_s, u"header"_s, VaultText::tr("The vault's header is damaged.")});
    else if (locked.header->vaultId != vaultId || (root && root->vaultName != locked.header->name))
        damage.append({u"header.tampered"_s, u"header"_s, VaultText::tr("The vault's header was changed.")});
    for (const QString &slot : locked.damagedSlots)
        damage.append(
            {u"slot.damaged"_s, slot, VaultText::tr("A key slot of the vault, or its copy, is damaged or missing.")});
    return damage;
}

VaultDamage rolledBack()
{
    return {u"vault.rolled-back"_s, u"vault"_s,
            VaultText::tr("This vault is older than it was when last seen on this computer: it was put back from the "
                          "past, or its last saves were lost.")};
}

} // namespace

Vault::Vault(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Vault::~Vault() = default;
Vault::Vault(Vault &&) noexcept = default;
Vault &Vault::operator=(Vault &&) noexcept = default;

namespace
{

Result<VaultInfo> infoOf(const QString &path, const LockedVault &locked, VaultTables &tables)
{
    VaultInfo info;
    info.path = path;
    info.formatVersion = currentVaultFormat;
    if (locked.header) {
        info.vaultId = locked.header->vaultId;
        info.name = locked.header->name;
    } else if (!locked.slots.isEmpty()) {
        info.vaultId = locked.slots.first().vaultId;
    }
    for (const KeySlot &slot : locked.slots) {
        info.keySlots.append(slot.kind);
        if (slot.kind == passphraseSlotKind())
            info.kdf = TRY(kdfOf(slot));
    }
    info.recordCount = TRY(tables.recordCount());
    return info;
}

} // namespace

Result<Vault> Vault::create(const QString &path, const QString &name, const SecretBytes &passphrase,
                            const KdfParameters &kdf, const Clock &clock, RandomSource &random)
{
    if (QFileInfo::exists(path))
        return vaultExists(path); // before the KDF takes its time
    const VaultHeader header{randomUuid(random), currentVaultFormat, name};
    auto keys = VaultKeys::generate(random);
    const auto slot = TRY(makePassphraseSlot(header.vaultId, passphrase, kdf, keys.vaultKey(), random));
    TRY(writeNewVault(path, header, slot, keys, random));
    auto priv =
        std::make_unique<Private>(TRY(VaultDatabase::open(path)), std::move(keys), header.vaultId, clock, random);
    const auto locked = TRY(priv->tables.readLocked());
    TRY(priv->load(locked));
    return Vault(std::move(priv));
}

Result<Vault> Vault::open(const QString &path, const SecretBytes &passphrase, const Clock &clock, RandomSource &random)
{
    auto database = TRY(openVaultDatabase(path));
    const auto locked = TRY(VaultTables(database).readLocked());
    auto outcome = Failure(vaultDamaged(VaultText::tr("Every key slot of this vault is damaged.")));
    for (const KeySlot &slot : locked.slots) {
        if (slot.kind != passphraseSlotKind())
            continue;
        auto vaultKey = openPassphraseSlot(slot, passphrase);
        if (!vaultKey) {
            outcome = Failure(std::move(vaultKey).error());
            continue;
        }
        auto priv = std::make_unique<Private>(std::move(database), VaultKeys(*std::move(vaultKey)), slot.vaultId, clock,
                                              random);
        TRY(priv->load(locked));
        return Vault(std::move(priv));
    }
    return outcome;
}

Result<VaultInfo> Vault::inspect(const QString &path)
{
    auto database = TRY(openVaultDatabase(path));
    VaultTables tables(database);
    const auto locked = TRY(tables.readLocked());
    return infoOf(path, locked, tables);
}

Result<void> Vault::Private::load(const LockedVault &locked)
{
    info = TRY(infoOf(database.path(), locked, tables));
    // Asked before the contents are read: another process may save, and remember that, in between, and this process's
    // snapshot would then look like one from the past.
    const auto last = seen.lastSeen(vaultId);
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Read));
    contents = TRY(VaultReader(tables, keys, vaultId).read(VaultReader::Depth::Cards));
    TRY(transaction.commit());
    info.vaultId = vaultId;
    if (contents.root)
        info.name = contents.root->vaultName; // the authenticated one
    contents.damage = damageOf(locked, vaultId, contents.root) + contents.damage;
    if (!contents.root)
        return {};
    const SeenRoot now{contents.root->counter, contents.rootTag};
    isRolledBack = last && (now.counter < last->counter || (now.counter == last->counter && now.tag != last->tag));
    if (isRolledBack)
        contents.damage.prepend(rolledBack());
    else
        remember();
    return {};
}

VaultInfo Vault::info() const
{
    VaultInfo info = d->info;
    info.recordCount = d->contents.credentials.size();
    return info;
}

const QList<VaultDamage> &Vault::damage() const
{
    return d->contents.damage;
}

QList<Credential> Vault::credentials() const
{
    return d->contents.credentials.inOrderOfName();
}

Result<Credential> Vault::find(const QString &nameOrId) const
{
    if (const Credential *named = d->contents.credentials.byName(nameOrId))
        return *named;
    if (const QUuid id(nameOrId.trimmed()); !id.isNull())
        if (const Credential *credential = d->contents.credentials.byId(id))
            return *credential;
    return credentialNotFound(nameOrId);
}

Result<bool> Vault::Private::refresh()
{
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Read));
    const bool changed = TRY(VaultReader(tables, keys, vaultId).update(contents));
    TRY(transaction.commit());
    if (changed && contents.root && !isRolledBack)
        remember();
    return changed;
}

Result<bool> Vault::refresh()
{
    if (!d->database.isInPlace())
        return vaultNotFound(d->database.path());
    return d->refresh();
}

Result<VaultCheck> Vault::check() const
{
    auto transaction = TRY(VaultTransaction::begin(d->database, VaultTransaction::Mode::Read));
    const auto locked = TRY(d->tables.readLocked());
    const auto fresh = TRY(VaultReader(d->tables, d->keys, d->vaultId).read(VaultReader::Depth::Everything));
    VaultCheck check;
    check.damage = damageOf(locked, d->vaultId, fresh.root) + fresh.damage;
    for (const ManifestBucket &bucket : fresh.buckets)
        check.recordsChecked += static_cast<qint64>(bucket.entries().size());
    auto structure = TRY(d->database.run(u"PRAGMA integrity_check(20)"_s));
    while (structure.next())
        if (const QString line = structure.value(0).toString(); line != "ok"_L1)
            check.damage.append({u"database.damaged"_s, u"structure"_s, line});
    TRY(d->database.ended(structure));
    structure.finish();
    TRY(transaction.commit());
    if (d->isRolledBack)
        check.damage.prepend(rolledBack());
    return check;
}

void Vault::acceptRollback()
{
    if (!d->isRolledBack || !d->contents.root)
        return;
    d->remember();
    d->isRolledBack = false;
    d->contents.damage.removeIf([](const VaultDamage &damage) { return damage.code == "vault.rolled-back"_L1; });
}

QString defaultVaultPath()
{
    if (const QString path = qEnvironmentVariable("CREDENZA_VAULT"); !path.isEmpty())
        return path;
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/credenza/default.credenza"_s;
}

} // namespace credenza
