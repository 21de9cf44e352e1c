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
    const auto ctrl = [](Qt::Key key) { return native(Qt::CTRL | key); };
    return {
        {ShortcutText::tr("Everywhere"),
         {{ctrl(Qt::Key_K), ShortcutText::tr("Find a credential or an action")},
          {native(Qt::CTRL | Qt::Key_1) + QStringLiteral(" … 5"), ShortcutText::tr("Go to a screen of the rail")},
          {ctrl(Qt::Key_Comma), ShortcutText::tr("Settings")},
          {ctrl(Qt::Key_O), ShortcutText::tr("Open a file")},
          {ctrl(Qt::Key_L), ShortcutText::tr("Lock the vault")},
          {native(Qt::Key_F6), ShortcutText::tr("Next pane")},
          {native(Qt::Key_F1), ShortcutText::tr("Help")},
          {ctrl(Qt::Key_Q), ShortcutText::tr("Quit")}}},
        {ShortcutText::tr("Authenticate"),
         {{ctrl(Qt::Key_N), ShortcutText::tr("Add a credential")},
          {ShortcutText::tr("Arrows, Home, End"), ShortcutText::tr("Move over the credentials")},
          {ShortcutText::tr("Enter or Space"), ShortcutText::tr("Select the credential")},
          {native(Qt::CTRL | Qt::Key_Space), ShortcutText::tr("Add it to those selected, or take it away")},
          {ctrl(Qt::Key_A), ShortcutText::tr("Select all that are shown")},
          {native(Qt::CTRL | Qt::Key_Return), ShortcutText::tr("Next")},
          {native(Qt::Key_F2), ShortcutText::tr("Edit")},
          {ctrl(Qt::Key_T), ShortcutText::tr("Test the connection, or stop the test")},
          {ctrl(Qt::Key_B), ShortcutText::tr("Browse with the credential")},
          {ctrl(Qt::Key_D), ShortcutText::tr("Duplicate")},
          {ctrl(Qt::Key_E), ShortcutText::tr("Export")},
          {native(Qt::Key_Delete), ShortcutText::tr("Delete")},
          {ctrl(Qt::Key_Z), ShortcutText::tr("Undo the deletion")},
          {ShortcutText::tr("Ctrl+F or /"), ShortcutText::tr("Filter")},
          {native(Qt::SHIFT | Qt::Key_F10), ShortcutText::tr("Menu of the credential")}}},
        {ShortcutText::tr("Browse"),
         {{ctrl(Qt::Key_F), ShortcutText::tr("Search the resource")},
          {QStringLiteral("/"), ShortcutText::tr("Filter the types, or the lines of a file")},
          {ShortcutText::tr("F3, Shift+F3"), ShortcutText::tr("Next match, previous match")},
          {ShortcutText::tr("Alt+Left, Alt+Right"), ShortcutText::tr("Back, forward")},
          {ctrl(Qt::Key_G), ShortcutText::tr("Go to a line")},
          {native(Qt::CTRL | Qt::SHIFT | Qt::Key_C), ShortcutText::tr("Copy the request as curl")}}},
        {ShortcutText::tr("Add and Edit Credential"),
         {{ctrl(Qt::Key_S), ShortcutText::tr("Save")},
          {ctrl(Qt::Key_T), ShortcutText::tr("Test the connection")},
          {native(Qt::Key_F1), ShortcutText::tr("Help for the field")},
          {native(Qt::CTRL | Qt::SHIFT | Qt::Key_C), ShortcutText::tr("Copy as curl")},
          {native(Qt::Key_Escape), ShortcutText::tr("Close; asks if something was changed")}}},
    };
}

} // namespace credenza
