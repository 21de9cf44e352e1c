// SPDX-License-Identifier: Apache-2.0
#include "ui/connectiontest/ConnectionTestView.h"

#include "ui/connectiontest/DiagnosisCard.h"
#include "ui/connectiontest/EarlierTests.h"
#include "ui/connectiontest/TimelineStep.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/Announce.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/ColumnScrollArea.h"
#include "ui/widgets/Divider.h"
#include "ui/widgets/ElidingLabel.h"
#include "ui/widgets/IconLabel.h"
#include "ui/widgets/Spinner.h"
#include "ui/widgets/TextLabel.h"

#include <QStackedLayout>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr std::array stepOrder{TestStepId::Validate, TestStepId::Discover, TestStepId::Sign, TestStepId::Token,
                               TestStepId::Fhir};

} // namespace

ConnectionTestView::ConnectionTestView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_pages(new QStackedLayout(this)), m_spinner(new Spinner(theme, 24)),
      m_verdictIcon(new IconLabel(theme, Icon::DashedCircle, Role::Text3, 24)),
      m_headline(new TextLabel(theme, {}, TextStyle::Section)),
      m_subline(new TextLabel(theme, {}, TextStyle::Small, Role::Text2)),
      m_start(new Button(theme, tr("Test connection"))),
      m_run(new Button(theme, tr("Run again"), ButtonKind::Secondary, ButtonSize::Small)),
      m_scroll(new ColumnScrollArea(u"timelineScroll"_s)), m_content(new QVBoxLayout),
      m_copyReport(new Button(theme, tr("Copy report"), ButtonKind::Secondary, ButtonSize::Small)),
      m_copyCurl(new Button(theme, tr("Copy as curl"), ButtonKind::Secondary, ButtonSize::Small))
{
    m_pages->addWidget(makeEmptyState());
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeVerdict());

    auto *content = new QWidget;
    content->setLayout(m_content);
    m_content->setContentsMargins(24, 12, 24, 8);
    m_content->setSpacing(0);
    for (const TestStepId id : stepOrder) {
        auto *step = new TimelineStep(theme, id, id == stepOrder.back());
        connect(step, &TimelineStep::copied, this, &ConnectionTestView::copied);
        m_steps.append(step);
        m_content->addWidget(step);
    }
    m_content->addWidget(makeEarlierTests(), 0, Qt::AlignLeft);
    m_content->addStretch(1);
    m_scroll->setColumn(content);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(makeFoot());
    m_pages->addWidget(page);
    connect(&theme, &Theme::changed, this, [this] {
        if (m_pages->currentIndex() == 1)
            showModel(m_model);
    });
}

QWidget *ConnectionTestView::makeEmptyState()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(48, 48, 48, 48);
    layout->setSpacing(12);
    layout->addStretch(1);
    layout->addWidget(new IconLabel(m_theme, Icon::Gauge, Role::Text3, 24), 0, Qt::AlignHCenter);
    auto *text =
        new TextLabel(m_theme,
                      tr("Five steps, from the fields to a first FHIR search, each with what was sent and what "
                         "came back."),
                      TextStyle::Body, Role::Text2);
    text->setWrapping(true);
    text->setAlignment(Qt::AlignHCenter);
    layout->addWidget(text);
    m_start->setObjectName(u"startTest"_s);
    m_start->setLeadingIcon(Icon::Gauge);
    connect(m_start, &Button::clicked, this, &ConnectionTestView::runRequested);
    layout->addWidget(m_start, 0, Qt::AlignHCenter);
    layout->addWidget(makeEarlierTests(), 0, Qt::AlignHCenter);
    layout->addStretch(2);
    return page;
}

QWidget *ConnectionTestView::makeVerdict()
{
    auto *bar = new Pane(m_theme, Role::Surface, Qt::BottomEdge);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(24, 12, 24, 12);
    row->setSpacing(12);
    m_spinner->hide();
    row->addWidget(m_spinner);
    row->addWidget(m_verdictIcon);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    m_headline->setObjectName(u"testHeadline"_s);
    m_headline->setWrapping(true);
    m_subline->setObjectName(u"testSubline"_s);
    m_subline->setWrapping(true);
    words->addWidget(m_headline);
    words->addWidget(m_subline);
    row->addLayout(words, 1);
    m_run->setObjectName(u"runAgain"_s);
    m_run->setLeadingIcon(Icon::Retry);
    connect(m_run, &Button::clicked, this, [this] {
        if (isRunning())
            Q_EMIT cancelRequested();
        else
            Q_EMIT runRequested();
    });
    row->addWidget(m_run);
    return bar;
}

QWidget *ConnectionTestView::makeFoot()
{
    auto *bar = new Pane(m_theme, Role::Sunken, Qt::TopEdge);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(24, 0, 24, 0);
    row->setSpacing(8);
    bar->setFixedHeight(m_theme.scaled(48));
    m_copyReport->setObjectName(u"copyReport"_s);
    m_copyReport->setLeadingIcon(Icon::Copy);
    m_copyReport->setToolTip(tr("A report in Markdown for the server's support, without secrets"));
    connect(m_copyReport, &Button::clicked, this, &ConnectionTestView::copyReport);
    row->addWidget(m_copyReport);
    m_copyCurl->setObjectName(u"copyCurl"_s);
    m_copyCurl->setLeadingIcon(Icon::Terminal);
    connect(m_copyCurl, &Button::clicked, this, [this] {
        copyToClipboard(m_model.curl);
        Q_EMIT copied(tr("curl command copied, without secrets"));
    });
    row->addWidget(m_copyCurl);
    row->addStretch(1);
    row->addWidget(new IconLabel(m_theme, Icon::EyeOff, Role::Text3, 14));
    row->addWidget(new ElidingLabel(m_theme, tr("Secrets redacted"), Qt::ElideRight, TextStyle::Small, Role::Text3));
    return bar;
}

EarlierTests *ConnectionTestView::makeEarlierTests()
{
    auto *earlier = new EarlierTests(m_theme);
    connect(earlier, &EarlierTests::chosen, this, &ConnectionTestView::showEarlier);
    m_earlier.append(earlier);
    return earlier;
}

void ConnectionTestView::setEarlierTests(const Result<QList<KeptTest>> &tests, const QDateTime &now)
{
    m_earlierAsOf = now;
    for (EarlierTests *earlier : std::as_const(m_earlier))
        earlier->setTests(tests, now);
}

void ConnectionTestView::clear()
{
    setEarlierTests(QList<KeptTest>(), {});
    m_report = {};
    m_model = {};
    m_isWaiting = false;
    m_pages->setCurrentIndex(0);
}

void ConnectionTestView::setRunnable(const QString &reasonWhyNot)
{
    m_start->setDisabledReason(reasonWhyNot);
    if (!isRunning())
        m_run->setDisabledReason(reasonWhyNot);
}

bool ConnectionTestView::isRunning() const
{
    return m_pages->currentIndex() == 1 && (m_isWaiting || m_model.verdict == TestVerdict::Running);
}

QWidget *ConnectionTestView::firstCause() const
{
    return m_diagnosis ? m_diagnosis->firstFocus() : nullptr;
}

void ConnectionTestView::showReport(const TestReport &report, const QDateTime &now)
{
    const bool wasRunning = isRunning();
    m_isWaiting = false;
    m_report = report;
    m_pages->setCurrentIndex(1);
    showModel(ConnectionTestModel::of(report, now));
    if (wasRunning && !isRunning())
        announceAlert(*m_headline);
}

void ConnectionTestView::showEarlier(const TestReport &report)
{
    if (isRunning())
        return;
    m_report = report;
    m_pages->setCurrentIndex(1);
    ConnectionTestModel model = ConnectionTestModel::of(report, m_earlierAsOf);
    for (CauseText &cause : model.causes)
        cause.deed = CauseDeed::None; // it speaks of then
    model.subline = tr("Earlier test. %1").arg(model.subline);
    showModel(model);
    m_scroll->ensureVisible(0, 0);
    announceAlert(*m_headline);
}

void ConnectionTestView::showWaiting(const TestReport &lastTry, const RetryWait &wait, const QDateTime &now)
{
    m_isWaiting = true;
    m_report = lastTry;
    m_pages->setCurrentIndex(1);
    ConnectionTestModel model = ConnectionTestModel::of(lastTry, now);
    for (CauseText &cause : model.causes)
        cause.deed = CauseDeed::None; // it is being done
    model.headline = tr("Waiting for the server to accept it");
    model.subline = tr("Tried %n time(s); again %1, at the latest until %2", nullptr, wait.tries)
                        .arg(timeText(wait.nextAt, now), timeText(wait.givesUpAt, now));
    showModel(model);
}

void ConnectionTestView::showModel(const ConnectionTestModel &model)
{
    const bool causesChanged = model.causes != m_model.causes || model.ruledOut != m_model.ruledOut;
    m_model = model;
    m_headline->setContent(model.headline);
    m_subline->setContent(model.subline);
    const bool running = m_isWaiting || model.verdict == TestVerdict::Running;
    const bool spins = running && !m_theme.reducedMotion();
    m_spinner->setVisible(spins);
    m_verdictIcon->setVisible(!spins);
    if (spins)
        m_spinner->start();
    else
        m_spinner->stop();
    static constexpr std::array icons{Icon::DashedCircle, Icon::CheckCircle, Icon::XCircle, Icon::MinusCircle};
    static constexpr std::array roles{Role::Text3, Role::Ok, Role::Err, Role::Text2};
    const auto verdict = static_cast<std::size_t>(model.verdict);
    m_verdictIcon->setIconShown(icons.at(verdict), roles.at(verdict));
    m_run->setText(running ? tr("Cancel") : tr("Run again"));
    m_run->setLeadingIcon(running ? Icon::Close : Icon::Retry);
    if (running)
        m_run->setDisabledReason({});
    for (qsizetype i = 0; i < std::min(m_steps.size(), model.steps.size()); i++)
        m_steps.at(i)->setStep(model.steps.at(i));
    m_copyReport->setDisabledReason(running && !m_isWaiting ? tr("The test is still running") : QString());
    m_copyCurl->setDisabledReason(model.curl.isEmpty() ? tr("No request was sent yet") : QString());
    if (!causesChanged)
        return;
    delete m_diagnosis;
    if (model.causes.isEmpty() && model.ruledOut.isEmpty())
        return;
    m_diagnosis = new DiagnosisCard(m_theme, model);
    m_diagnosis->setObjectName(u"diagnosis"_s);
    connect(m_diagnosis, &DiagnosisCard::fieldRequested, this, &ConnectionTestView::fieldRequested);
    connect(m_diagnosis, &DiagnosisCard::deedRequested, this, [this](CauseDeed deed) {
        if (deed == CauseDeed::CorrectClock)
            Q_EMIT clockCorrectionRequested();
        else
            Q_EMIT retryRequested();
    });
    m_content->insertWidget(static_cast<int>(m_steps.size()), m_diagnosis);
}

void ConnectionTestView::copyReport()
{
    copyToClipboard(toMarkdown(m_report));
    Q_EMIT copied(tr("Report copied, without secrets"));
}

} // namespace credenza
