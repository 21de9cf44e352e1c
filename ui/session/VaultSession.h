// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/base/WorkerThread.h"
#include "core/credentials/Credential.h"
#include "core/credentials/CredentialDraft.h"
#include "core/keys/Certificate.h"
#include "core/net/HttpTransport.h"
#include "core/smart/ConnectionTest.h"
#include "core/smart/CredentialTokens.h"
#include "core/smart/Diagnosis.h"
#include "core/smart/EndpointDirectory.h"
#include "core/smart/JwkSetCheck.h"
#include "core/smart/RetryUntilAccepted.h"
#include "core/vault/Vault.h"
#include "ui/session/VaultWatch.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>

namespace credenza
{

/// Makes a transport on the thread that calls it: each connection test has its own.
using TransportFactory = std::function<std::unique_ptr<HttpTransport>()>;

/// All it takes to talk to a saved credential's server from a thread of one's own. Valid while the session lives; a key
/// can be opened only while the vault is unlocked.
struct ServerAccess {
    Credential credential;
    KeyOpener openKey;
    TransportFactory makeTransport;
    const Clock &clock;
    RandomSource &random;
    bool correctsClock = false;
    NetworkSettings network{}; ///< where the credential says nothing else
};

/// How often a connection test is made.
enum class TestWay : std::uint8_t {
    Once,
    UntilAccepted ///< again and again with growing pauses, while a server may not have heard of client or key yet
};

/// The application's one conversation with the vault and with servers, for every screen. Lives on the GUI thread and
/// never blocks it: the vault lives on a worker thread, each connection test on a thread of its own. Screens read
/// credentials() and listen to the signals; every request answers through its `done`, on the GUI thread, unless its
/// context was destroyed meanwhile.
class VaultSession : public QObject
{
    Q_OBJECT
public:
    enum class State { NoVault, Locked, Unlocking, Unlocked };
    using Done = std::function<void(Result<void>)>;

    /// `clock` and `random` must outlive the session.
    VaultSession(QString vaultPath, const Clock &clock, RandomSource &random, TransportFactory makeTransport,
                 QObject *parent = nullptr);
    ~VaultSession() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString vaultPath() const { return m_vaultPath; }
    [[nodiscard]] QString vaultName() const { return m_vaultName; }
    /// In order of name; empty unless unlocked.
    [[nodiscard]] const QList<Credential> &credentials() const { return m_credentials; }
    [[nodiscard]] const Credential *credential(const QUuid &id) const;
    /// What was found damaged on unlocking; empty if nothing.
    [[nodiscard]] const QList<VaultDamage> &damage() const { return m_damage; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

    /// Another vault file, existing or not. Locks first.
    void setVaultPath(const QString &path);
    /// The cost of the passphrase slot of vaults made from now on.
    void setKdfParameters(const KdfParameters &kdf) { m_kdf = kdf; }
    void createVault(QObject *context, const QString &name, SecretBytes passphrase, Done done);
    void unlock(QObject *context, SecretBytes passphrase, Done done);
    /// With what the system's keyring has for this vault, if setKeyring() gave one.
    void unlockWithKeyring(QObject *context, Done done);
    /// The keyring that may open vaults; its calls are made on the vault's thread. None at first.
    void setKeyring(std::shared_ptr<Keyring> keyring);
    [[nodiscard]] const std::shared_ptr<Keyring> &keyring() const { return m_keyring; }
    /// What the vault's header says of the ways to open it; known soon after a vault was named or locked.
    [[nodiscard]] bool opensByKeyring() const;
    [[nodiscard]] bool opensByRecoveryCode() const;
    /// Puts a backup of the vault in its place. A sound one, that is: else nothing happens. Locks, and stays locked:
    /// the backup opens with what opened it on its day. Answers with where the vault went that was there.
    void restoreBackup(QObject *context, const QString &backup, std::function<void(Result<QString>)> done);
    /// Ends running tests and leaves no key material in the process. An unlocking under way ends as cancelled.
    void lock();

    /// Saves a valid draft: new if `existing` is null, else as the next revision of that credential. `test`: how a test
    /// of this very draft ended, kept with the credential; without it an edited credential keeps its last result.
    /// `base`: what the draft was made from; if another program saved something else since, nothing is written
    /// (vault.changed-elsewhere, Conflict).
    void save(QObject *context, const CredentialDraft &draft, const QUuid &existing,
              std::function<void(Result<Credential>)> done, std::optional<TestSummary> test = {},
              std::optional<Credential> base = {});
    /// A copy of a saved credential with the same key under the next free name ("Northlake, copy").
    void duplicate(QObject *context, const QUuid &id, std::function<void(Result<Credential>)> done);
    void remove(QObject *context, const QUuid &id, Done done);
    /// A self-signed certificate of the draft's key, or of the saved credential's where the draft brings none: the form
    /// in which some portals take public keys.
    void issueCertificate(QObject *context, const CredentialDraft &draft, const QUuid &existing,
                          std::function<void(Result<Certificate>)> done);

    /// Runs `work` with the open vault on its thread. When `done` is called, credentials() shows what it changed.
    /// Errors: those of `work`, vault.locked.
    template <typename T>
    void withVault(QObject *context, std::function<Result<T>(Vault &)> work, std::function<void(Result<T>)> done)
    {
        struct Answer {
            T value;
            News news;
        };
        m_worker.run<Answer>(
            this,
            [cell = m_vault, shown = m_shownSaves, work = std::move(work)]() -> Result<Answer> {
                Vault *vault = TRY(openVault(cell));
                T value = TRY(work(*vault));
                return Answer{std::move(value), newsOf(*vault, *shown)};
            },
            [this, session = m_session, guard = QPointer<QObject>(context),
             done = std::move(done)](Result<Answer> answer) {
                if (answer && answer->news && session == m_session)
                    takeChanges(*std::move(answer->news));
                if (!guard)
                    return;
                if (answer)
                    done(std::move(answer->value));
                else
                    done(Failure(std::move(answer).error()));
            });
    }

    /// Fetches the draft's JWK Set URL as a server does and looks for the draft's key in it.
    [[nodiscard]] BackgroundJob checkJwkSet(QObject *context, const CredentialDraft &draft,
                                            std::function<void(Result<JwkSetCheck>)> done);
    /// Fetches a vendor's public list of endpoints and keeps it in the file `keepAt`.
    [[nodiscard]] BackgroundJob fetchEndpoints(QObject *context, const QUrl &url, const QString &keepAt,
                                               std::function<void(Result<EndpointDirectory>)> done);

    /// For browsing with a saved credential; nothing if there is none of that id.
    [[nodiscard]] std::optional<ServerAccess> serverAccess(const QUuid &id);

    /// Tests a saved credential; progress and result come as testProgressed() and testFinished() with its id, and the
    /// summary is kept with the credential.
    void testSaved(const QUuid &id) { testSavedAs(id, TestWay::Once); }
    void testSavedAs(const QUuid &id, TestWay way);
    /// Tests a draft. `existing`: the saved credential whose key signs if the draft brings none. Signals carry `token`;
    /// nothing is saved.
    void testDraft(const QUuid &token, const CredentialDraft &draft, const QUuid &existing,
                   TestWay way = TestWay::Once);
    /// From now on assertions are signed by the server's clock where this machine's is off by more than five seconds.
    /// How servers are reached where a credential says nothing else; from the next request on.
    void setNetworkDefaults(NetworkSettings defaults) { m_networkDefaults = std::move(defaults); }
    void setCorrectsClock(bool corrects) { m_correctsClock = corrects; }
    [[nodiscard]] bool correctsClock() const { return m_correctsClock; }
    /// Stops a running test at once; testFinished() still comes.
    void cancelTest(const QUuid &idOrToken);
    [[nodiscard]] bool isTesting(const QUuid &idOrToken) const;

Q_SIGNALS:
    /// The last moment at which a request still reaches the open vault.
    void aboutToLock();
    void stateChanged();
    void waysToUnlockChanged();
    void credentialsChanged();
    void testProgressed(const QUuid &idOrToken, const credenza::TestReport &report);
    /// Between two tries of a test that is repeated until it is accepted.
    void testWaiting(const QUuid &idOrToken, const credenza::TestReport &lastTry, const credenza::RetryWait &wait);
    void testFinished(const QUuid &idOrToken, const credenza::TestReport &report);
    /// Something the session does on its own account failed: a test result could not be kept, a backup not made.
    void problemFound(const credenza::Error &error);

private:
    struct RunningTest;
    struct Opened;
    struct Saved;
    using VaultCell = std::shared_ptr<std::optional<Vault>>;

    /// The open vault, or why there is none: a request that was queued before the vault was locked comes here late.
    [[nodiscard]] static Result<Vault *> openVault(const VaultCell &cell);
    /// All credentials, unless nothing was saved since they were last given out.
    using News = std::optional<QList<Credential>>;
    [[nodiscard]] static News newsOf(const Vault &vault, quint64 &shownSaves);
    /// setCredentials() if anything differs.
    void takeChanges(QList<Credential> credentials);
    void setState(State state);
    [[nodiscard]] QString copyName(const QString &name) const;
    void setCredentials(QList<Credential> credentials);
    void readHeader();
    void inspectHeader();
    void endTests();
    void watch();
    /// Picks up what other programs saved meanwhile.
    void refresh();
    void putBack(const QPointer<QObject> &context, const QString &backup, std::function<void(Result<QString>)> done);
    void open(QObject *context, std::function<Result<Vault>()> work, Done done);
    void testWithKeyOf(const QUuid &token, TestSubject subject, const QUuid &keyOwner, const QUuid &savedId,
                       TestWay way);
    void startTest(const QUuid &token, TestSubject subject);
    void finishTest(const QUuid &token, const TestReport &report);
    void keepTestResult(const QUuid &savedId, const TestReport &report);
    [[nodiscard]] DiagnosisContext diagnosisContext(const TestSubject &subject, const QUuid &savedId) const;

    QString m_vaultPath;
    QString m_vaultName;
    const Clock &m_clock;
    RandomSource &m_random;
    TransportFactory m_makeTransport;
    State m_state = State::NoVault;
    QList<Credential> m_credentials;
    QList<VaultDamage> m_damage;
    KdfParameters m_kdf;
    QStringList m_slotKinds;
    std::shared_ptr<Keyring> m_keyring;
    std::unique_ptr<VaultWatch> m_watch; ///< while unlocked
    QString m_refreshFailure;            ///< code of what was told already
    bool m_isRefreshing = false;
    bool m_correctsClock = false;
    NetworkSettings m_networkDefaults;
    quint64 m_session = 0;  // counts lockings: answers of an earlier session are dropped
    quint64 m_testsRun = 0; // tells a test from an earlier one of the same credential
    VaultCell m_vault;      // its inside is touched on m_worker only
    std::shared_ptr<quint64> m_shownSaves = std::make_shared<quint64>(0); ///< Vault::saveCount(), likewise
    std::map<QUuid, std::unique_ptr<RunningTest>> m_tests;
    QList<Credential> m_passedDrafts; ///< since the vault was opened; URL, client ID, thumbprint and when
    WorkerThread m_worker;            // last: runs what is queued before anything it uses goes
};

} // namespace credenza
