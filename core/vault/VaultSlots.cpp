// SPDX-License-Identifier: Apache-2.0
#include "core/vault/KeySlot.h"
#include "core/vault/Keyring.h"
#include "core/vault/RecoveryCode.h"
#include "core/vault/VaultErrors.h"
#include "core/vault/VaultPrivate.h"

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QList<QUuid> idsOf(const QList<KeySlot> &slotList, const QString &kind)
{
    QList<QUuid> ids;
    for (const KeySlot &slot : slotList)
        if (slot.kind == kind)
            ids.append(slot.id);
    return ids;
}

/// What a person can still have when the machine and its keyring are gone.
bool isLasting(const KeySlot &slot)
{
    return slot.kind == passphraseSlotKind() || slot.kind == recoverySlotKind();
}

} // namespace

QString keyringEntryName(const QUuid &vaultId)
{
    return u"vault "_s + vaultId.toString(QUuid::WithoutBraces);
}

Result<QList<KeySlotInfo>> Vault::keySlots() const
{
    QList<KeySlotInfo> list;
    const auto locked = TRY(d->tables.readLocked());
    for (const KeySlot &slot : locked.slots) {
        KeySlotInfo info{slot.id, slot.kind, {}};
        if (slot.kind == passphraseSlotKind())
            if (const auto kdf = kdfOf(slot))
                info.kdf = *kdf;
        list.append(info);
    }
    return list;
}

Result<void> Vault::Private::replaceSlots(const QList<QUuid> &old, const std::optional<KeySlot> &slot,
                                          const QString &action)
{
    auto save = TRY(beginSave());
    const auto locked = TRY(tables.readLocked());
    const bool staysOpen = (slot && isLasting(*slot)) || std::ranges::any_of(locked.slots, [&old](const KeySlot &kept) {
                               return isLasting(kept) && !old.contains(kept.id);
                           });
    if (!staysOpen)
        return vaultLastSlot();
    for (const QUuid &id : old)
        TRY(tables.removeSlot(id));
    if (slot)
        TRY(tables.writeSlot(*slot));
    TRY(log(save, action, {}, {}, slot ? slot->kind : QString()));
    TRY(finishSave(std::move(save)));
    // So that the old slot is not still to be found in the log.
    database.emptyLog();
    info.keySlots.clear();
    const auto now = TRY(tables.readLocked());
    for (const KeySlot &kept : now.slots) {
        info.keySlots.append(kept.kind);
        if (kept.kind == passphraseSlotKind())
            info.kdf = TRY(kdfOf(kept));
    }
    return {};
}

Result<void> Vault::changePassphrase(const SecretBytes &passphrase, const KdfParameters &kdf)
{
    // Derived before the write lock is taken: others need not wait for it.
    const auto slot = TRY(makePassphraseSlot(d->vaultId, passphrase, kdf, d->keys.vaultKey(), d->random));
    const auto locked = TRY(d->tables.readLocked());
    return d->replaceSlots(idsOf(locked.slots, passphraseSlotKind()), slot, u"vault.passphrase-changed"_s);
}

Result<void> Vault::provePassphrase(const SecretBytes &passphrase) const
{
    const auto locked = TRY(d->tables.readLocked());
    auto outcome = Failure(vaultWrongPassphrase());
    for (const KeySlot &slot : locked.slots) {
        if (slot.kind != passphraseSlotKind())
            continue;
        if (const auto opened = openPassphraseSlot(slot, passphrase))
            return {};
        else
            outcome = Failure(opened.error());
    }
    return outcome;
}

Result<SecretBytes> Vault::makeRecoveryCode()
{
    SecretBytes secret(recoverySecretSize);
    d->random.fill(secret.bytes());
    const auto slot = makeSecretSlot(recoverySlotKind(), d->vaultId, secret, d->keys.vaultKey(), d->random);
    const auto locked = TRY(d->tables.readLocked());
    TRY(d->replaceSlots(idsOf(locked.slots, recoverySlotKind()), slot, u"vault.slot-added"_s));
    return recoveryCodeOf(secret);
}

Result<void> Vault::useKeyring(Keyring &keyring)
{
    SecretBytes secret(VaultKeys::keySize);
    d->random.fill(secret.bytes());
    const auto slot = makeSecretSlot(keyringSlotKind(), d->vaultId, secret, d->keys.vaultKey(), d->random);
    // The entry first: a slot that nothing opens would be of no use. Until the slot is there, the entry opens nothing.
    TRY(keyring.write(keyringEntryName(d->vaultId), secret));
    const auto stored = TRY(keyring.read(keyringEntryName(d->vaultId)));
    if (!stored || !stored->equalsConstantTime(secret))
        return vaultKeyringForgets();
    const auto locked = TRY(d->tables.readLocked());
    return d->replaceSlots(idsOf(locked.slots, keyringSlotKind()), slot, u"vault.slot-added"_s);
}

Result<void> Vault::leaveKeyring(Keyring &keyring)
{
    const auto locked = TRY(d->tables.readLocked());
    if (const auto old = idsOf(locked.slots, keyringSlotKind()); !old.isEmpty())
        TRY(d->replaceSlots(old, std::nullopt, u"vault.slot-removed"_s));
    return keyring.remove(keyringEntryName(d->vaultId));
}

Result<void> Vault::removeKeySlot(const QUuid &id)
{
    const auto locked = TRY(d->tables.readLocked());
    const bool isThere = std::ranges::any_of(locked.slots, [&id](const KeySlot &slot) { return slot.id == id; });
    if (!isThere)
        return vaultSlotNotFound(id.toString(QUuid::WithoutBraces));
    return d->replaceSlots({id}, std::nullopt, u"vault.slot-removed"_s);
}

} // namespace credenza
