// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/vault/Vault.h"

#include <QByteArray>
#include <QUuid>

#include <chrono>
#include <optional>

namespace credenza
{

/// One way to the vault key: the key wrapped by something a person or a machine holds. `parameters` mean what `kind`
/// says; slots of kinds this version does not know are left alone.
struct KeySlot {
    QUuid id;
    QUuid vaultId;
    QString kind;
    QByteArray parameters;
    QByteArray sealedKey;

    /// Over all members: tells damage from a wrong passphrase before anything can be decrypted.
    [[nodiscard]] QByteArray checksum() const;
};

/// The kind of slot a passphrase opens.
[[nodiscard]] QString passphraseSlotKind();

/// Wraps `vaultKey` by the passphrase, with a fresh salt. Takes the KDF's time and memory.
/// Errors: vault.passphrase-empty, vault.kdf-unsupported (both InvalidInput), vault.kdf-memory (Failed).
[[nodiscard]] Result<KeySlot> makePassphraseSlot(const QUuid &vaultId, const SecretBytes &passphrase,
                                                 const KdfParameters &kdf, const SecretBytes &vaultKey,
                                                 RandomSource &random);

/// The vault key. Takes the KDF's time and memory.
/// Errors: vault.wrong-passphrase (Locked), vault.damaged (parameters that were never written), vault.kdf-memory.
[[nodiscard]] Result<SecretBytes> openPassphraseSlot(const KeySlot &slot, const SecretBytes &passphrase);

/// The kinds of slot that a recovery code, and a secret in the system's keyring, open.
[[nodiscard]] QString recoverySlotKind();
[[nodiscard]] QString keyringSlotKind();

/// Wraps `vaultKey` by a random secret that needs no slow derivation: that of a recovery code, or of the keyring.
[[nodiscard]] KeySlot makeSecretSlot(const QString &kind, const QUuid &vaultId, const SecretBytes &secret,
                                     const SecretBytes &vaultKey, RandomSource &random);
/// The vault key; nothing if the secret is another's.
[[nodiscard]] std::optional<SecretBytes> openSecretSlot(const KeySlot &slot, const SecretBytes &secret);

/// The cost that takes about `target` on this machine: three passes over as much memory as that allows, from 64 MiB to
/// 1 GiB and no more than a quarter of the machine's. Takes a few tenths of a second.
[[nodiscard]] KdfParameters calibratedKdf(std::chrono::milliseconds target = std::chrono::seconds(1));

/// The cost a passphrase slot was made with. Errors: vault.damaged.
[[nodiscard]] Result<KdfParameters> kdfOf(const KeySlot &slot);

} // namespace credenza
