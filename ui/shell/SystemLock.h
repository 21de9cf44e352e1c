// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

class QDBusPendingCallWatcher;

namespace credenza
{

/// Says when the desktop locks its screen or the machine goes to sleep, as D-Bus tells it: the screen savers of the
/// desktops, and logind. Where there is no D-Bus it never says anything. It takes no inhibitor: a machine that sleeps
/// at once may do so before the answer to locked() is finished.
class SystemLock final : public QObject
{
    Q_OBJECT

public:
    explicit SystemLock(QObject *parent = nullptr);

Q_SIGNALS:
    /// The screen was locked, or the machine is about to sleep.
    void locked();

private Q_SLOTS:
    void heard(bool begins);

private:
    void watchSession(QDBusPendingCallWatcher *answer);
};

} // namespace credenza
