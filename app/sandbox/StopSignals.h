// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace credenza::sandbox
{

/// Keeps SIGTERM, SIGINT and SIGHUP for waitForStop(), and lets a closed connection be an error instead of a SIGPIPE.
/// Call it before any thread starts, which all inherit it.
void holdStopSignals();

/// Waits until one of those signals comes or, if asked, until the process that started this one has ended.
void waitForStop(bool withParent);

} // namespace credenza::sandbox
