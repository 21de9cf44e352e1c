// SPDX-License-Identifier: Apache-2.0
#include "core/smart/RetryUntilAccepted.h"

#include "core/credentials/Environment.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza
{

std::chrono::seconds RetrySchedule::delayBefore(int attempt) const
{
    constexpr int mostDoublings = 16;
    return std::min(longest, first * (1 << std::clamp(attempt - 2, 0, mostDoublings)));
}

RetrySchedule retryScheduleFor(const QString &fhirBaseUrl)
{
    RetrySchedule schedule;
    schedule.giveUpAfter = environmentOf(fhirBaseUrl) == Environment::Production ? 25h : 2h;
    return schedule;
}

bool mayBeAcceptedLater(const TestReport &report)
{
    const TestStep *failed = report.failedStep();
    if (failed == nullptr || failed->code == u"cancelled")
        return false;
    const bool isServersTrouble = failed->code.startsWith(u"http.5") || failed->code == u"fhir.busy" ||
                                  failed->code == u"net.timeout" || failed->code == u"net.connection-closed" ||
                                  failed->code == u"net.connection-refused";
    switch (failed->id) {
    case TestStepId::Validate:
    case TestStepId::Sign:
        return false;
    case TestStepId::Discover:
        return isServersTrouble;
    case TestStepId::Token: {
        const QString error = failed->details.value(u"error").toString();
        return isServersTrouble || error == u"invalid_client" || error == u"unauthorized_client" ||
               error == u"invalid_grant" || error == u"server_error" || error == u"temporarily_unavailable";
    }
    case TestStepId::Fhir:
        return isServersTrouble || failed->code == u"fhir.insufficient-scope" ||
               failed->code == u"fhir.sub-type-not-authorized" || failed->code == u"fhir.unauthorized";
    }
    Q_UNREACHABLE();
}

bool pauseFor(std::chrono::milliseconds time, const std::stop_token &stop)
{
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

TestReport retryUntilAccepted(const TestSubject &subject, const TestEnvironment &environment,
                              const RetrySchedule &schedule, std::stop_token stop, const TestProgress &progress,
                              const RetryWaiting &waiting, const RetryPause &pause)
{
    const auto begun = environment.clock.ticks();
    for (int tries = 1;; ++tries) {
        TestReport report = runConnectionTest(subject, environment, stop, progress);
        const std::chrono::seconds delay = schedule.delayBefore(tries + 1);
        const auto left = schedule.giveUpAfter - (environment.clock.ticks() - begun);
        if (!mayBeAcceptedLater(report) || delay > left || stop.stop_requested())
            return report;
        const auto now = environment.clock.now();
        if (waiting)
            waiting(report, {tries, toDateTime(now + delay),
                             toDateTime(now + std::chrono::duration_cast<std::chrono::seconds>(left))});
        if (!pause(delay, stop))
            return report;
    }
}

} // namespace credenza
