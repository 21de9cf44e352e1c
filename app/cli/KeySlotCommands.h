// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `vault passwd`, `recovery-code`, `keyring`, `slots`: the ways to open a vault. `group` is `vault`.
void addKeySlotCommands(CLI::App &group, Command &selected);

} // namespace credenza::cli
