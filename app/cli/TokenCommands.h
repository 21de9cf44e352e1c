// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `assertion NAME` and `token NAME`: the two commands whose purpose is to print a secret that lives for minutes.
void addTokenCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
