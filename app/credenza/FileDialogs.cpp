// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/FileDialogs.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace credenza
{

using namespace Qt::StringLiterals;

bool hasFileChooserPortal(const QStringList &dataFolders)
{
    return std::ranges::any_of(dataFolders, [](const QString &folder) {
        const QDir portals(folder + u"/xdg-desktop-portal/portals"_s);
        return std::ranges::any_of(portals.entryList({u"*.portal"_s}, QDir::Files), [&](const QString &name) {
            QFile portal(portals.filePath(name));
            return portal.open(QIODevice::ReadOnly) &&
                   portal.read(64 * 1024).contains("org.freedesktop.impl.portal.FileChooser");
        });
    });
}

void preferPortalFileDialogs()
{
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORMTHEME") || !qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    const QString folders = qEnvironmentVariable("XDG_DATA_DIRS", u"/usr/local/share:/usr/share"_s);
    if (hasFileChooserPortal(folders.split(u':', Qt::SkipEmptyParts)))
        qputenv("QT_QPA_PLATFORMTHEME", "xdgdesktopportal");
}

} // namespace credenza
