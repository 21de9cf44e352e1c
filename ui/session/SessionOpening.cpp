// SPDX-License-Identifier: Apache-2.0
// How a session comes to an open vault and leaves it again.
#include "core/vault/KeySlot.h"
#include "core/vault/Keyring.h"
#include "core/vault/VaultBackup.h"
#include "ui/session/VaultSession.h"

#include <QFileInfo>
#include <QLoggingCategory>

#include <algorithm>

namespace credenza
{

namespace
{

Q_LOGGING_CATEGORY(logSession, "credenza.session", QtWarningMsg)

} // namespace

/// What unlocking brings to the GUI thread.
struct VaultSession::Opened {
    QString name;
    QList<Credential> credentials;
    QList<VaultDamage> damage;
    std::optional<Error> noBackup; ///< why the backup that was due was not made
};

void VaultSession::setKeyring(std::shared_ptr<Keyring> keyring)
{
    m_keyring = std::move(keyring);
}

void VaultSession::readHeader()
{
    const QFileInfo file(m_vaultPath);
    m_vaultName = file.completeBaseName();
    m_state = file.exists() ? State::Locked : State::NoVault;
    m_slotKinds.clear();
    if (file.exists())
        inspectHeader();
}

void VaultSession::inspectHeader()
{
    // A file that is no vault keeps its file name here; unlocking it says what is wrong with it.
    m_worker.run<VaultInfo>(
        this, [path = m_vaultPath] { return Vault::inspect(path); },
        [this, path = m_vaultPath](Result<VaultInfo> info) {
            if (!info || path != m_vaultPath)
                return;
            if (info->keySlots != m_slotKinds) {
                m_slotKinds = info->keySlots;
                Q_EMIT waysToUnlockChanged();
            }
            if (info->name.isEmpty() || info->name == m_vaultName)
                return;
            m_vaultName = info->name;
            Q_EMIT stateChanged();
        });
}

bool VaultSession::opensByKeyring() const
{
    return m_keyring && m_slotKinds.contains(keyringSlotKind());
}

bool VaultSession::opensByRecoveryCode() const
{
    return m_slotKinds.contains(recoverySlotKind());
}

void VaultSession::setVaultPath(const QString &path)
{
    lock();
    m_vaultPath = path;
    readHeader();
    Q_EMIT stateChanged();
}

void VaultSession::createVault(QObject *context, const QString &name, SecretBytes passphrase, Done done)
{
    open(
        context,
        [path = m_vaultPath, name, secret = std::make_shared<SecretBytes>(std::move(passphrase)), kdf = m_kdf,
         &clock = m_clock, &random = m_random] { return Vault::create(path, name, *secret, kdf, clock, random); },
        std::move(done));
}

void VaultSession::unlock(QObject *context, SecretBytes passphrase, Done done)
{
    open(
        context,
        [path = m_vaultPath, secret = std::make_shared<SecretBytes>(std::move(passphrase)), &clock = m_clock,
         &random = m_random] { return Vault::open(path, *secret, clock, random); },
        std::move(done));
}

void VaultSession::unlockWithKeyring(QObject *context, Done done)
{
    if (!m_keyring)
        return;
    open(
        context,
        [path = m_vaultPath, keyring = m_keyring, &clock = m_clock, &random = m_random] {
            return Vault::openWithKeyring(path, *keyring, clock, random);
        },
        std::move(done));
}

void VaultSession::open(QObject *context, std::function<Result<Vault>()> work, Done done)
{
    lock();
    setState(State::Unlocking);
    m_worker.run<Opened>(
        this,
        [cell = m_vault, shown = m_shownSaves, work = std::move(work), &clock = m_clock]() -> Result<Opened> {
            cell->emplace(TRY(work()));
            *shown = (*cell)->saveCount();
            Opened opened{(*cell)->info().name, (*cell)->credentials(), (*cell)->damage(), {}};
            // What was saved up to the last time; a vault is not kept closed because its backup failed.
            if (const auto backup = backUpIfDue(**cell, clock); !backup) {
                qCWarning(logSession) << "no backup:" << backup.error().code;
                opened.noBackup = backup.error();
                opened.noBackup->message = tr("No backup was made: %1").arg(opened.noBackup->message);
            }
            return opened;
        },
        [this, session = m_session, guard = QPointer<QObject>(context), done = std::move(done)](Result<Opened> result) {
            if (session != m_session) {
                if (guard)
                    done(cancelled()); // locked meanwhile; the vault was closed by that
                return;
            }
            if (!result) {
                setState(QFileInfo::exists(m_vaultPath) ? State::Locked : State::NoVault);
                if (guard)
                    done(Failure(std::move(result).error()));
                return;
            }
            m_vaultName = result->name;
            m_damage = result->damage;
            m_credentials = std::move(result->credentials);
            watch();
            setState(State::Unlocked);
            Q_EMIT credentialsChanged();
            const auto noBackup = std::move(result->noBackup);
            if (guard)
                done({});
            if (noBackup)
                Q_EMIT problemFound(*noBackup);
        });
}

void VaultSession::watch()
{
    m_refreshFailure.clear();
    m_isRefreshing = false;
    m_watch = std::make_unique<VaultWatch>(m_vaultPath);
    connect(m_watch.get(), &VaultWatch::touched, this, &VaultSession::refresh);
}

void VaultSession::refresh()
{
    if (m_state != State::Unlocked || m_isRefreshing)
        return;
    m_isRefreshing = true;
    m_worker.run<News>(
        this,
        [cell = m_vault, shown = m_shownSaves]() -> Result<News> {
            Vault *vault = TRY(openVault(cell));
            TRY(vault->refresh()); // which something else may have done before, on its way
            return newsOf(*vault, *shown);
        },
        [this, session = m_session](Result<News> changes) {
            if (session != m_session)
                return;
            m_isRefreshing = false;
            if (changes) {
                m_refreshFailure.clear();
                if (*changes)
                    takeChanges(**std::move(changes));
            } else if (std::exchange(m_refreshFailure, changes.error().code) != changes.error().code) {
                Q_EMIT problemFound(changes.error()); // once, not at every look
            }
        });
}

void VaultSession::restoreBackup(QObject *context, const QString &backup, std::function<void(Result<QString>)> done)
{
    m_worker.run<bool>(
        this,
        [backup]() -> Result<bool> {
            TRY(checkBackup(backup));
            return true;
        },
        [this, guard = QPointer<QObject>(context), backup, done = std::move(done)](const Result<bool> &isSound) {
            if (isSound)
                putBack(guard, backup, done);
            else if (guard)
                done(Failure(isSound.error()));
        });
}

void VaultSession::putBack(const QPointer<QObject> &context, const QString &backup,
                           std::function<void(Result<QString>)> done)
{
    lock(); // the vault's thread closes it before it does the next thing
    m_worker.run<QString>(
        this, [path = m_vaultPath, backup, &clock = m_clock] { return restoreVault(path, backup, clock); },
        [this, context, done = std::move(done)](Result<QString> aside) {
            inspectHeader(); // it may have other ways to unlock
            if (context)
                done(std::move(aside));
        });
}

void VaultSession::lock()
{
    if (m_state == State::Unlocked)
        Q_EMIT aboutToLock();
    m_session++;
    m_watch.reset();
    endTests();
    m_worker.post([vault = m_vault] { vault->reset(); });
    m_damage.clear();
    if (m_state == State::Unlocking || m_state == State::Unlocked) {
        setState(QFileInfo::exists(m_vaultPath) ? State::Locked : State::NoVault);
        if (m_state == State::Locked)
            inspectHeader(); // slots may have come or gone
    }
    if (!m_credentials.isEmpty())
        setCredentials({});
}

} // namespace credenza
