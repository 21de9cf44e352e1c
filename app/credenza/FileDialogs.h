// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace credenza
{

/// Whether a portal backend in one of the data folders offers a file chooser (xdg-desktop-portal(5)).
[[nodiscard]] bool hasFileChooserPortal(const QStringList &dataFolders);

/// Lets Qt ask the desktop's portal for its file dialogs, where there is one: they are the desktop's own then, and know
/// its bookmarks and remote places. Call it before the QApplication is made. A theme that the person or a test has
/// chosen (QT_QPA_PLATFORMTHEME) stays; without a portal or Qt's plugin for it, Qt's own dialogs stay.
void preferPortalFileDialogs();

} // namespace credenza
