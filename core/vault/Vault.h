// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/credentials/Credential.h"
#include "core/keys/PrivateKey.h"

#include <QList>
#include <QString>
#include <QUuid>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace credenza
{

/// The cost of turning the passphrase into a key (Argon2id, RFC 9106).
struct KdfParameters {
    int memoryMiB = 256;
    int passes = 3;
};

/// What can be said of a vault file without opening it.
struct VaultInfo {
    QString path;
    int formatVersion = 0;
    QUuid vaultId;
    QString name;
    KdfParameters kdf;
    QStringList keySlots; ///< kinds: "passphrase", …
    qint64 recordCount = 0;
};

/// One thing that is wrong with a vault.
struct VaultDamage {
    QString code;    ///< stable: "record.tampered", "record.missing", "record.unexpected", "manifest.damaged", …
    QString subject; ///< record id, slot, or table
    QString message;
};

/// The result of a full check.
struct VaultCheck {
    qint64 recordsChecked = 0;
    QList<VaultDamage> damage; ///< empty: all is well
};

/// One of several changes that are saved together.
struct VaultChange {
    enum class Kind { Add, Update, Remove };
    Kind kind = Kind::Add;
    Credential credential;            ///< Update: with the saved revision; Remove: its id is enough
    std::span<const std::byte> pkcs8; ///< empty: no key (Add), the key stays (Update)
};

/// Why private keys leave the vault; the activity log says so of each of them.
struct KeyExport {
    QString action; ///< stable: "credential.exported"
    QString detail; ///< "kubernetes, in the open"; never a secret
};

/// Gets one credential and its private key (PKCS#8 DER; empty if it has none) after the other.
using KeyVisitor = std::function<Result<void>(const Credential &, const SecretBytes &)>;

/// Vault file of architecture.md and FORMAT.md: the only door to storage. Opened means unlocked: locking is destroying
/// it. All calls must come from the thread that opened it (its database connection belongs to it); calls block on the
/// disk.
///
/// Errors throughout: vault.not-found (NotFound), vault.exists (Conflict), vault.wrong-passphrase (Locked),
/// vault.not-a-vault (InvalidInput), vault.newer-format (InvalidInput), vault.damaged (Damaged), vault.busy (Failed),
/// vault.unwritable (Failed), vault.name-taken (Conflict), vault.changed-elsewhere (Conflict),
/// credential.not-found (NotFound).
class Vault
{
public:
    ~Vault();
    Vault(Vault &&) noexcept;
    Vault &operator=(Vault &&) noexcept;

    /// A new, empty vault at `path` (folders are made, mode 0700; file 0600). Refuses an existing path.
    [[nodiscard]] static Result<Vault> create(const QString &path, const QString &name, const SecretBytes &passphrase,
                                              const KdfParameters &kdf, const Clock &clock, RandomSource &random);
    /// Unlocks with the passphrase. Takes the KDF's time. Cards are opened and checked against the manifest; keys are
    /// not. `clock` and `random` must outlive the vault.
    [[nodiscard]] static Result<Vault> open(const QString &path, const SecretBytes &passphrase, const Clock &clock,
                                            RandomSource &random);
    /// Reads the header only; needs no passphrase.
    [[nodiscard]] static Result<VaultInfo> inspect(const QString &path);

    [[nodiscard]] VaultInfo info() const;
    /// What was found damaged on opening. What is intact stays usable.
    [[nodiscard]] const QList<VaultDamage> &damage() const;

    /// All credentials, in order of name.
    [[nodiscard]] QList<Credential> credentials() const;
    /// By name, or by id in text form. Errors: credential.not-found.
    [[nodiscard]] Result<Credential> find(const QString &nameOrId) const;

    /// Saves a new credential and its key (PKCS#8 DER). Gives it id, revision and times; returns it as saved.
    [[nodiscard]] Result<Credential> add(Credential credential, const SecretBytes &pkcs8);
    /// Saves a changed credential; its revision must be the saved one. `pkcs8` null: the key stays. Identical content
    /// is not written again. Returns it as saved.
    [[nodiscard]] Result<Credential> update(Credential credential, const SecretBytes *pkcs8 = nullptr);
    /// A second credential like `id`, with the same key, under another name and untested. Returns it as saved.
    [[nodiscard]] Result<Credential> duplicate(const QUuid &id, const QString &name);
    /// As add() and update(), with the key of another credential, which keeps it.
    [[nodiscard]] Result<Credential> addWithKeyOf(Credential credential, const QUuid &owner);
    [[nodiscard]] Result<Credential> updateWithKeyOf(Credential credential, const QUuid &owner);
    [[nodiscard]] Result<void> remove(const QUuid &id);
    /// The key, opened for use; drop it soon.
    [[nodiscard]] Result<PrivateKey> privateKey(const QUuid &id) const;
    /// The one way by which private keys leave the vault as bytes: each is opened, handed to `visit`, and wiped. Not
    /// for signing, for which there is privateKey(). Ends with the first failure of `visit`.
    [[nodiscard]] Result<void> exportPrivateKeys(const QList<QUuid> &ids, const KeyExport &purpose,
                                                 const KeyVisitor &visit);
    /// Saves several changes in one step: all of them, or none. Names must be free in the end state, one change after
    /// the other. Returns what was added and updated, as saved, in order.
    [[nodiscard]] Result<QList<Credential>> saveAll(const std::vector<VaultChange> &changes);
    /// Picks up what other processes saved meanwhile. True if anything changed.
    [[nodiscard]] Result<bool> refresh();
    /// Opens every card and key and compares all with the manifest.
    [[nodiscard]] Result<VaultCheck> check() const;
    /// Takes this state of the vault as the current one, after damage() named "vault.rolled-back" and the person knows
    /// why (a backup was restored). Without it that stays reported each time.
    void acceptRollback();

private:
    class Private;
    explicit Vault(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// `$CREDENZA_VAULT`, else `$XDG_DATA_HOME/credenza/default.credenza` (cli.md).
[[nodiscard]] QString defaultVaultPath();

} // namespace credenza
