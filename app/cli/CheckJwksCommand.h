// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `key check-jwks NAME|--url URL`, below `group`.
void addCheckJwksCommand(CLI::App &group, Command &selected);

} // namespace credenza::cli
