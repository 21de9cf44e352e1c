// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/lint/Rule.h"

namespace credenza::lint
{

/// What may not be written in code: each rule is a pattern, where it looks, and why.
[[nodiscard]] QList<Rule> codeRules();

} // namespace credenza::lint
