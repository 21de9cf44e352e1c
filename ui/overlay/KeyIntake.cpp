// SPDX-License-Identifier: Apache-2.0
#include "ui/overlay/KeyIntake.h"

#include "core/base/File.h"

#include <QFileInfo>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr qint64 maxKeyFileBytes = 10 * 1024 * 1024;

KeyIntake::Inspected inspectionOf(ImportedKey generated)
{
    auto inspection = std::make_shared<KeyInspection>();
    const PublicKey publicKey = generated.key.publicKey();
    inspection->kind = KeyMaterialKind::PrivateKey;
    inspection->format = u"PKCS#8"_s;
    inspection->keyType = nameOf(publicKey.type());
    inspection->bits = publicKey.bits();
    inspection->curve = publicKey.curve();
    inspection->thumbprint = publicKey.thumbprint();
    inspection->publicKey = publicKey;
    inspection->imported = std::move(generated);
    return inspection;
}

} // namespace

KeyIntake::KeyIntake(QObject *parent) : QObject(parent) {}

bool KeyIntake::needsPassphrase(const KeyInspection &key)
{
    const KeyFinding *flaw = key.firstError();
    return !key.isUsable() && flaw && (flaw->code == u"key.needs-passphrase" || flaw->code == u"key.wrong-passphrase");
}

void KeyIntake::inspect(SecretBytes material, const QString &origin)
{
    forget();
    start(
        [material = std::make_shared<SecretBytes>(std::move(material)), origin](std::stop_token) -> Result<Answer> {
            auto key = std::make_shared<KeyInspection>(inspectKey(*material));
            return answerOf(std::move(key), origin, material);
        },
        false);
}

void KeyIntake::inspectFile(const QString &path)
{
    forget();
    start(
        [path](std::stop_token) -> Result<Answer> {
            auto material = std::make_shared<SecretBytes>(TRY(readSecretFile(path, maxKeyFileBytes)));
            auto key = std::make_shared<KeyInspection>(inspectKey(*material));
            return answerOf(std::move(key), u"file:"_s + QFileInfo(path).fileName(), material);
        },
        false);
}

void KeyIntake::tryPassphrase(SecretBytes passphrase)
{
    if (!m_unread)
        return;
    start(
        [material = m_unread, origin = m_unreadOrigin,
         secret = std::make_shared<SecretBytes>(std::move(passphrase))](std::stop_token) -> Result<Answer> {
            auto key = std::make_shared<KeyInspection>(inspectKey(*material, *secret));
            return answerOf(std::move(key), origin, material);
        },
        false);
}

void KeyIntake::choose(const QString &keyIdOrThumbprint)
{
    if (!m_unread)
        return;
    start(
        [material = m_unread, origin = m_unreadOrigin, keyIdOrThumbprint](std::stop_token) -> Result<Answer> {
            auto key = std::make_shared<KeyInspection>(inspectKey(*material, {}, keyIdOrThumbprint));
            return answerOf(std::move(key), origin, material);
        },
        false);
}

KeyIntake::Answer KeyIntake::answerOf(Inspected key, const QString &origin, std::shared_ptr<SecretBytes> material)
{
    const bool isUnread = needsPassphrase(*key) || !key->offers.isEmpty();
    return {std::move(key), origin, isUnread ? std::move(material) : nullptr};
}

void KeyIntake::generate(const KeySpecification &specification)
{
    forget();
    start(
        [specification](std::stop_token stop) -> Result<Answer> {
            return Answer{inspectionOf(TRY(generateKey(specification, std::move(stop)))), u"generated"_s, nullptr};
        },
        true);
}

void KeyIntake::start(std::function<Result<Answer>(std::stop_token)> work, bool generating)
{
    cancel();
    m_generating = generating;
    setBusy(true);
    m_jobs.push_back(runInBackground<Answer>(this, std::move(work), [this, serial = m_serial](Result<Answer> answer) {
        if (serial != m_serial)
            return;
        setBusy(false);
        if (!answer) {
            Q_EMIT failed(answer.error());
            return;
        }
        m_unread = std::move(answer->unread);
        m_unreadOrigin = answer->origin;
        Q_EMIT inspected(answer->key, answer->origin);
    }));
}

void KeyIntake::cancel()
{
    m_serial++;
    m_jobs.remove_if([](const BackgroundJob &job) { return !job.isRunning(); });
    for (BackgroundJob &job : m_jobs)
        job.cancel();
    setBusy(false);
}

void KeyIntake::forget()
{
    m_unread.reset();
}

void KeyIntake::setBusy(bool busy)
{
    if (m_busy == busy)
        return;
    m_busy = busy;
    Q_EMIT busyChanged();
}

} // namespace credenza
