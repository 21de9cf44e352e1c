// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"

namespace credenza::cli
{

/// `fhir get NAME PATH`: reads or searches with a saved credential.
void addFhirCommands(CLI::App &app, Command &selected);

} // namespace credenza::cli
