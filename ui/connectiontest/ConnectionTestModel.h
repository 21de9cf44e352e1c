// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Validation.h"
#include "core/smart/TestReport.h"

#include <QDateTime>

#include <optional>

namespace credenza
{

/// One thing that can be opened below a step: a request with its answer, or header and claims of the assertion.
struct TestExchangeText {
    QString caption;  ///< "GET /metadata, 200"; said where a step has several
    QString firstTab; ///< "Sent" or "Header"
    QString first;
    QString secondTab; ///< "Came back" or "Claims"
    QString second;
    QString thirdTab; ///< empty: there are two
    QString third;
    QString note; ///< at the right of the tabs: the server's Date
    QString curl; ///< empty: nothing to copy
    bool operator==(const TestExchangeText &) const = default;
};

/// One row of the timeline, ready to show.
struct TestStepText {
    TestStepId id = TestStepId::Validate;
    TestStepState state = TestStepState::Waiting;
    QString name;
    QString result;      ///< one line; empty while there is nothing to say
    QString time;        ///< "214 ms"; empty before it ran
    double barStart = 0; ///< fractions of the whole test, on the one scale all rows share
    double barLength = 0;
    bool opensByItself = false;
    bool isSlim = false; ///< folded to one line: what went well before a failure
    QList<TestExchangeText> exchanges;
    bool operator==(const TestStepText &) const = default;
};

/// What can be done about a cause here, beside going to its field.
enum class CauseDeed : std::uint8_t {
    None,
    RetryUntilAccepted, ///< the server may not have heard of it yet
    CorrectClock        ///< sign by the server's clock
};

/// One likely cause, ready to show.
struct CauseText {
    QString title;
    int strength = 1;     ///< of 3
    QString strengthWord; ///< "Strong", "Possible", "Weak"
    QString seen;
    QString fix;
    std::optional<Field> field; ///< where "Go to field" leads
    CauseDeed deed = CauseDeed::None;
    bool operator==(const CauseText &) const = default;
};

enum class TestVerdict : std::uint8_t { Running, Passed, Failed, Cancelled };

/// A test report as the view shows it. Pure: made anew from each report.
struct ConnectionTestModel {
    TestVerdict verdict = TestVerdict::Running;
    QString headline; ///< "Connection works", "Token refused: invalid_client"
    QString subline;  ///< "5 of 5 steps in 1.42 s, today 14:05:31"
    QList<TestStepText> steps;
    QList<CauseText> causes; ///< at most three
    QStringList ruledOut;
    QString curl; ///< of the step that matters: the one that failed, else the token request

    /// `now`: for "today". The report may be that of a test still running.
    [[nodiscard]] static ConnectionTestModel of(const TestReport &report, const QDateTime &now);
};

/// The step's name as people see it: "Request the token".
[[nodiscard]] QString labelOf(TestStepId id);
/// "2 ms", "1.42 s".
[[nodiscard]] QString elapsedText(double milliseconds);
/// "today 14:05:31", "21 Nov 2025 14:05:31", in local time.
[[nodiscard]] QString timeText(const QDateTime &time, const QDateTime &now);

} // namespace credenza
