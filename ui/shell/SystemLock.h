// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace credenza
{

/// Says when the desktop locks its screen or the machine goes to sleep, as D-Bus tells it: the screen savers of the
/// desktops, and logind. Where there is no D-Bus it never says anything.
class SystemLock final : public QObject
{
    Q_OBJECT

public:
    explicit SystemLock(QObject *parent = nullptr);

Q_SIGNALS:
    /// The screen was locked, or the machine is about to sleep.
    void locked();
};

} // namespace credenza
