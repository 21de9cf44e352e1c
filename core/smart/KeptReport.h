// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/TestReport.h"

namespace credenza
{

/// A report as it is kept with the credential, to be looked at again: every step, fact and cause; of requests and answers
/// where they went and their status, and the whole, with short bodies, where the test failed. Holds nothing secret, as
/// the report itself. A few kilobytes.
[[nodiscard]] QJsonObject keptForm(const TestReport &report);

/// The report that keptForm() kept; nothing if it is none.
[[nodiscard]] std::optional<TestReport> reportFromKept(const QJsonObject &kept);

} // namespace credenza
