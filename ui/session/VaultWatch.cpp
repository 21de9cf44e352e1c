// SPDX-License-Identifier: Apache-2.0
#include "ui/session/VaultWatch.h"

#include <QFileInfo>

namespace credenza
{

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

VaultWatch::VaultWatch(const QString &vaultPath, QObject *parent) : QObject(parent), m_path(vaultPath)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(100ms);
    m_rounds.setTimerType(Qt::VeryCoarseTimer);
    m_rounds.setInterval(10s);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, [this] {
        if (!m_pause.isActive())
            m_pause.start();
    });
    connect(&m_pause, &QTimer::timeout, this, [this] {
        follow();
        Q_EMIT touched();
    });
    connect(&m_rounds, &QTimer::timeout, this, [this] {
        follow();
        Q_EMIT touched();
    });
    m_rounds.start();
    follow();
}

void VaultWatch::follow()
{
    // A file that was replaced (a restored backup), or a log that was only now begun, is not followed by itself.
    const QStringList followed = m_watcher.files();
    for (const QString &path : {m_path, m_path + u"-wal"_s})
        if (!followed.contains(path) && QFileInfo::exists(path))
            m_watcher.addPath(path);
}

} // namespace credenza
