// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"

#include <QObject>

#include <list>

namespace credenza
{

/// Brings key material in, off the GUI thread: what was pasted, a file, or a fresh key pair. What comes in lives in
/// SecretBytes from the first moment; only an encrypted key, or one of several, is held on to, until its passphrase or
/// the choice was given.
class KeyIntake final : public QObject
{
    Q_OBJECT

public:
    using Inspected = std::shared_ptr<const KeyInspection>;

    explicit KeyIntake(QObject *parent = nullptr);

    /// Whether `key` is locked material that another try with a passphrase may open.
    [[nodiscard]] static bool needsPassphrase(const KeyInspection &key);

    /// Looks at `material`; inspected() answers. A later request supersedes this one.
    void inspect(SecretBytes material, const QString &origin);
    /// Reads a file of at most 10 MB and looks at it; inspected() or failed() answers.
    void inspectFile(const QString &path);
    /// Tries the encrypted key that was inspected last again. Without one, nothing happens.
    void tryPassphrase(SecretBytes passphrase);
    /// Takes one of several private keys in what was inspected last, by its kid or thumbprint. Without several, nothing
    /// happens.
    void choose(const QString &keyIdOrThumbprint);
    /// A fresh key pair; inspected() with the origin "generated", or failed() answers. Takes up to seconds.
    void generate(const KeySpecification &specification);
    /// Stops a generation and forgets what was asked; nothing answers any more.
    void cancel();
    /// The material that waits for a passphrase or a choice, and where it came from; null: none does.
    [[nodiscard]] std::shared_ptr<const SecretBytes> unread() const { return m_unread; }
    [[nodiscard]] QString unreadOrigin() const { return m_unreadOrigin; }
    /// Drops the material that waits for a passphrase or a choice.
    void forget();

    [[nodiscard]] bool isBusy() const { return m_busy; }
    [[nodiscard]] bool isGenerating() const { return m_busy && m_generating; }

Q_SIGNALS:
    void busyChanged();
    void inspected(const credenza::KeyIntake::Inspected &key, const QString &origin);
    void failed(const credenza::Error &error);

private:
    struct Answer {
        Inspected key;
        QString origin;
        std::shared_ptr<SecretBytes> unread; ///< the material, where a passphrase or a choice is missing
    };
    [[nodiscard]] static Answer answerOf(Inspected key, const QString &origin, std::shared_ptr<SecretBytes> material);
    void start(std::function<Result<Answer>(std::stop_token)> work, bool generating);
    void setBusy(bool busy);

    std::shared_ptr<SecretBytes> m_unread;
    QString m_unreadOrigin;
    quint64 m_serial = 0;
    bool m_busy = false;
    bool m_generating = false;
    std::list<BackgroundJob> m_jobs; // superseded ones run out here: joining them would hold the GUI thread up
};

} // namespace credenza
