// SPDX-License-Identifier: Apache-2.0
#include "core/credentials/KeyExpiry.h"

#include <QCoreApplication>

namespace credenza
{

namespace
{

struct KeyExpiryWords {
    Q_DECLARE_TR_FUNCTIONS(KeyExpiry)
};

} // namespace

QString keyExpiryText(const QDateTime &expiresAt)
{
    return expiresAt.isValid() ? expiresAt.toUTC().date().toString(Qt::ISODate) : QString();
}

std::optional<QDateTime> keyExpiryFrom(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (const QDate date = QDate::fromString(trimmed, Qt::ISODate); date.isValid())
        return date.startOfDay(Qt::UTC);
    if (const QDateTime time = QDateTime::fromString(trimmed, Qt::ISODate); time.isValid())
        return time.toUTC();
    return std::nullopt;
}

std::optional<int> daysToKeyExpiry(const QDateTime &expiresAt, const QDateTime &now)
{
    if (!expiresAt.isValid())
        return std::nullopt;
    return static_cast<int>(now.toUTC().date().daysTo(expiresAt.toUTC().date()));
}

QString keyExpirySentence(int days)
{
    if (days == 0)
        return KeyExpiryWords::tr("Key expires today");
    return days > 0 ? KeyExpiryWords::tr("Key expires in %n day(s)", nullptr, days)
                    : KeyExpiryWords::tr("Key expired %n day(s) ago", nullptr, -days);
}

} // namespace credenza
