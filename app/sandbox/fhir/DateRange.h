// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QJsonValue>
#include <QStringView>

#include <optional>

namespace credenza::sandbox
{

/// The stretch of time that a FHIR date of any precision stands for: `start` ≤ t < `end`. A null end never ends.
struct DateRange {
    QDateTime start;
    QDateTime end;

    /// "2026", "2026-05", "2026-05-04", "2026-05-04T09:30Z", "2026-05-04T09:30:00+02:00"; without a zone it is UTC.
    [[nodiscard]] static std::optional<DateRange> parse(QStringView text);
    /// The same of a date element or of a Period.
    [[nodiscard]] static std::optional<DateRange> of(const QJsonValue &element);
};

/// The comparisons Epic knows (facts §4).
enum class DateComparison { Equal, Less, LessOrEqual, Greater, GreaterOrEqual };

/// A date as it is searched for: "ge2026-01-01".
struct DateCriterion {
    DateComparison comparison = DateComparison::Equal;
    DateRange range;

    /// Nothing if the prefix or the date is none.
    [[nodiscard]] static std::optional<DateCriterion> parse(QStringView text);
    /// As http://hl7.org/fhir/R4/search.html#date defines it.
    [[nodiscard]] bool matches(const DateRange &target) const;
};

} // namespace credenza::sandbox
