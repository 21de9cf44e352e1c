// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `file stat` and `file get`: local NDJSON, Bundles and resources of any size. No vault is needed.
void addFileCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
