// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace credenza
{

/// Says when another program may have saved into a vault: its file or SQLite's log beside it was written. Asks for
/// nothing while nothing happens; a slow look around stands in where the system does not tell (network drives).
class VaultWatch final : public QObject
{
    Q_OBJECT

public:
    explicit VaultWatch(const QString &vaultPath, QObject *parent = nullptr);

Q_SIGNALS:
    /// Look again. May come after one's own saves, too.
    void touched();

private:
    void follow();

    QString m_path;
    QFileSystemWatcher m_watcher;
    QTimer m_pause;  // several writes in a row are one
    QTimer m_rounds; // for what the watcher does not hear of
};

} // namespace credenza
