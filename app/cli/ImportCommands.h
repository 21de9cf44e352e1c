// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `import` and `bundle decrypt`.
void addImportCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
