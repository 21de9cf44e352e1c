// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLocale>

namespace credenza
{

/// The resource `folder`/`name` in the language of `locale` (in a sub-folder named after it: `de`), or the English one
/// where there is no such file.
[[nodiscard]] QString localizedText(const QString &folder, const QString &name, const QLocale &locale = QLocale());

} // namespace credenza
