// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `test NAME… | --all | --from FILE`.
void addTestCommand(CLI::App &app, Command &selected);

} // namespace credenza::cli
