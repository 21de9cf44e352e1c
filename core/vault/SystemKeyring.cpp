// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SystemKeyring.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <chrono>
#include <memory>
#include <qt6keychain/keychain.h>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct KeyringText {
    Q_DECLARE_TR_FUNCTIONS(KeyringText)
};

// A locked keyring asks the person for its password, which takes them a while.
constexpr std::chrono::minutes longestWait{2};

QString serviceName()
{
    return u"credenza"_s;
}

/// Runs a job to its end; false if the keyring did not answer. The loop is that of a thread that waits for nothing
/// else.
template <typename Job> bool finish(std::unique_ptr<Job> &job)
{
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    QEventLoop loop;
    bool isFinished = false;
    QObject::connect(job.get(), &QKeychain::Job::finished, &loop, [&loop, &isFinished] {
        isFinished = true;
        loop.quit();
    });
    QTimer::singleShot(longestWait, &loop, &QEventLoop::quit);
    job->start();
    loop.exec();
    if (!isFinished) {
        // The service may still call back: the job must be there then, and goes by itself.
        job->setAutoDelete(true);
        job.release();
    }
    return isFinished;
}

Failure noAnswer()
{
    return fail(ErrorKind::Failed, u"keyring.unavailable"_s, KeyringText::tr("The system's keyring does not answer."),
                KeyringText::tr("Unlock the vault with the passphrase."));
}

Failure failureOf(const QKeychain::Job &job)
{
    const bool isRefused = job.error() == QKeychain::AccessDenied || job.error() == QKeychain::AccessDeniedByUser;
    if (isRefused)
        return fail(ErrorKind::Failed, u"keyring.refused"_s, KeyringText::tr("The system's keyring gave no access."),
                    KeyringText::tr("Unlock it, or unlock the vault with the passphrase."));
    return fail(ErrorKind::Failed, u"keyring.unavailable"_s,
                KeyringText::tr("The system's keyring can't be used: %1").arg(job.errorString()),
                KeyringText::tr("Unlock the vault with the passphrase. A keyring needs a desktop session with a Secret "
                                "Service, such as GNOME Keyring or KWallet."));
}

} // namespace

Result<std::optional<SecretBytes>> SystemKeyring::read(const QString &name)
{
    auto job = std::make_unique<QKeychain::ReadPasswordJob>(serviceName());
    job->setKey(name);
    if (!finish(job))
        return noAnswer();
    if (job->error() == QKeychain::EntryNotFound)
        return std::optional<SecretBytes>();
    if (job->error() != QKeychain::NoError)
        return failureOf(*job);
    // Text, because not every keyring keeps bytes.
    QByteArray text = job->binaryData();
    QByteArray bytes = QByteArray::fromBase64(text);
    wipe(text);
    return std::optional(SecretBytes::takeFrom(bytes));
}

Result<void> SystemKeyring::write(const QString &name, const SecretBytes &secret)
{
    auto job = std::make_unique<QKeychain::WritePasswordJob>(serviceName());
    job->setKey(name);
    QByteArray text = secret.charView().toByteArray().toBase64();
    job->setBinaryData(text);
    const bool isFinished = finish(job);
    wipe(text);
    if (!isFinished)
        return noAnswer();
    if (job->error() != QKeychain::NoError)
        return failureOf(*job);
    return {};
}

Result<void> SystemKeyring::remove(const QString &name)
{
    auto job = std::make_unique<QKeychain::DeletePasswordJob>(serviceName());
    job->setKey(name);
    if (!finish(job))
        return noAnswer();
    if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound)
        return failureOf(*job);
    return {};
}

} // namespace credenza
