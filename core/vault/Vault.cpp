// SPDX-License-Identifier: Apache-2.0
#include "core/vault/Vault.h"

#include "core/vault/CredentialCard.h"
#include "core/vault/SeenRoots.h"
#include "core/vault/VaultContents.h"
#include "core/vault/VaultCreation.h"
#include "core/vault/VaultErrors.h"
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

constexpr auto credentialKind = static_cast<quint32>(RecordKind::Credential);

QString shortId(const QUuid &id)
{
    return id.toString(QUuid::WithoutBraces);
}

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

/// The content alone, without what every save changes.
QByteArray contentOf(Credential credential, const Credential &saved)
{
    credential.createdAt = saved.createdAt;
    credential.updatedAt = saved.updatedAt;
    return encodeCard(credential);
}

} // namespace

class Vault::Private
{
public:
    Private(VaultDatabase openedDatabase, VaultKeys vaultKeys, const QUuid &id, const Clock &theClock,
            RandomSource &theRandom)
        : database(std::move(openedDatabase)), tables(database), keys(std::move(vaultKeys)), vaultId(id),
          clock(theClock), random(theRandom)
    {
    }

    /// Everything on opening, once a slot gave the key.
    Result<void> load(const LockedVault &locked);
    Result<bool> refresh();
    /// The write lock, and what others saved before.
    Result<VaultTransaction> beginSave();
    /// Seals card and key and writes the rows.
    Result<ManifestEntry> writeRecord(const Credential &credential, const ManifestEntry *saved,
                                      const SecretBytes *pkcs8);
    /// Replaces (or, without an entry, removes) what the manifest says of `id`, commits, and only then believes it.
    Result<void> finishSave(VaultTransaction transaction, const QUuid &id, const std::optional<ManifestEntry> &entry);
    Result<void> requireIntactList(const QUuid &id) const;
    Result<SecretBytes> openKey(const ManifestEntry &entry);
    void remember() const { seen.remember(vaultId, {contents.root->counter, contents.rootTag}); }

    VaultDatabase database;
    VaultTables tables;
    VaultKeys keys;
    QUuid vaultId;
    const Clock &clock;
    RandomSource &random;
    SeenRoots seen;
    VaultInfo info;
    VaultContents contents;
    bool isRolledBack = false;
};

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
    auto database = TRY(VaultDatabase::open(path));
    TRY(checkSchema(database));
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
    auto database = TRY(VaultDatabase::open(path));
    TRY(checkSchema(database));
    VaultTables tables(database);
    const auto locked = TRY(tables.readLocked());
    return infoOf(path, locked, tables);
}

Result<void> Vault::Private::load(const LockedVault &locked)
{
    info = TRY(infoOf(database.path(), locked, tables));
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
    const auto last = seen.lastSeen(vaultId);
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

Result<VaultTransaction> Vault::Private::beginSave()
{
    if (!database.isInPlace())
        return vaultNotFound(database.path());
    auto transaction = TRY(VaultTransaction::begin(database, VaultTransaction::Mode::Write));
    TRY(VaultReader(tables, keys, vaultId).update(contents));
    return transaction;
}

Result<void> Vault::Private::requireIntactList(const QUuid &id) const
{
    if (contents.root && contents.soundBuckets.test(keys.bucketOf(id)))
        return {};
    return vaultDamaged(
        VaultText::tr("Nothing can be saved here: the list of what belongs into the vault is damaged."));
}

Result<ManifestEntry> Vault::Private::writeRecord(const Credential &credential, const ManifestEntry *saved,
                                                  const SecretBytes *pkcs8)
{
    ManifestEntry entry = saved ? *saved : ManifestEntry{credential.id, credentialKind, 0, 0, {}, {}};
    entry.revision = static_cast<quint32>(credential.revision);
    PartAddress address{vaultId, entry.id, entry.kind, RecordPart::Card, entry.revision};
    QByteArray card = encodeCard(credential);
    const QByteArray sealedCard = sealPart(keys, address, std::as_bytes(std::span(card)), random);
    wipe(card);
    entry.card = tagOf(sealedCard);
    if (saved)
        TRY(tables.updateRecord(entry.id, entry.revision, sealedCard));
    else
        TRY(tables.insertRecord(entry.id, entry.kind, entry.revision, sealedCard));
    if (pkcs8 != nullptr) {
        address.part = RecordPart::PrivateKey;
        const QByteArray sealedKey = sealPart(keys, address, pkcs8->view(), random);
        entry.keyRevision = entry.revision;
        entry.privateKey = tagOf(sealedKey);
        TRY(tables.writeKey(entry.id, entry.keyRevision, sealedKey));
    }
    return entry;
}

Result<void> Vault::Private::finishSave(VaultTransaction transaction, const QUuid &id,
                                        const std::optional<ManifestEntry> &entry)
{
    const quint8 number = keys.bucketOf(id);
    ManifestBucket bucket = contents.buckets[number];
    if (entry)
        bucket.put(*entry);
    else
        bucket.remove(id);
    const QByteArray sealedBucket =
        bucket.entries().empty() ? QByteArray() : bucket.seal(keys, vaultId, number, random);
    ManifestRoot root = *contents.root;
    ++root.counter;
    root.buckets[number] = sealedBucket.isEmpty() ? std::nullopt : std::optional(tagOf(sealedBucket));
    const QByteArray sealedRoot = root.seal(keys, vaultId, random);
    TRY(tables.writeBucket(number, sealedBucket));
    TRY(tables.writeRoot(sealedRoot));
    TRY(transaction.commit());
    contents.buckets[number] = std::move(bucket);
    contents.root = root;
    contents.rootTag = tagOf(sealedRoot);
    if (!isRolledBack)
        remember();
    return {};
}

Result<Credential> Vault::add(Credential credential, const SecretBytes &pkcs8)
{
    auto transaction = TRY(d->beginSave());
    if (d->contents.credentials.byName(credential.name) != nullptr)
        return vaultNameTaken(credential.name);
    credential.id = randomUuid(d->random);
    credential.revision = 1;
    credential.createdAt = toDateTime(d->clock.now());
    credential.updatedAt = credential.createdAt;
    TRY(d->requireIntactList(credential.id));
    const auto entry = TRY(d->writeRecord(credential, nullptr, pkcs8.isEmpty() ? nullptr : &pkcs8));
    TRY(d->finishSave(std::move(transaction), credential.id, entry));
    d->contents.credentials.put(credential);
    return credential;
}

Result<Credential> Vault::update(Credential credential, const SecretBytes *pkcs8)
{
    auto transaction = TRY(d->beginSave());
    const ManifestEntry *entry = d->contents.entry(d->keys, credential.id);
    const Credential *known = d->contents.credentials.byId(credential.id);
    if (entry == nullptr || known == nullptr)
        return credentialNotFound(credential.name);
    const Credential saved = *known;
    if (saved.revision != credential.revision)
        return vaultChangedElsewhere(saved.name);
    const Credential *named = d->contents.credentials.byName(credential.name);
    if (named != nullptr && named->id != credential.id)
        return vaultNameTaken(credential.name);
    TRY(d->requireIntactList(credential.id));

    const SecretBytes *newKey = pkcs8;
    if (newKey != nullptr && entry->keyRevision > 0) {
        const auto savedKey = d->openKey(*entry);
        if (savedKey && savedKey->equalsConstantTime(*newKey))
            newKey = nullptr;
    }
    Credential changed = credential;
    changed.createdAt = saved.createdAt;
    changed.updatedAt = toDateTime(d->clock.now());
    if (newKey == nullptr) {
        if (contentOf(credential, saved) == encodeCard(saved))
            return saved;
        Credential tested = saved;
        tested.lastTest = credential.lastTest;
        if (contentOf(credential, saved) == encodeCard(tested))
            changed.updatedAt = saved.updatedAt; // a test is not an edit
    }
    ++changed.revision;
    const auto written = TRY(d->writeRecord(changed, entry, newKey));
    TRY(d->finishSave(std::move(transaction), changed.id, written));
    d->contents.credentials.put(changed);
    return changed;
}

Result<void> Vault::remove(const QUuid &id)
{
    auto transaction = TRY(d->beginSave());
    if (d->contents.entry(d->keys, id) == nullptr)
        return credentialNotFound(shortId(id));
    TRY(d->requireIntactList(id));
    TRY(d->tables.removeRecord(id));
    TRY(d->finishSave(std::move(transaction), id, std::nullopt));
    d->contents.credentials.remove(id);
    return {};
}

Result<SecretBytes> Vault::Private::openKey(const ManifestEntry &entry)
{
    const auto row = TRY(tables.key(entry.id, entry.keyRevision));
    SecretBytes buffer;
    const PartAddress address{vaultId, entry.id, entry.kind, RecordPart::PrivateKey, entry.keyRevision};
    const auto opened =
        row && tagOf(row->sealed) == entry.privateKey ? openPart(keys, address, row->sealed, buffer) : std::nullopt;
    if (!opened)
        return vaultDamaged(VaultText::tr("The private key of this credential is damaged or missing."));
    buffer.truncate(opened->size());
    return buffer;
}

Result<PrivateKey> Vault::privateKey(const QUuid &id) const
{
    TRY(d->refresh()); // another process may have replaced the key since
    const ManifestEntry *entry = d->contents.entry(d->keys, id);
    if (entry == nullptr || d->contents.credentials.byId(id) == nullptr)
        return credentialNotFound(shortId(id));
    const auto pkcs8 = TRY(d->openKey(*entry));
    return PrivateKey::fromPkcs8(pkcs8);
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
