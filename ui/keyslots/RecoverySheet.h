// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <QDate>
#include <QString>

namespace credenza
{

/// What is printed of a recovery code: the code in large groups, which vault it opens, and how.
struct RecoverySheetText {
    QString vaultName;
    QString vaultPath;
    QDate madeOn;
};

/// Writes a page (A4, PDF) with the code into `path`, mode 0600; an existing file is replaced.
/// Errors: file.unwritable (Failed).
[[nodiscard]] Result<void> writeRecoverySheet(const QString &path, const SecretBytes &code,
                                              const RecoverySheetText &text);

} // namespace credenza
