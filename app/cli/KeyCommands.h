// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `key inspect|generate|show`.
void addKeyCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
