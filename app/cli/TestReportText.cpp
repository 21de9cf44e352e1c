// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TestReportText.h"

#include "app/cli/Output.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ReportText {
    Q_DECLARE_TR_FUNCTIONS(ReportText)
};

QString titleOf(TestStepId id)
{
    switch (id) {
    case TestStepId::Validate:
        return ReportText::tr("Check fields");
    case TestStepId::Discover:
        return ReportText::tr("Discover");
    case TestStepId::Sign:
        return ReportText::tr("Sign assertion");
    case TestStepId::Token:
        return ReportText::tr("Request token");
    case TestStepId::Fhir:
        return ReportText::tr("Call FHIR API");
    }
    std::unreachable();
}

struct StateLook {
    QString mark;
    QString word;
    QLatin1StringView colour; ///< SGR parameters
};

StateLook lookOf(TestStepState state)
{
    switch (state) {
    case TestStepState::Passed:
        return {u"✓"_s, ReportText::tr("passed"), "32"_L1};
    case TestStepState::Failed:
        return {u"✗"_s, ReportText::tr("failed"), "31"_L1};
    case TestStepState::Warning:
        return {u"!"_s, ReportText::tr("warning"), "33"_L1};
    case TestStepState::Skipped:
        return {u"–"_s, ReportText::tr("skipped"), "2"_L1};
    case TestStepState::Waiting:
        return {u"·"_s, ReportText::tr("waiting"), "2"_L1};
    case TestStepState::Running:
        return {u"…"_s, ReportText::tr("running"), "0"_L1};
    }
    std::unreachable();
}

QString wordFor(Cause::Likelihood likelihood)
{
    switch (likelihood) {
    case Cause::Likelihood::Certain:
        return ReportText::tr("certain");
    case Cause::Likelihood::Likely:
        return ReportText::tr("likely");
    case Cause::Likelihood::Possible:
        return ReportText::tr("possible");
    }
    std::unreachable();
}

/// Lines under construction. What servers said is cleaned here, because colour can't be added after that.
class Lines
{
public:
    void add(const QString &line) { m_lines.append(printable(line)); }
    void addIndented(int columns, const QString &text)
    {
        for (const QString &line : text.split(u'\n'))
            add(QString(columns, u' ') + line);
    }
    void addColoured(QLatin1StringView colour, const QString &start, const QString &rest)
    {
        m_lines.append(u"\x1b[%1m%2\x1b[0m%3"_s.arg(colour, printable(start), printable(rest)));
    }
    [[nodiscard]] QString text() const { return m_lines.join(u'\n'); }

private:
    QStringList m_lines;
};

void addExchange(Lines &lines, const TestExchange &exchange)
{
    const auto addMessage = [&lines](QChar direction, const QString &first, const auto &headers, const QString &body) {
        lines.add(u"    %1 %2"_s.arg(direction).arg(first));
        for (const auto &[name, value] : headers)
            lines.add(u"    %1 %2: %3"_s.arg(QString(direction), name, value));
        if (!body.isEmpty())
            lines.addIndented(6, body);
    };
    addMessage(u'>', exchange.request.method + u' ' + exchange.request.url, exchange.request.headers,
               exchange.request.body);
    if (exchange.response)
        addMessage(u'<', QString::number(exchange.response->status) + u' ' + exchange.response->reason,
                   exchange.response->headers, exchange.response->body);
}

void addStep(Lines &lines, const TestStep &step, TestReportStyle style)
{
    const StateLook look = lookOf(step.state);
    const QString state = look.mark + u' ' + look.word.leftJustified(8);
    const QString time = step.milliseconds > 0 ? u"%1 ms"_s.arg(step.milliseconds, 0, 'f', 0) : QString();
    QString rest =
        u" %1 %2  %3"_s.arg(titleOf(step.id).leftJustified(15), time.rightJustified(9), step.summary.simplified());
    while (rest.endsWith(u' '))
        rest.chop(1);
    if (style.hasColour)
        lines.addColoured(look.colour, state, rest);
    else
        lines.add(state + rest);
    if (step.state == TestStepState::Failed && !step.hint.isEmpty())
        lines.addIndented(38, step.hint.simplified());
    if (style.hasExchanges) {
        for (const TestExchange &exchange : step.exchanges)
            addExchange(lines, exchange);
    }
}

} // namespace

QString textOf(const TestReport &report, TestReportStyle style)
{
    Lines lines;
    if (!report.credential.isEmpty())
        lines.add(report.credential);
    for (const TestStep &step : report.steps)
        addStep(lines, step, style);
    if (!report.diagnosis.isEmpty()) {
        lines.add({});
        lines.add(ReportText::tr("Likely causes, most likely first:"));
        int number = 0;
        for (const Cause &cause : report.diagnosis) {
            lines.add(u"%1. %2 (%3)"_s.arg(QString::number(++number), cause.title, wordFor(cause.likelihood)));
            if (!cause.evidence.isEmpty())
                lines.addIndented(3, ReportText::tr("Seen: %1").arg(cause.evidence));
            if (!cause.fix.isEmpty())
                lines.addIndented(3, ReportText::tr("Fix:  %1").arg(cause.fix));
        }
    }
    if (!report.passed && !report.ruledOut.isEmpty())
        lines.add(ReportText::tr("Ruled out: %1").arg(report.ruledOut.join(u" · "_s)));
    return lines.text();
}

QString runningStepOf(const TestReport &report)
{
    const auto running = std::ranges::find(report.steps, TestStepState::Running, &TestStep::state);
    return running == report.steps.end() ? QString() : titleOf(running->id);
}

} // namespace credenza::cli
