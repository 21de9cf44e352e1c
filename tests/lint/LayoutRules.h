// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/lint/Rule.h"

namespace credenza::lint
{

/// The longest a file may be; most are below half of it.
inline constexpr qsizetype maximumLines = 600;

/// Number of lines of a file as `wc -l` counts them.
[[nodiscard]] qsizetype lineCount(const File &file);

/// How files look and where they stand: sizes, first lines, names, top level.
[[nodiscard]] QList<Rule> layoutRules();

} // namespace credenza::lint
