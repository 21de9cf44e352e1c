// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Vault.h"

#include "core/vault/Keyring.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/VaultCreation.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultMigration.h"
#include "core/vault/VaultPrivate.h"
#include "core/vault/VaultSchema.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>
#include <QSysInfo>

#include <algorithm>
#include <pwd.h>
#include <unistd.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct VaultText {
    Q_DECLARE_TR_FUNCTIONS(VaultText)
};

/// Who is at work, as the system knows them.
QString currentActor()
{
    const passwd *user = ::getpwuid(::geteuid());
    const QString name = user != nullptr ? QString::fromLocal8Bit(user->pw_name) : qEnvironmentVariable("USER");
    return name + u'@' + QSysInfo::machineHostName();
}

} // namespace

Vault::Vault(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Vault::~Vault() = default;
Vault::Vault(Vault &&) noexcept = default;
Vault &Vault::operator=(Vault &&) noexcept = default;

namespace
{

Result<VaultInfo> infoOf(VaultDatabase &database, const LockedVault &locked)
{
    VaultInfo info;
    info.path = database.path();
    info.formatVersion = TRY(vaultFormat(database));
    if (locked.header) {
        info.vaultId = locked.header->vaultId;
        info.name = locked.header->name;
    } else if (!locked.slots.isEmpty()) {
        info.vaultId = locked.slots.first().vaultId;
    }
    for (const KeySlot &slot : locked.slots) {
        info.keySlots.append(slot.kind);
        if (slot.kind != passphraseSlotKind())
            continue;
        // What can't be read here opens nothing; another slot may.
        if (const auto kdf = kdfOf(slot))
            info.kdf = *kdf;
    }
    info.recordCount = TRY(VaultTables(database).recordCount());
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

Result<Vault> Vault::openedBy(SecretBytes vaultKey, const QUuid &vaultId, VaultDatabase database, const Clock &clock,
                              RandomSource &random)
{
    auto priv = std::make_unique<Private>(std::move(database), VaultKeys(std::move(vaultKey)), vaultId, clock, random);
    TRY(migrateVault(priv->database, priv->keys, priv->vaultId, random));
    const auto locked = TRY(priv->tables.readLocked());
    TRY(priv->load(locked));
    return Vault(std::move(priv));
}

Result<Vault> Vault::open(const QString &path, const SecretBytes &passphrase, const Clock &clock, RandomSource &random)
{
    auto database = TRY(openVaultDatabase(path));
    const auto locked = TRY(VaultTables(database).readLocked());
    // A text with the right checksum is a recovery code; as a passphrase it is tried all the same.
    if (const auto secret = readRecoveryCode(passphrase))
        for (const KeySlot &slot : locked.slots)
            if (slot.kind == recoverySlotKind())
                if (auto vaultKey = openSecretSlot(slot, *secret))
                    return openedBy(*std::move(vaultKey), slot.vaultId, std::move(database), clock, random);
    auto outcome = Failure(vaultDamaged(VaultText::tr("Every key slot of this vault is damaged.")));
    if (std::ranges::any_of(locked.slots, [](const KeySlot &slot) { return slot.kind == recoverySlotKind(); }))
        outcome = vaultWrongPassphrase(); // the passphrase's own slot may be gone
    for (const KeySlot &slot : locked.slots) {
        if (slot.kind != passphraseSlotKind())
            continue;
        auto vaultKey = openPassphraseSlot(slot, passphrase);
        if (vaultKey)
            return openedBy(*std::move(vaultKey), slot.vaultId, std::move(database), clock, random);
        if (outcome.error().code != "vault.wrong-passphrase"_L1) // that of a sound slot is the answer
            outcome = Failure(std::move(vaultKey).error());
    }
    return outcome;
}

Result<Vault> Vault::openWithKeyring(const QString &path, Keyring &keyring, const Clock &clock, RandomSource &random)
{
    auto database = TRY(openVaultDatabase(path));
    const auto locked = TRY(VaultTables(database).readLocked());
    for (const KeySlot &slot : locked.slots) {
        if (slot.kind != keyringSlotKind())
            continue;
        const auto secret = TRY(keyring.read(keyringEntryName(slot.vaultId)));
        if (!secret)
            return vaultNoKeyring();
        if (auto vaultKey = openSecretSlot(slot, *secret))
            return openedBy(*std::move(vaultKey), slot.vaultId, std::move(database), clock, random);
    }
    return vaultNoKeyring();
}

Result<VaultInfo> Vault::inspect(const QString &path)
{
    auto database = TRY(openVaultDatabase(path));
    const auto locked = TRY(VaultTables(database).readLocked());
    return infoOf(database, locked);
}

Vault::Private::Private(VaultDatabase openedDatabase, VaultKeys vaultKeys, const QUuid &id, const Clock &theClock,
                        RandomSource &theRandom)
    : database(std::move(openedDatabase)), tables(database), keys(std::move(vaultKeys)), vaultId(id), clock(theClock),
      random(theRandom), actor(currentActor()), program(QCoreApplication::applicationName())
{
}

Result<void> Vault::Private::load(const LockedVault &locked)
{
    info = TRY(infoOf(database, locked));
    // Asked before the contents are read: another process may save, and remember that, in between, and this process's
    // snapshot would then look like one from the past.
    const auto last = seen.lastSeen(vaultId);
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Read));
    contents = TRY(VaultReader(tables, keys, vaultId).read(VaultReader::Depth::Cards));
    auto logDamage = TRY(activityDamage(contents.root, true));
    TRY(transaction.commit());
    info.vaultId = vaultId;
    if (contents.root)
        info.name = contents.root->vaultName; // the authenticated one
    contents.damage = lockedDamage(locked, vaultId, contents.root) + contents.damage + logDamage;
    if (!contents.root)
        return {};
    const SeenRoot now{contents.root->counter, contents.rootTag};
    isRolledBack = last && (now.counter < last->counter || (now.counter == last->counter && now.tag != last->tag));
    if (isRolledBack)
        contents.damage.prepend(rollbackDamage());
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

void Vault::eachCredential(const std::function<void(const Credential &)> &visit) const
{
    d->contents.credentials.each(visit);
}

quint64 Vault::saveCount() const
{
    return d->contents.root ? d->contents.root->counter : 0;
}

Result<Credential> Vault::find(const QString &nameOrId) const
{
    if (auto named = d->contents.credentials.byName(nameOrId))
        return *std::move(named);
    if (const QUuid id(nameOrId.trimmed()); !id.isNull())
        if (auto credential = d->contents.credentials.byId(id))
            return *std::move(credential);
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
