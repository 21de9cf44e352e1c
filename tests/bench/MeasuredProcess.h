// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

#include <vector>

namespace credenza::bench
{

/// What one run of a program took, from its start to its end.
struct ProcessCost {
    double milliseconds = 0;
    double peakMiB = 0;
    bool succeeded = false;
};

/// Runs `command` (found in PATH) with `input` as its standard input and nowhere as its output.
[[nodiscard]] ProcessCost measureProcess(const QStringList &command, const QByteArray &input);

[[nodiscard]] double medianOf(std::vector<double> values);

} // namespace credenza::bench
