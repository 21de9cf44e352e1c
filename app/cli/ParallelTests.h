// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/CommandContext.h"
#include "core/smart/ConnectionTest.h"

#include <cstddef>
#include <functional>

namespace credenza::cli
{

/// Connection tests to run, numbered from 0.
struct TestPlan {
    std::size_t count = 0;
    int jobs = 1; ///< how many at once
    bool correctsClock = false;
    /// Makes ready the test of that number, just before it starts. Called on the thread of runTests().
    std::function<Result<TestSubject>(std::size_t)> subject;
    /// Takes the answer, or the Error of `subject`. Called on the thread of runTests(), in the order of finishing.
    std::function<void(std::size_t, Result<TestReport>)> finished;
    /// Called on the thread of the test after every change of a step; may be empty.
    std::function<void(std::size_t, const TestReport &)> progress;
};

/// Runs the plan on threads that each have their own transport, and returns when all tests have ended. Once `stop` is
/// requested, those that run end at once and no more are started. Errors: cancelled.
[[nodiscard]] Result<void> runTests(const TestPlan &plan, CommandContext &context);

} // namespace credenza::cli
