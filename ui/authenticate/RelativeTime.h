// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace credenza
{

/// How long ago `at` was, as people say it: "just now", "3 min ago", "2 h ago", "yesterday", "6 d ago", else the date.
/// `now` decides; days are counted in its time zone. A time in the future (a clock was set) reads "just now".
[[nodiscard]] QString relativeTime(const QDateTime &at, const QDateTime &now);

/// The same in the least room: "1 d ago" for "yesterday".
[[nodiscard]] QString compactRelativeTime(const QDateTime &at, const QDateTime &now);

/// The same spelled out for assistive technology: "3 minutes ago".
[[nodiscard]] QString spokenRelativeTime(const QDateTime &at, const QDateTime &now);

/// A duration as the tiles show it: "840 ms" below a second, else "1.42 s".
[[nodiscard]] QString durationText(double milliseconds);

} // namespace credenza
