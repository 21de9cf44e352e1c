// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `vault backup`, `restore`, `backups`, `salvage`. `group` is `vault`.
void addBackupCommands(CLI::App &group, Command &selected);

} // namespace credenza::cli
