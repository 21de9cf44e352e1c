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
/// SecretBytes from the first moment; only an encrypted key is held on to, until its passphrase was given.
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
    /// A fresh key pair; inspected() with the origin "generated", or failed() answers. Takes up to seconds.
    void generate(const KeySpecification &specification);
    /// Stops a generation and forgets what was asked; nothing answers any more.
    void cancel();
    /// Drops the encrypted key that waits for its passphrase.
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
        std::shared_ptr<SecretBytes> encrypted; ///< the material, where a passphrase is missing
    };
    void start(std::function<Result<Answer>(std::stop_token)> work, bool generating);
    void setBusy(bool busy);

    std::shared_ptr<SecretBytes> m_encrypted;
    QString m_encryptedOrigin;
    quint64 m_serial = 0;
    bool m_busy = false;
    bool m_generating = false;
    std::list<BackgroundJob> m_jobs; // superseded ones run out here: joining them would hold the GUI thread up
};

} // namespace credenza
