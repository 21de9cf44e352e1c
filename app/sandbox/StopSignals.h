// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace credenza::sandbox
{

/// Waits for the end that somebody asks for. Make it first thing in main(), before any thread starts and before anyone
/// is told that the process is there: from then on no signal and no death of the parent is missed.
class StopSignals
{
public:
    /// Holds SIGTERM, SIGINT and SIGHUP for wait(), and lets a closed connection be an error instead of a SIGPIPE.
    StopSignals();
    ~StopSignals();
    Q_DISABLE_COPY_MOVE(StopSignals)

    /// Returns when one of those signals comes or, if asked, when the process that started this one has ended.
    void wait(bool withParent) const;

private:
    int m_signals = -1;
    int m_parent = -1; ///< -1 where the system can't watch it
};

} // namespace credenza::sandbox
