// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace credenza
{

/// A key and what it does.
struct Shortcut {
    QString keys; ///< as shown: "Ctrl+K", "Arrows, Home, End"
    QString deed;
};

/// Keys that belong together.
struct ShortcutGroup {
    QString title;
    QList<Shortcut> shortcuts;
};

/// Every key of the application, for Settings, Keyboard.
[[nodiscard]] QList<ShortcutGroup> shortcutGroups();

} // namespace credenza
