// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <stop_token>

namespace credenza::cli
{

/// Whether a person sits in front of this process: standard input or standard error is a terminal.
[[nodiscard]] bool hasTerminal();

/// Asks on the controlling terminal (not on standard input, which may carry a key) for one line without echo. The
/// terminal's settings come back on every way out, also when `stop` is requested.
/// Errors: terminal.unavailable (Locked), terminal.closed (Locked), cancelled.
[[nodiscard]] Result<SecretBytes> askSecret(const QString &question, std::stop_token stop);

} // namespace credenza::cli
