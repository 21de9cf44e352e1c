// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/LocalizedText.h"

#include <QFile>

namespace credenza
{

using namespace Qt::StringLiterals;

QString localizedText(const QString &folder, const QString &name, const QLocale &locale)
{
    const QString language = locale.name().section(u'_', 0, 0);
    const QString own = u"%1/%2/%3"_s.arg(folder, language, name);
    return QFile::exists(own) ? own : u"%1/%2"_s.arg(folder, name);
}

} // namespace credenza
