// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/UsageTimes.h"

#include <QSettings>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QString keyOf(const QUuid &id)
{
    return u"used/"_s + id.toString(QUuid::WithoutBraces);
}

} // namespace

void UsageTimes::reload()
{
    m_times.clear();
    m_settings.beginGroup(u"used"_s);
    for (const QString &key : m_settings.childKeys())
        m_times.insert(QUuid(key), QDateTime::fromSecsSinceEpoch(m_settings.value(key).toLongLong(), Qt::UTC));
    m_settings.endGroup();
}

void UsageTimes::touch(const QUuid &id, const QDateTime &now)
{
    m_settings.setValue(keyOf(id), now.toSecsSinceEpoch());
}

void UsageTimes::forget(const QUuid &id)
{
    m_settings.remove(keyOf(id));
    m_times.remove(id);
}

} // namespace credenza
