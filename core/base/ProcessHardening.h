// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace credenza
{

/// First thing in every main(): initialises libsodium, turns core dumps off and forbids other processes of the same
/// user to read this one's memory (where the system has that). Errors: hardening.failed.
[[nodiscard]] Result<void> hardenProcess();

} // namespace credenza
