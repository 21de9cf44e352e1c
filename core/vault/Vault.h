// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Clock.h"
#include "core/base/Random.h"
#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/credentials/Credential.h"
#include "core/keys/PrivateKey.h"
#include "core/vault/ActivityLog.h"

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

/// A credential in the trash, key and all.
struct TrashedCredential {
    Credential credential;
    QDateTime deletedAt;
    QString deletedBy; ///< "user@host"
};

/// What a credential was before a change. Its key is not part of it; revert() brings it back.
struct CredentialVersion {
    Credential credential; ///< with the revision it had
    QDateTime replacedAt;
    QString replacedBy;     ///< "user@host"
    bool hasOwnKey = false; ///< its key was another than the next version's
};

/// One of the ways to open a vault.
struct KeySlotInfo {
    QUuid id;
    QString kind;                     ///< "passphrase", "recovery", "keyring"; others are of newer versions
    std::optional<KdfParameters> kdf; ///< of a passphrase
};

/// What could be saved out of a damaged vault, and what not.
struct SalvageReport {
    int credentials = 0; ///< copied with all they had
    int trashed = 0;
    int others = 0;      ///< named values and entries of the activity log
    QStringList keyless; ///< names of credentials whose private key was lost
};

/// One of several changes that are saved together.
struct VaultChange {
    enum class Kind { Add, Update, Remove };
    Kind kind = Kind::Add;
    Credential credential;            ///< Update: with the saved revision; Remove: its id is enough
    std::span<const std::byte> pkcs8; ///< empty: no key (Add), the key stays (Update)
    QString logDetail{};              ///< beside the word "created" or "changed" in the activity log; never a secret
};

/// How a test of a credential ended.
struct VaultTest {
    Credential credential; ///< as it was tested, with the new `lastTest`
    /// Makes the new content of its sealed SealedKind::TestResults from the one before, if there is one.
    std::function<QByteArray(const std::optional<SecretBytes> &)> results;
};

/// Why something leaves the vault; the activity log says so of each credential.
struct KeyExport {
    QString action; ///< stable: "credential.exported"
    QString detail; ///< "kubernetes, in the open"; never a secret
};

/// Gets one credential and its private key (PKCS#8 DER; empty if it has none) after the other.
using KeyVisitor = std::function<Result<void>(const Credential &, const SecretBytes &)>;

class Keyring;
class VaultDatabase;

/// What else a vault keeps sealed, under names of its users' choosing.
enum class SealedKind : quint32 {
    Draft = 4,       ///< what was typed and not yet saved
    Setting = 5,     ///< anything that belongs to the vault rather than to the computer
    TestResults = 7, ///< the history of connection tests
    Identity = 8,    ///< what opens files that were encrypted for this vault (VaultIdentities.h)
};

/// Vault file of architecture.md and FORMAT.md: the only door to storage. Opened means unlocked: locking is destroying
/// it. All calls must come from the thread that opened it (its database connection belongs to it); calls block on the
/// disk.
///
/// Errors throughout: vault.not-found (NotFound), vault.exists (Conflict), vault.wrong-passphrase (Locked),
/// vault.not-a-vault (InvalidInput), vault.newer-format (InvalidInput), vault.damaged (Damaged), vault.busy (Failed),
/// vault.unwritable (Failed), vault.unreadable (Failed), vault.name-taken (Conflict), vault.changed-elsewhere
/// (Conflict), credential.not-found (NotFound).
class Vault
{
public:
    ~Vault();
    Vault(Vault &&) noexcept;
    Vault &operator=(Vault &&) noexcept;

    /// A new, empty vault at `path` (folders are made, mode 0700; file 0600). Refuses an existing path.
    [[nodiscard]] static Result<Vault> create(const QString &path, const QString &name, const SecretBytes &passphrase,
                                              const KdfParameters &kdf, const Clock &clock, RandomSource &random);
    /// Unlocks with the passphrase, or with the recovery code in its place. Takes the KDF's time. Cards are opened and
    /// checked against the manifest; keys are not. `clock` and `random` must outlive the vault.
    [[nodiscard]] static Result<Vault> open(const QString &path, const SecretBytes &passphrase, const Clock &clock,
                                            RandomSource &random);
    /// Unlocks with what the system's keyring has for this vault; blocks until it answers. Errors: vault.no-keyring
    /// (Locked: not set up, or the keyring is locked), those of Keyring::read().
    [[nodiscard]] static Result<Vault> openWithKeyring(const QString &path, Keyring &keyring, const Clock &clock,
                                                       RandomSource &random);
    /// Reads the header only; needs no passphrase.
    [[nodiscard]] static Result<VaultInfo> inspect(const QString &path);

    [[nodiscard]] VaultInfo info() const;
    /// What was found damaged on opening. What is intact stays usable.
    [[nodiscard]] const QList<VaultDamage> &damage() const;

    /// All credentials, in order of name.
    [[nodiscard]] QList<Credential> credentials() const;
    /// The same, one after the other: of 100 000 credentials a list takes some 200 MB.
    void eachCredential(const std::function<void(const Credential &)> &visit) const;
    /// Grows with each save, by whomever, that this vault has heard of: as long as it stays, credentials() stays.
    [[nodiscard]] quint64 saveCount() const;
    /// By name, or by id in text form. Errors: credential.not-found.
    [[nodiscard]] Result<Credential> find(const QString &nameOrId) const;

    /// Saves a new credential and its key (PKCS#8 DER). Gives it id, revision and times; returns it as saved.
    [[nodiscard]] Result<Credential> add(Credential credential, const SecretBytes &pkcs8);
    /// Saves a changed credential; its revision must be the saved one. `pkcs8` null: the key stays. Identical content
    /// is not written again. Returns it as saved.
    [[nodiscard]] Result<Credential> update(Credential credential, const SecretBytes *pkcs8 = nullptr);
    /// Saves several changes in one step: all of them, or none. Names must be free in the end state, one change after
    /// the other. Returns what was added and updated, as saved, in order.
    [[nodiscard]] Result<QList<Credential>> saveAll(const std::vector<VaultChange> &changes);
    /// Saves how tests ended, in one step. Returns the credentials as saved, without those that were changed or removed
    /// meanwhile, of which the tests say nothing.
    [[nodiscard]] Result<QList<Credential>> saveTests(const std::vector<VaultTest> &tests);
    /// As add() and update(), with the key of another credential, which keeps it.
    [[nodiscard]] Result<Credential> addWithKeyOf(Credential credential, const QUuid &owner);
    [[nodiscard]] Result<Credential> updateWithKeyOf(Credential credential, const QUuid &owner);
    /// A second credential like `id`, with the same key, under another name and untested. Returns it as saved.
    [[nodiscard]] Result<Credential> duplicate(const QUuid &id, const QString &name);
    /// Into the trash, from which restore() brings it back.
    [[nodiscard]] Result<void> remove(const QUuid &id);
    /// What is in the trash, what was put there last first.
    [[nodiscard]] QList<TrashedCredential> trash() const;
    /// Back from the trash, under another name if one is given. Returns it as saved.
    [[nodiscard]] Result<Credential> restore(const QUuid &id, const QString &name = {});
    /// Removes what is in the trash, or `only` that one, for good, with its earlier versions. Returns how many.
    [[nodiscard]] Result<int> emptyTrash(const std::optional<QUuid> &only = {});

    /// Earlier versions of a credential, the latest first; at most 20 are kept.
    [[nodiscard]] Result<QList<CredentialVersion>> versions(const QUuid &id) const;
    /// Makes the content, and the key, of an earlier version the present one; the present becomes a version. Returns it
    /// as saved. Errors: vault.version-not-found (NotFound).
    [[nodiscard]] Result<Credential> revert(const QUuid &id, int revision);

    /// A sealed value by its name; nothing if there is none. Not held in memory: opened now. Names are sealed as well.
    [[nodiscard]] Result<std::optional<SecretBytes>> sealedItem(SealedKind kind, const QString &name) const;
    /// Saves a value under a name, in place of the one before.
    [[nodiscard]] Result<void> putSealedItem(SealedKind kind, const QString &name, std::span<const std::byte> value);
    /// False if there is none.
    [[nodiscard]] Result<bool> removeSealedItem(SealedKind kind, const QString &name);
    /// Opens all of a kind, which takes time in proportion.
    [[nodiscard]] Result<QStringList> sealedItemNames(SealedKind kind) const;

    /// The ways to open this vault.
    [[nodiscard]] Result<QList<KeySlotInfo>> keySlots() const;
    /// Another passphrase, or another cost, in place of the one before: writes one slot, whatever the vault's size.
    /// Copies of the vault made before still open with the old one. Takes the KDF's time.
    [[nodiscard]] Result<void> changePassphrase(const SecretBytes &passphrase, const KdfParameters &kdf);
    /// Whether the passphrase is the present one. Takes the KDF's time. Errors: vault.wrong-passphrase.
    [[nodiscard]] Result<void> provePassphrase(const SecretBytes &passphrase) const;
    /// A new recovery code, to be shown once and printed; the one before opens nothing any more.
    [[nodiscard]] Result<SecretBytes> makeRecoveryCode();
    /// Lets the system's keyring open this vault. Errors: those of Keyring; vault.keyring-forgets (Failed).
    [[nodiscard]] Result<void> useKeyring(Keyring &keyring);
    [[nodiscard]] Result<void> leaveKeyring(Keyring &keyring);
    /// Errors: vault.slot-not-found (NotFound); vault.last-slot (Conflict): a vault must keep a passphrase or a
    /// recovery code.
    [[nodiscard]] Result<void> removeKeySlot(const QUuid &id);

    /// Copies all that can still be read into `target`, a new and empty vault. Nothing is skipped because something
    /// else is damaged.
    [[nodiscard]] Result<SalvageReport> salvageInto(Vault &target) const;

    /// Appends to the activity log. Saving, deleting, restoring and testing do so themselves. `action` is a stable
    /// word, "token.issued"; `detail` never holds a secret.
    [[nodiscard]] Result<void> logActivity(const QString &action, const QUuid &credentialId = {},
                                           const QString &detail = {});
    [[nodiscard]] quint64 activityCount() const;
    /// Entries from `first` on, in order, at most `most` of them (negative: all).
    [[nodiscard]] Result<QList<ActivityEntry>> activity(quint64 first = 1, qint64 most = -1) const;
    /// Opens the whole log and checks its chain; empty: nothing was changed, removed or added.
    [[nodiscard]] Result<QList<VaultDamage>> verifyActivity() const;

    /// The key, opened for use; drop it soon.
    [[nodiscard]] Result<PrivateKey> privateKey(const QUuid &id) const;
    /// The one way by which private keys leave the vault as bytes: each is opened, handed to `visit`, and wiped. Not
    /// for signing, for which there is privateKey(). Logged first. Ends with the first failure of `visit`.
    [[nodiscard]] Result<void> exportPrivateKeys(const QList<QUuid> &ids, const KeyExport &purpose,
                                                 const KeyVisitor &visit);
    /// Says in the activity log of each of these, in one step, that it left the vault without its private key.
    [[nodiscard]] Result<void> logExport(const QList<QUuid> &ids, const KeyExport &purpose);
    /// Picks up what other processes saved meanwhile. True if anything changed.
    [[nodiscard]] Result<bool> refresh();
    /// Opens every card and key, compares all with the manifest, and every page of the file with its checksum.
    [[nodiscard]] Result<VaultCheck> check() const;
    /// Takes this state of the vault as the current one, after damage() named "vault.rolled-back" and the person knows
    /// why (a backup was restored). Without it that stays reported each time.
    void acceptRollback();

private:
    class Private;
    [[nodiscard]] static Result<Vault> openedBy(SecretBytes vaultKey, const QUuid &vaultId, VaultDatabase database,
                                                const Clock &clock, RandomSource &random);
    explicit Vault(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// The name of a credential's sealed SealedKind::TestResults.
[[nodiscard]] QString testResultsNameOf(const QUuid &credentialId);

/// The name of a vault's entry in the system's keyring.
[[nodiscard]] QString keyringEntryName(const QUuid &vaultId);

/// `$CREDENZA_VAULT`, else `$XDG_DATA_HOME/credenza/default.credenza` (cli.md).
[[nodiscard]] QString defaultVaultPath();

} // namespace credenza
