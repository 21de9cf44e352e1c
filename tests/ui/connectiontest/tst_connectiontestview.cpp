// SPDX-License-Identifier: Apache-2.0
#include "core/smart/KeptReport.h"
#include "tests/ui/support/UiTest.h"
#include "ui/connectiontest/ConnectionTestView.h"
#include "ui/connectiontest/EarlierTests.h"
#include "ui/connectiontest/TimelineStep.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/CodeBlock.h"
#include "ui/widgets/TextLabel.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMenu>
#include <QSignalSpy>

#include <algorithm>

using namespace credenza;
using namespace credenza::test;
using namespace Qt::StringLiterals;

namespace
{

const QDateTime now(QDate(2025, 11, 23), QTime(14, 10, 8), Qt::UTC);

TestReport report(TestStepState token)
{
    TestReport report;
    report.credential = u"Riverbend"_s;
    report.startedAt = now;
    for (const TestStepId id :
         {TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token, TestStepId::Fhir}) {
        TestStep step;
        step.id = id;
        step.state = id == TestStepId::Token          ? token
                     : id != TestStepId::Fhir         ? TestStepState::Passed
                     : token == TestStepState::Passed ? TestStepState::Passed
                     : token == TestStepState::Failed ? TestStepState::Skipped
                                                      : TestStepState::Waiting;
        report.steps.append(step);
    }
    TestExchange exchange;
    exchange.request = {u"POST"_s, u"https://x/token"_s, {}, u"a=b"_s};
    exchange.response = RedactedResponse{400, u"Bad Request"_s, {}, u"{\"error\":\"invalid_client\"}"_s};
    if (token != TestStepState::Running)
        report.steps[3].exchanges = {exchange};
    if (token == TestStepState::Failed) {
        report.steps[3].code = u"invalid_client"_s;
        report.diagnosis = {{u"wrong-environment"_s, Cause::Likelihood::Certain, u"This is the sandbox client ID"_s,
                             u"It passed at fhir.epic.com"_s, u"Copy the other one."_s, u"clientId"_s}};
        report.ruledOut = {u"Clock +0.4 s"_s, u"aud matches"_s};
    }
    report.passed = token == TestStepState::Passed;
    return report;
}

} // namespace

class TestConnectionTestView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void emptyOffersToStart();
    void reasonIsSaidWhereItCantRun();
    void runningCanBeCancelled();
    void failureOpensItsStep();
    void causeLeadsToItsField();
    void causesOfferWhatCanBeDone();
    void waitingCanBeEnded();
    void reportAndCurlAreCopied();
    void earlierTestsAreListedAndOpened();
    void keyboardOpensAStep();
    void progressIsQuick();

private:
    Theme m_theme{ThemeMode::Light};
    std::unique_ptr<ConnectionTestView> m_view;
};

void TestConnectionTestView::init()
{
    m_theme.setReducedMotion(true);
    m_view = std::make_unique<ConnectionTestView>(m_theme);
    m_view->resize(472, 692);
    QVERIFY(showActive(*m_view));
}

void TestConnectionTestView::emptyOffersToStart()
{
    QSignalSpy requested(m_view.get(), &ConnectionTestView::runRequested);
    QTest::mouseClick(find<Button>(*m_view, u"startTest"_s), Qt::LeftButton);
    QCOMPARE(requested.count(), 1);
    QVERIFY(namelessControls(*m_view).isEmpty());
}

void TestConnectionTestView::reasonIsSaidWhereItCantRun()
{
    m_view->setRunnable(u"2 required fields to fill in"_s);
    QVERIFY(!find<Button>(*m_view, u"startTest"_s)->isEnabled());
    QCOMPARE(find<Button>(*m_view, u"startTest"_s)->toolTip(), u"2 required fields to fill in"_s);
    m_view->setRunnable({});
    QVERIFY(find<Button>(*m_view, u"startTest"_s)->isEnabled());
}

void TestConnectionTestView::runningCanBeCancelled()
{
    m_view->showReport(report(TestStepState::Running), now);
    m_view->setRunnable(u"The test is running"_s);
    QVERIFY(m_view->isRunning());
    QSignalSpy cancelled(m_view.get(), &ConnectionTestView::cancelRequested);
    auto *run = find<Button>(*m_view, u"runAgain"_s);
    QCOMPARE(run->text(), u"Cancel"_s);
    QTest::mouseClick(run, Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    m_view->showReport(report(TestStepState::Passed), now);
    QCOMPARE(run->text(), u"Run again"_s);
}

void TestConnectionTestView::failureOpensItsStep()
{
    m_view->showReport(report(TestStepState::Failed), now);
    QVERIFY(find<TimelineStep>(*m_view, u"step-token"_s)->isOpen());
    QVERIFY(!find<TimelineStep>(*m_view, u"step-discover"_s)->isOpen());
    QVERIFY(find<CodeBlock>(*m_view, u"exchangeText"_s)->code().contains(u"invalid_client"));
    QVERIFY(namelessControls(*m_view).isEmpty());
    QVERIFY(m_view->firstCause());
    // The next test starts clean.
    m_view->showReport(report(TestStepState::Running), now);
    QVERIFY(!m_view->firstCause());
}

void TestConnectionTestView::causeLeadsToItsField()
{
    m_view->showReport(report(TestStepState::Failed), now);
    QSignalSpy requested(m_view.get(), &ConnectionTestView::fieldRequested);
    auto *action = qobject_cast<Button *>(m_view->firstCause());
    QVERIFY(action);
    action->setFocus();
    QTest::keyClick(action, Qt::Key_Space);
    QCOMPARE(requested.count(), 1);
    QCOMPARE(requested.first().first().value<Field>(), Field::ClientId);
}

void TestConnectionTestView::causesOfferWhatCanBeDone()
{
    TestReport refused = report(TestStepState::Failed);
    refused.steps[3].details = {{u"error"_s, u"invalid_client"_s}};
    refused.diagnosis = {{u"clock-skew"_s, Cause::Likelihood::Certain, u"The clock is wrong"_s, u"600 s"_s, u"Set it."_s, {}},
                         {u"key-not-synced"_s, Cause::Likelihood::Likely, u"Not synced"_s, u"22 min"_s, u"Wait."_s, {}}};
    m_view->showReport(refused, now);
    QSignalSpy retried(m_view.get(), &ConnectionTestView::retryRequested);
    QSignalSpy corrected(m_view.get(), &ConnectionTestView::clockCorrectionRequested);
    QCOMPARE(m_view->firstCause(), find<Button>(*m_view, u"correctClock"_s));
    QTest::mouseClick(find<Button>(*m_view, u"correctClock"_s), Qt::LeftButton);
    QCOMPARE(corrected.count(), 1);
    QTest::mouseClick(find<Button>(*m_view, u"retryUntilAccepted"_s), Qt::LeftButton);
    QCOMPARE(retried.count(), 1);
    // A refusal that waiting does not mend offers no waiting.
    refused.steps[3].details = {{u"error"_s, u"invalid_scope"_s}};
    refused.diagnosis.removeFirst();
    m_view->showReport(refused, now);
    QVERIFY(m_view->findChild<Button *>(u"retryUntilAccepted"_s) == nullptr);
}

void TestConnectionTestView::waitingCanBeEnded()
{
    const TestReport refused = report(TestStepState::Failed);
    m_view->showWaiting(refused, {3, now.addSecs(240), now.addSecs(7200)}, now);
    QVERIFY(m_view->isRunning());
    QVERIFY(find<TextLabel>(*m_view, u"testHeadline"_s)->text().contains(u"Waiting"_s));
    QVERIFY(find<Button>(*m_view, u"copyReport"_s)->isEnabled());
    QSignalSpy cancelled(m_view.get(), &ConnectionTestView::cancelRequested);
    QTest::mouseClick(find<Button>(*m_view, u"runAgain"_s), Qt::LeftButton);
    QCOMPARE(cancelled.count(), 1);
    m_view->showReport(report(TestStepState::Passed), now);
    QVERIFY(!m_view->isRunning());
}

void TestConnectionTestView::reportAndCurlAreCopied()
{
    m_view->showReport(report(TestStepState::Failed), now);
    QSignalSpy copied(m_view.get(), &ConnectionTestView::copied);
    QTest::mouseClick(find<Button>(*m_view, u"copyReport"_s), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(u"invalid_client"));
    QTest::mouseClick(find<Button>(*m_view, u"copyCurl"_s), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"curl "));
    QCOMPARE(copied.count(), 2);
}

void TestConnectionTestView::earlierTestsAreListedAndOpened()
{
    const auto shownButton = [this]() -> EarlierTests * { // there is one on each page
        const auto all = m_view->findChildren<EarlierTests *>(u"earlierTests"_s);
        const auto shown = std::ranges::find_if(all, &EarlierTests::isVisible);
        return shown == all.end() ? nullptr : *shown;
    };
    QVERIFY(!shownButton());
    TestSummary failed;
    failed.at = now.addDays(-2);
    failed.step = u"token"_s;
    failed.code = u"invalid_client"_s;
    TestSummary passed;
    passed.passed = true;
    passed.at = now.addDays(-3);
    passed.milliseconds = 1420;
    m_view->setEarlierTests(QList<KeptTest>{{failed, {u"The clock & the key"_s}, keptForm(report(TestStepState::Failed))},
                                            {passed, {}, {}}},
                            now);
    EarlierTests *earlier = shownButton();
    QVERIFY(earlier);
    QCOMPARE(earlier->text(), u"Earlier tests: 2"_s);
    QVERIFY(namelessControls(*m_view).isEmpty());
    QTest::mouseClick(earlier, Qt::LeftButton);
    auto *menu = find<QMenu>(*m_view, u"earlierTestsMenu"_s);
    QCOMPARE(menu->actions().size(), 2);
    QVERIFY(menu->actions().first()->text().endsWith(u"failed: The clock && the key"_s));
    QVERIFY(menu->actions().last()->text().endsWith(u"passed in 1.42 s"_s));
    QVERIFY(!menu->actions().last()->isEnabled()); // of the oldest only the line is kept
    menu->actions().first()->trigger();
    menu->close();
    QVERIFY(find<TextLabel>(*m_view, u"testHeadline"_s)->text().contains(u"Token refused: invalid_client"_s));
    QVERIFY(find<TextLabel>(*m_view, u"testSubline"_s)->text().contains(u"Earlier test."_s));
    QVERIFY(find<TimelineStep>(*m_view, u"step-token"_s)->isOpen());
    QVERIFY(!m_view->isRunning());
    QVERIFY(shownButton()); // and on to the next
    // Another credential has others.
    m_view->clear();
    QVERIFY(!shownButton());
}

void TestConnectionTestView::keyboardOpensAStep()
{
    TestReport shown = report(TestStepState::Failed);
    shown.steps[1].exchanges = shown.steps[3].exchanges;
    m_view->showReport(shown, now);
    auto *step = find<TimelineStep>(*m_view, u"step-discover"_s);
    auto *header = find<QWidget>(*step, u"stepHeader"_s);
    header->setFocus();
    QTest::keyClick(header, Qt::Key_Space);
    QVERIFY(step->isOpen());
    QVERIFY(header->accessibleName().startsWith(u"Discover, passed"));
}

void TestConnectionTestView::progressIsQuick()
{
    TestReport shown = report(TestStepState::Failed);
    shown.steps[3].exchanges.first().response->body = QString(64 * 1024, u'{');
    m_view->showReport(report(TestStepState::Running), now);
    QElapsedTimer timer;
    timer.start();
    m_view->showReport(shown, now);
    QVERIFY2(timer.elapsed() < 100, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestConnectionTestView)
#include "tst_connectiontestview.moc"
