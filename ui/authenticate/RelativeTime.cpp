// SPDX-License-Identifier: Apache-2.0
#include "ui/authenticate/RelativeTime.h"

#include <QCoreApplication>
#include <QLocale>

namespace credenza
{

namespace
{

struct RelativeTimeText {
    Q_DECLARE_TR_FUNCTIONS(RelativeTimeText)
};

} // namespace

QString relativeTime(const QDateTime &at, const QDateTime &now)
{
    const qint64 seconds = at.secsTo(now);
    if (seconds < 60)
        return RelativeTimeText::tr("just now");
    if (seconds < 3600)
        return RelativeTimeText::tr("%1 min ago").arg(seconds / 60);
    const qint64 days = at.toTimeZone(now.timeZone()).date().daysTo(now.date());
    if (days == 0 || seconds < 6 * 3600)
        return RelativeTimeText::tr("%1 h ago").arg(seconds / 3600);
    if (days == 1)
        return RelativeTimeText::tr("yesterday");
    if (days < 31)
        return RelativeTimeText::tr("%1 d ago").arg(days);
    return QLocale().toString(at.toTimeZone(now.timeZone()).date(), QLocale::ShortFormat);
}

QString compactRelativeTime(const QDateTime &at, const QDateTime &now)
{
    const QString text = relativeTime(at, now);
    return text == RelativeTimeText::tr("yesterday") ? RelativeTimeText::tr("%1 d ago").arg(1) : text;
}

QString spokenRelativeTime(const QDateTime &at, const QDateTime &now)
{
    const qint64 seconds = at.secsTo(now);
    if (seconds >= 60 && seconds < 3600) {
        const qint64 minutes = seconds / 60;
        return minutes == 1 ? RelativeTimeText::tr("1 minute ago")
                            : RelativeTimeText::tr("%1 minutes ago").arg(minutes);
    }
    const qint64 days = at.toTimeZone(now.timeZone()).date().daysTo(now.date());
    if (seconds >= 3600 && (days == 0 || seconds < 6 * 3600)) {
        const qint64 hours = seconds / 3600;
        return hours == 1 ? RelativeTimeText::tr("1 hour ago") : RelativeTimeText::tr("%1 hours ago").arg(hours);
    }
    if (seconds >= 3600 && days > 1 && days < 31)
        return RelativeTimeText::tr("%1 days ago").arg(days);
    return relativeTime(at, now);
}

QString durationText(double milliseconds)
{
    const QLocale locale;
    if (milliseconds < 1000)
        return RelativeTimeText::tr("%1 ms").arg(locale.toString(milliseconds, 'f', 0));
    return RelativeTimeText::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 2));
}

} // namespace credenza
