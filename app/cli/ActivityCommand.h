// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `activity`: the log of what happened.
void addActivityCommand(CLI::App &app, Command &selected);

} // namespace credenza::cli
