// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/DateRange.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QTimeZone>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

std::optional<DateRange> DateRange::parse(QStringView text)
{
    static const QRegularExpression form(
        u"\\A(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)?)?)?)?\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = [&match](int group, int otherwise) {
        return match.hasCaptured(group) ? match.capturedView(group).toInt() : otherwise;
    };
    const QDate date(number(1, 0), number(2, 1), number(3, 1));
    const QTime time(number(4, 0), number(5, 0), number(6, 0));
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    int offset = 0;
    if (const QStringView zone = match.capturedView(7); zone.size() == 6) {
        offset = zone.sliced(1, 2).toInt() * 3600 + zone.sliced(4, 2).toInt() * 60;
        offset = zone.front() == u'-' ? -offset : offset;
    }
    const QDateTime start = QDateTime(date, time, QTimeZone::utc()).addSecs(-offset);
    if (!match.hasCaptured(2))
        return DateRange{start, start.addYears(1)};
    if (!match.hasCaptured(3))
        return DateRange{start, start.addMonths(1)};
    if (!match.hasCaptured(4))
        return DateRange{start, start.addDays(1)};
    return DateRange{start, start.addSecs(match.hasCaptured(6) ? 1 : 60)};
}

std::optional<DateRange> DateRange::of(const QJsonValue &element)
{
    if (element.isString())
        return parse(element.toString());
    const QJsonObject period = element.toObject();
    const auto start = parse(period.value(u"start"_s).toString());
    if (!start)
        return std::nullopt;
    const auto end = parse(period.value(u"end"_s).toString());
    return DateRange{start->start, end ? end->end : QDateTime()};
}

std::optional<DateCriterion> DateCriterion::parse(QStringView text)
{
    DateCriterion criterion;
    if (text.size() > 2 && text.front().isLetter()) {
        const QStringView prefix = text.first(2);
        if (prefix == u"eq")
            criterion.comparison = DateComparison::Equal;
        else if (prefix == u"lt")
            criterion.comparison = DateComparison::Less;
        else if (prefix == u"le")
            criterion.comparison = DateComparison::LessOrEqual;
        else if (prefix == u"gt")
            criterion.comparison = DateComparison::Greater;
        else if (prefix == u"ge")
            criterion.comparison = DateComparison::GreaterOrEqual;
        else
            return std::nullopt;
        text = text.sliced(2);
    }
    const auto range = DateRange::parse(text);
    if (!range)
        return std::nullopt;
    criterion.range = *range;
    return criterion;
}

bool DateCriterion::matches(const DateRange &target) const
{
    const bool endless = target.end.isNull();
    switch (comparison) {
    case DateComparison::Equal:
        return target.start >= range.start && !endless && target.end <= range.end;
    case DateComparison::Less:
        return target.start < range.start;
    case DateComparison::LessOrEqual:
        return target.start < range.end;
    case DateComparison::Greater:
        return endless || target.end > range.end;
    case DateComparison::GreaterOrEqual:
        return endless || target.end > range.start;
    }
    return false;
}

} // namespace credenza::sandbox
