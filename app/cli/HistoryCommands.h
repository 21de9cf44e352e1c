// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `trash`, `versions` and `revert`.
void addHistoryCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
