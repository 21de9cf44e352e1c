// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/RunningJobs.h"
#include "ui/activity/ActivityPage.h"
#include "ui/session/VaultSession.h"
#include "ui/shell/MainWindow.h"

#include <QObject>

namespace credenza
{

/// Wires the Activity screen: reads the log when the screen comes to the front, checks its chain, exports it.
class ActivityWiring final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the wiring.
    ActivityWiring(const Theme &theme, MainWindow &window, VaultSession &session);

    /// The screen came to the front.
    void show();

private:
    void reload(bool takesFocus);
    void verify();
    void exportLog(const QString &suggestedName, const QByteArray &contents);

    MainWindow &m_window;
    VaultSession &m_session;
    ActivityPage *m_page;
    RunningJobs m_saving; // last: it ends before what it touches
};

} // namespace credenza
