// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/lint/Rule.h"

namespace credenza::lint
{

/// Who may include whom: `app → ui → core`, the rooms of core in their order, and which libraries stay out of which.
[[nodiscard]] QList<Rule> includeRules();

} // namespace credenza::lint
