// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `vault create|info|check`.
void addVaultCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
