// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TestReport.h"

namespace credenza::cli
{

/// How a report is put for people.
struct TestReportStyle {
    bool hasColour = false;
    bool hasExchanges = false; ///< also what was sent and what came back, redacted
};

/// One line a step, each with its state as a mark and a word, then the likely causes of a failure.
[[nodiscard]] QString textOf(const TestReport &report, TestReportStyle style);

/// What the test is doing now: the title of the running step.
[[nodiscard]] QString runningStepOf(const TestReport &report);

} // namespace credenza::cli
