// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `add`, `list`, `show`, `edit`, `rm`. None of them ever prints a private key.
void addCredentialCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
