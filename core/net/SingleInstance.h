// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QLocalServer>
#include <QObject>

namespace credenza
{

/// One window a vault and person: the first start listens on a local socket that only its owner may use; a later one
/// hands over what it was asked to open, and ends.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// `vaultPath` need not exist.
    explicit SingleInstance(const QString &vaultPath, QObject *parent = nullptr);

    /// Hands `file` (may be empty) to the instance that has this vault open; false if there is none. Waits a second at
    /// most.
    [[nodiscard]] bool handOver(const QString &file);
    /// Listens for later starts. A socket left by one that crashed is taken over.
    /// Errors: instance.unavailable (Failed); the application works without, but a second window may open.
    Result<void> listen();

Q_SIGNALS:
    /// Somebody started Credenza again: come to the front, and open `file` unless it is empty.
    void activated(const QString &file);

private:
    void receive();

    QString m_name;
    QLocalServer m_server;
};

} // namespace credenza
