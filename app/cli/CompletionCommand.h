// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `completion bash|zsh|fish`: a script made from the commands and options of `app` itself.
void addCompletionCommand(CLI::App &app, Command &selected);

} // namespace credenza::cli
