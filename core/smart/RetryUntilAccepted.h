// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/smart/ConnectionTest.h"

namespace credenza
{

/// How long and how often a server is asked again that may not have heard of a client or key yet.
struct RetrySchedule {
    std::chrono::seconds first{30};    ///< before the second try; doubled for each further one
    std::chrono::seconds longest{600}; ///< between two tries
    std::chrono::seconds giveUpAfter{};
    /// Before the try of that number, counted from 2.
    [[nodiscard]] std::chrono::seconds delayBefore(int attempt) const;
};

/// As long as the slowest known sync takes (facts §2.4, §2.5): an hour in Epic's sandbox, twice 12 hours elsewhere, with
/// something to spare.
[[nodiscard]] RetrySchedule retryScheduleFor(const QString &fhirBaseUrl);

/// Whether the same request may pass later without anything being changed here: the client is refused, the API not
/// granted yet, or the server in trouble.
[[nodiscard]] bool mayBeAcceptedLater(const TestReport &report);

/// Where the repeated test stands between two tries.
struct RetryWait {
    int tries = 0; ///< so far
    QDateTime nextAt;
    QDateTime givesUpAt;
};

/// Told before each wait, with how the last try ended. On the thread of retryUntilAccepted().
using RetryWaiting = std::function<void(const TestReport &, const RetryWait &)>;
/// Waits that long; false if a stop was requested meanwhile.
using RetryPause = std::function<bool(std::chrono::milliseconds, const std::stop_token &)>;
[[nodiscard]] bool pauseFor(std::chrono::milliseconds time, const std::stop_token &stop);

/// Runs the connection test again and again, each time with a new assertion, until it passes, fails in a way that waiting
/// does not mend, or the schedule's time is over; returns how the last try ended. Ends at once when `stop` is requested.
[[nodiscard]] TestReport retryUntilAccepted(const TestSubject &subject, const TestEnvironment &environment,
                                            const RetrySchedule &schedule, std::stop_token stop,
                                            const TestProgress &progress, const RetryWaiting &waiting,
                                            const RetryPause &pause = pauseFor);

} // namespace credenza
