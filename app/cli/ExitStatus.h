// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Error.h"

namespace credenza::cli
{

/// What the process ends with; scripts rely on the numbers (cli.md).
enum class ExitStatus : int {
    Done = 0,
    Failed = 1,   ///< the operation failed: the server refused, a test did not pass, a file could not be written
    Invalid = 2,  ///< usage, or input that is not valid
    Locked = 3,   ///< no passphrase, or a wrong one
    NotFound = 4, ///< no such vault, credential or file
    Damaged = 5,  ///< stored data is damaged or was tampered with
    Conflict = 6, ///< changed elsewhere meanwhile, or the name is taken
    Interrupted = 130
};

[[nodiscard]] ExitStatus exitStatusOf(ErrorKind kind);

} // namespace credenza::cli
