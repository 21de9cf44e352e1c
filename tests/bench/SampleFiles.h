// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza::test
{

/// Writes what the sandbox's generator makes, resources of all types as of a bulk export: one a line until `bytes` are
/// reached. False if it can't be written.
[[nodiscard]] bool writeSampleLines(const QString &path, qint64 bytes);
/// The same as one Bundle.
[[nodiscard]] bool writeSampleBundle(const QString &path, qint64 bytes);

} // namespace credenza::test
