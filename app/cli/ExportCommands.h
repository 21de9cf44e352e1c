// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `export` and `jwks`.
void addExportCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
