// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza
{

/// Puts `text` on the clipboard and asks clipboard managers not to keep it in their histories: what this application
/// copies is cleared after a while, and should not live on there.
void copyToClipboard(const QString &text);

} // namespace credenza
