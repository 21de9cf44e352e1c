// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `identity generate|list|add|export|rm`: the age identities that the vault keeps.
void addIdentityCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
