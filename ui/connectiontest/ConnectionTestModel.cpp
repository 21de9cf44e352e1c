// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/ConnectionTestModel.h"

#include "core/smart/AssertionRules.h"
#include "core/smart/CurlCommand.h"
#include "core/smart/RetryUntilAccepted.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocale>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

struct TestText {
    Q_DECLARE_TR_FUNCTIONS(TestText)
};

constexpr int maxShownBody = 8 * 1024;
constexpr int maxCauses = 3;
constexpr int widestShownLine = 50; ///< characters of code that fit beside the thread of the timeline
/// Answers are shown with the headers that explain them; the copied report has all of them.
constexpr std::array shownHeaders{"content-type", "www-authenticate", "location", "retry-after", "server"};

QString shownBody(const QString &body)
{
    QString text = body.trimmed();
    if (!text.contains(u'\n') && text.size() > widestShownLine) {
        const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
        if (!json.isNull())
            text = QString::fromUtf8(json.toJson(QJsonDocument::Indented)).trimmed().replace(u"    "_s, u"  "_s);
    }
    if (text.size() <= maxShownBody)
        return text;
    return text.left(maxShownBody) + u'\n' +
           TestText::tr("… %1 more characters").arg(QLocale().toString(text.size() - maxShownBody));
}

QString textOf(const RedactedRequest &request)
{
    QStringList lines{request.method + u' ' + request.url};
    for (const auto &[name, value] : request.headers)
        lines.append(name + u": "_s + value);
    if (!request.body.isEmpty()) {
        // One form field a line reads better than one long line; `&` stays where it was.
        lines << QString() << QString(shownBody(request.body)).replace(u'&', u"\n&"_s);
    }
    return lines.join(u'\n');
}

QString textOf(const RedactedResponse &response)
{
    QStringList lines{u"HTTP/1.1 %1 %2"_s.arg(response.status).arg(response.reason).trimmed()};
    int hidden = 0;
    for (const auto &[name, value] : response.headers) {
        const bool shown = std::ranges::any_of(shownHeaders, [&](const char *header) {
            return name.compare(QLatin1String(header), Qt::CaseInsensitive) == 0;
        });
        if (shown)
            lines.append(name + u": "_s + value);
        else
            hidden++;
    }
    if (!response.body.trimmed().isEmpty())
        lines.append(shownBody(response.body));
    else
        lines.append(TestText::tr("(no body)"));
    if (hidden > 0)
        lines.append(TestText::tr("(%1 more headers in the report)").arg(hidden));
    return lines.join(u'\n');
}

QString dateOf(const RedactedResponse &response)
{
    for (const auto &[name, value] : response.headers) {
        // "Sun, 23 Nov 2025 14:10:08 GMT": the time is what one compares; the whole stands in the report.
        constexpr qsizetype fixedLength = 29;
        constexpr qsizetype timeAt = 17;
        if (name.compare(u"date"_s, Qt::CaseInsensitive) == 0)
            return u"Date: "_s + (value.size() == fixedLength ? value.mid(timeAt) : value);
    }
    return {};
}

TestExchangeText textOf(const TestExchange &exchange, const QString &credential)
{
    TestExchangeText text;
    const QUrl url(exchange.request.url);
    text.caption = exchange.request.method + u' ' + url.path() + (url.hasQuery() ? u'?' + url.query() : QString()) +
                   u", "_s +
                   (exchange.response ? QString::number(exchange.response->status) : TestText::tr("no answer"));
    text.firstTab = TestText::tr("Sent");
    text.first = textOf(exchange.request);
    text.secondTab = TestText::tr("Came back");
    text.second = exchange.response ? textOf(*exchange.response) : TestText::tr("No answer came.");
    text.note = exchange.response ? dateOf(*exchange.response) : QString();
    text.curl = curlCommand(exchange.request, credential);
    return text;
}

/// Members of header or claims, one a line; in the order in which one reads them.
QString membersText(const QJsonObject &object)
{
    static const QStringList first{u"alg"_s, u"kid"_s, u"typ"_s, u"jku"_s, u"iss"_s, u"sub"_s, u"aud"_s, u"jti"_s};
    const bool sameSubject = object.contains("sub"_L1) && object["sub"_L1] == object["iss"_L1];
    QStringList lines;
    const auto add = [&](const QString &name) {
        const QByteArray pair = QJsonDocument(QJsonObject{{name, object[name]}}).toJson(QJsonDocument::Compact);
        QString line = QString::fromUtf8(pair.mid(1, pair.size() - 2));
        line.insert(name.size() + 3, u' ');
        const QString same = name != u"iss" || !sameSubject            ? u","_s
                             : line.size() + 7 > widestShownLine ? u",\n  = sub"_s
                                                                 : u", = sub"_s;
        lines.append(line + same);
    };
    for (const QString &name : first) {
        if (object.contains(name) && !(name == u"sub" && sameSubject))
            add(name);
    }
    for (const QString &name : object.keys()) {
        if (!first.contains(name))
            add(name);
    }
    if (!lines.isEmpty())
        lines.last().chop(1);
    return lines.join(u'\n');
}

/// A line for each value with a mark, and below it how it stands to its rule.
QString checksText(const QList<AssertionCheck> &checks)
{
    QStringList lines;
    for (const AssertionCheck &check : checks) {
        const QString mark = check.state == AssertionCheck::State::Ok        ? u"✓"_s
                             : check.state == AssertionCheck::State::Error   ? u"✗"_s
                             : check.state == AssertionCheck::State::Warning ? u"!"_s
                                                                             : u"·"_s;
        lines.append(u"%1 %2: %3"_s.arg(mark, check.name, check.message));
    }
    return lines.join(u'\n');
}

QList<AssertionCheck> checksOf(const TestStep &step, const TestReport &report)
{
    AssertionExpectations expected;
    expected.tokenEndpoint = report.steps.at(1).details.value(u"tokenEndpoint").toString();
    expected.now = report.startedAt.addMSecs(static_cast<qint64>(step.startMilliseconds));
    if (step.details.contains(u"clockCorrectionSeconds"))
        expected.now = expected.now.addSecs(step.details.value(u"clockCorrectionSeconds").toInteger());
    return checkHeader(step.details.value(u"header").toObject(), expected) +
           checkClaims(step.details.value(u"claims").toObject(), expected);
}

CauseDeed deedFor(const Cause &cause, const TestReport &report)
{
    if (cause.id == u"clock-skew" || (cause.id == u"assertion-times" && report.clockOffsetSeconds))
        return CauseDeed::CorrectClock;
    static const QStringList passing{u"key-not-synced"_s, u"key-not-registered"_s,      u"client-id"_s,
                                     u"flaky-refusal"_s,  u"background-user-missing"_s, u"api-not-ticked"_s,
                                     u"server-trouble"_s, u"key-not-found"_s,           u"unknown-client"_s};
    return passing.contains(cause.id) && mayBeAcceptedLater(report) ? CauseDeed::RetryUntilAccepted : CauseDeed::None;
}

bool isRepeated(const TestExchange &before, const TestExchange &after)
{
    return before.request.method == after.request.method && before.request.url == after.request.url &&
           before.response && after.response && before.response->status == after.response->status &&
           before.response->body == after.response->body;
}

QList<TestExchangeText> exchangesOf(const TestStep &step, const TestReport &report)
{
    QList<TestExchangeText> texts;
    if (step.id == TestStepId::Sign && step.details.contains("claims"_L1)) {
        TestExchangeText assertion;
        assertion.firstTab = TestText::tr("Header");
        assertion.first = membersText(step.details["header"_L1].toObject());
        assertion.secondTab = TestText::tr("Claims");
        assertion.second = membersText(step.details["claims"_L1].toObject());
        const QList<AssertionCheck> checks = checksOf(step, report);
        assertion.thirdTab = TestText::tr("Checks");
        assertion.third = checksText(checks);
        const auto wrong = std::ranges::count(checks, AssertionCheck::State::Error, &AssertionCheck::state);
        assertion.note = wrong == 0 ? TestText::tr("each value keeps its rule")
                                    : TestText::tr("%n value(s) break a rule", nullptr, static_cast<int>(wrong));
        texts.append(assertion);
    }
    // The same request with the same answer again, as the probe for flaky servers makes it, is told once.
    int times = 1;
    for (qsizetype i = 0; i < step.exchanges.size(); ++i) {
        TestExchangeText text = textOf(step.exchanges[i], report.credential);
        times = i > 0 && isRepeated(step.exchanges[i - 1], step.exchanges[i]) ? times + 1 : 1;
        if (times > 1) {
            texts.removeLast();
            text.caption += u", "_s + TestText::tr("%1 times the same").arg(times);
        }
        texts.append(text);
    }
    return texts;
}

CauseText textOf(const Cause &cause, const TestReport &report)
{
    CauseText text;
    text.deed = deedFor(cause, report);
    text.title = cause.title;
    text.seen = cause.evidence;
    text.fix = cause.fix;
    switch (cause.likelihood) {
    case Cause::Likelihood::Certain:
        text.strength = 3;
        text.strengthWord = TestText::tr("Strong");
        break;
    case Cause::Likelihood::Likely:
        text.strength = 2;
        text.strengthWord = TestText::tr("Possible");
        break;
    case Cause::Likelihood::Possible:
        text.strength = 1;
        text.strengthWord = TestText::tr("Weak");
        break;
    }
    for (int field = 0; !cause.field.isEmpty() && field <= static_cast<int>(Field::ExtraHeaders); field++) {
        if (nameOf(static_cast<Field>(field)) == cause.field)
            text.field = static_cast<Field>(field);
    }
    return text;
}

bool isOver(TestStepState state)
{
    return state == TestStepState::Passed || state == TestStepState::Failed || state == TestStepState::Warning;
}

QString failureHeadline(const TestStep &step)
{
    switch (step.id) {
    case TestStepId::Validate:
        return TestText::tr("Some fields need a fix");
    case TestStepId::Discover:
        return TestText::tr("The server was not found");
    case TestStepId::Sign:
        return TestText::tr("The assertion could not be signed");
    case TestStepId::Token:
        if (step.code.startsWith(u"net."))
            return TestText::tr("No answer from the token endpoint");
        return TestText::tr("Token refused: %1").arg(step.code);
    case TestStepId::Fhir:
        return TestText::tr("Token granted, but the FHIR API refused it");
    }
    return {};
}

TestStepText textOf(const TestStep &step, double total, TestVerdict verdict, const TestReport &report)
{
    TestStepText text;
    text.id = step.id;
    text.state = step.state;
    text.name = labelOf(step.id);
    text.exchanges = exchangesOf(step, report);
    if (isOver(step.state)) {
        text.result = step.summary;
        text.time = elapsedText(step.milliseconds);
        text.barStart = total > 0 ? step.startMilliseconds / total : 0;
        text.barLength = total > 0 ? step.milliseconds / total : 0;
    }
    const bool wasCancelled = step.code == u"cancelled";
    const bool failed = step.state == TestStepState::Failed;
    if (failed && !wasCancelled && !step.hint.isEmpty())
        text.result += u' ' + step.hint;
    if (wasCancelled)
        text.result = TestText::tr("Cancelled");
    if (verdict == TestVerdict::Failed || verdict == TestVerdict::Cancelled) {
        text.opensByItself = failed && !wasCancelled && !text.exchanges.isEmpty();
        text.isSlim = !failed && step.state != TestStepState::Warning;
        // An answer in view says it all; without one the sentence has to.
        if (text.opensByItself && verdict == TestVerdict::Failed && step.id == TestStepId::Token)
            text.isSlim = step.exchanges.constLast().response.has_value();
    } else if (verdict == TestVerdict::Passed) {
        text.opensByItself = step.id == TestStepId::Sign || step.id == TestStepId::Token;
    }
    return text;
}

} // namespace

ConnectionTestModel ConnectionTestModel::of(const TestReport &report, const QDateTime &now)
{
    ConnectionTestModel model;
    const TestStep *failed = report.failedStep();
    const bool running = std::ranges::any_of(report.steps, [](const TestStep &step) {
        return step.state == TestStepState::Running || step.state == TestStepState::Waiting;
    });
    model.verdict = failed ? (failed->code == u"cancelled" ? TestVerdict::Cancelled : TestVerdict::Failed)
                    : running && !report.passed ? TestVerdict::Running
                                                : (report.passed ? TestVerdict::Passed : TestVerdict::Failed);

    double total = report.totalMilliseconds();
    qsizetype reached = 0;
    for (const TestStep &step : report.steps) {
        total = std::max(total, step.startMilliseconds + step.milliseconds);
        reached += isOver(step.state) ? 1 : 0;
    }
    for (const TestStep &step : report.steps) {
        model.steps.append(textOf(step, total, model.verdict, report));
        TestStepText &text = model.steps.last();
        if ((failed || report.passed) && (step.state == TestStepState::Skipped || step.state == TestStepState::Waiting))
            text.name = TestText::tr("%1, not reached").arg(text.name);
        const bool isShownAsCurl = &step == failed || (!failed && step.id == TestStepId::Token);
        if (isShownAsCurl && !step.exchanges.isEmpty())
            model.curl = curlCommand(step.exchanges.constLast().request, report.credential);
    }

    const QString when = timeText(report.startedAt, now);
    switch (model.verdict) {
    case TestVerdict::Running:
        model.headline = TestText::tr("Testing the connection");
        model.subline =
            TestText::tr("Step %1 of %2").arg(std::min(reached + 1, report.steps.size())).arg(report.steps.size());
        break;
    case TestVerdict::Passed:
        model.headline = TestText::tr("Connection works");
        model.subline = TestText::tr("%1 of %2 steps in %3, %4")
                            .arg(reached)
                            .arg(report.steps.size())
                            .arg(elapsedText(total), when);
        break;
    case TestVerdict::Cancelled:
        model.headline = TestText::tr("Test cancelled");
        model.subline = TestText::tr("Nothing was kept, %1").arg(when);
        break;
    case TestVerdict::Failed:
        model.headline = failed ? failureHeadline(*failed) : TestText::tr("The test did not pass");
        model.subline = TestText::tr("Stopped at step %1 of %2, %3").arg(reached).arg(report.steps.size()).arg(when);
        for (const Cause &cause : report.diagnosis) {
            if (model.causes.size() < maxCauses)
                model.causes.append(textOf(cause, report));
        }
        model.ruledOut = report.ruledOut;
        break;
    }
    return model;
}

QString labelOf(TestStepId id)
{
    switch (id) {
    case TestStepId::Validate:
        return TestText::tr("Check fields");
    case TestStepId::Discover:
        return TestText::tr("Discover");
    case TestStepId::Sign:
        return TestText::tr("Sign the assertion");
    case TestStepId::Token:
        return TestText::tr("Request the token");
    case TestStepId::Fhir:
        return TestText::tr("Call the FHIR API");
    }
    return {};
}

QString elapsedText(double milliseconds)
{
    const QLocale locale;
    if (milliseconds < 1000)
        return TestText::tr("%1 ms").arg(locale.toString(std::max(milliseconds, milliseconds > 0 ? 1.0 : 0.0), 'f', 0));
    return TestText::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 2));
}

QString timeText(const QDateTime &time, const QDateTime &now)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = local.toString(u"HH:mm:ss"_s);
    if (local.date() == now.toLocalTime().date())
        return TestText::tr("today %1").arg(clock);
    return QLocale().toString(local.date(), u"d MMM yyyy"_s) + u' ' + clock;
}

} // namespace credenza
