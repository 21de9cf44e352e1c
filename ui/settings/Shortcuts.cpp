// SPDX-License-Identifier: Apache-2.0
#include "ui/settings/Shortcuts.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct ShortcutText {
    Q_DECLARE_TR_FUNCTIONS(ShortcutText)
};

QString native(const QKeySequence &keys)
{
    return keys.toString(QKeySequence::NativeText);
}

} // namespace

QList<ShortcutGroup> shortcutGroups()
{
    using Text = ShortcutText;
    const auto ctrl = [](Qt::Key key) { return native(Qt::CTRL | key); };
    return {
        {Text::tr("Everywhere"),
         {{ctrl(Qt::Key_K), Text::tr("Find a credential or an action")},
          {native(Qt::CTRL | Qt::Key_1) + QStringLiteral(" … 5"), Text::tr("Go to a screen of the rail")},
          {ctrl(Qt::Key_Comma), Text::tr("Settings")},
          {ctrl(Qt::Key_O), Text::tr("Open a file")},
          {ctrl(Qt::Key_L), Text::tr("Lock the vault")},
          {native(Qt::Key_F6), Text::tr("Next pane")},
          {native(Qt::Key_F1), Text::tr("Help")},
          {ctrl(Qt::Key_Q), Text::tr("Quit")}}},
        {Text::tr("Authenticate"),
         {{ctrl(Qt::Key_N), Text::tr("Add a credential")},
          {Text::tr("Arrows, Home, End"), Text::tr("Move over the credentials")},
          {Text::tr("Enter or Space"), Text::tr("Select the credential")},
          {native(Qt::CTRL | Qt::Key_Space), Text::tr("Add it to those selected, or take it away")},
          {ctrl(Qt::Key_A), Text::tr("Select all that are shown")},
          {native(Qt::CTRL | Qt::Key_Return), Text::tr("Next")},
          {native(Qt::Key_F2), Text::tr("Edit")},
          {ctrl(Qt::Key_T), Text::tr("Test the connection, or stop the test")},
          {ctrl(Qt::Key_B), Text::tr("Browse with the credential")},
          {ctrl(Qt::Key_D), Text::tr("Duplicate")},
          {ctrl(Qt::Key_E), Text::tr("Export")},
          {native(Qt::Key_Delete), Text::tr("Delete")},
          {ctrl(Qt::Key_Z), Text::tr("Undo the deletion")},
          {Text::tr("Ctrl+F or /"), Text::tr("Filter")},
          {native(Qt::SHIFT | Qt::Key_F10), Text::tr("Menu of the credential")}}},
        {Text::tr("Browse"),
         {{ctrl(Qt::Key_F), Text::tr("Search the resource")},
          {QStringLiteral("/"), Text::tr("Filter the types, or the lines of a file")},
          {Text::tr("F3, Shift+F3"), Text::tr("Next match, previous match")},
          {Text::tr("Alt+Left, Alt+Right"), Text::tr("Back, forward")},
          {ctrl(Qt::Key_G), Text::tr("Go to a line")},
          {native(Qt::CTRL | Qt::SHIFT | Qt::Key_C), Text::tr("Copy the request as curl")}}},
        {Text::tr("Add and Edit Credential"),
         {{ctrl(Qt::Key_S), Text::tr("Save")},
          {ctrl(Qt::Key_T), Text::tr("Test the connection")},
          {native(Qt::Key_F1), Text::tr("Help for the field")},
          {native(Qt::CTRL | Qt::SHIFT | Qt::Key_C), Text::tr("Copy as curl")},
          {native(Qt::Key_Escape), Text::tr("Close; asks if something was changed")}}},
    };
}

} // namespace credenza
