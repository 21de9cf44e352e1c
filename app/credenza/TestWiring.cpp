// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/TestWiring.h"

#include "core/credentials/Connector.h"
#include "core/smart/SmartConfiguration.h"
#include "ui/authenticate/TileLook.h"
#include "ui/shell/StatusBar.h"
#include "ui/widgets/Toast.h"

#include <QLocale>

#include <algorithm>

namespace credenza
{

namespace
{

QString stepLabel(TestStepId id)
{
    switch (id) {
    case TestStepId::Validate:
        return TestWiring::tr("check the fields");
    case TestStepId::Discover:
        return TestWiring::tr("discover");
    case TestStepId::Sign:
        return TestWiring::tr("sign the assertion");
    case TestStepId::Token:
        return TestWiring::tr("request the token");
    case TestStepId::Fhir:
        return TestWiring::tr("call the FHIR API");
    }
    return {};
}

} // namespace

TestWiring::TestWiring(const Theme &theme, VaultSession &session, MainWindow &window, DesktopWiring &desktop,
                       AuthenticatePage &page, CredentialSheet &sheet, SettingsPage &settings, QObject *parent)
    : QObject(parent), m_theme(theme), m_session(session), m_window(window), m_desktop(desktop), m_page(page),
      m_batch(session)
{
    connect(&session, &VaultSession::testProgressed, this, &TestWiring::showProgress);
    connect(&session, &VaultSession::testWaiting, this, [this](const QUuid &id, const TestReport &, const RetryWait &wait) {
        const QString time = QLocale().toString(wait.nextAt.toLocalTime().time(), QLocale::ShortFormat);
        m_page.setProgress(id, TileProgress{4, 5, tr("again at %1").arg(time)});
    });
    connect(&session, &VaultSession::testFinished, this, &TestWiring::showEnd);
    connect(&session, &VaultSession::aboutToLock, this, [this] {
        if (!m_retried.isEmpty())
            m_desktop.notify(tr("No longer waiting"), tr("The vault was locked: tests that were to be repeated ended."));
        m_retried.clear();
        if (m_inspector != nullptr && m_inspector->isOpen())
            m_inspector->closeAtOnce();
    });
    connect(&page, &AuthenticatePage::testRequested, &session, &VaultSession::testSaved);
    connect(&page, &AuthenticatePage::stopTestRequested, &session, &VaultSession::cancelTest);
    connect(&page, &AuthenticatePage::retryRequested, this, [this](const QUuid &id) {
        m_retried.insert(id);
        m_session.testSavedAs(id, TestWay::UntilAccepted);
    });
    connect(&page, &AuthenticatePage::testAllRequested, &m_batch, &TestBatch::start);
    connect(&page, &AuthenticatePage::stopAllRequested, &m_batch, &TestBatch::cancel);
    connect(&m_batch, &TestBatch::progressed, this, [this](const BatchSummary &summary) {
        m_page.setBatchProgress(tr("%1 of %2").arg(summary.done()).arg(summary.total));
    });
    connect(&m_batch, &TestBatch::finished, this, &TestWiring::showSummary);
    connect(&sheet, &CredentialSheet::clockCorrectionRequested, &settings, [&settings] { settings.setCorrectsClock(true); });
    connect(&sheet, &CredentialSheet::accepted, this, [this](const QString &name) {
        m_desktop.notify(name, tr("The server accepts it now."));
    });
}

void TestWiring::showProgress(const QUuid &id, const TestReport &report)
{
    const auto running = std::ranges::find(report.steps, TestStepState::Running, &TestStep::state);
    if (running == report.steps.end())
        return;
    m_page.setProgress(id, TileProgress{static_cast<int>(running - report.steps.begin()) + 1, 5, stepLabel(running->id)});
}

void TestWiring::showEnd(const QUuid &id, const TestReport &report)
{
    m_page.setProgress(id, std::nullopt);
    if (report.clockOffsetSeconds)
        m_window.statusBar().setClockOffset(*report.clockOffsetSeconds);
    const bool wasRetried = m_retried.remove(id);
    const Credential *credential = m_session.credential(id);
    const TestStep *failed = report.failedStep();
    if (credential == nullptr || m_batch.isRunning() || (failed != nullptr && failed->code == QLatin1StringView("cancelled")))
        return;
    if (wasRetried && report.passed) {
        m_desktop.notify(credential->name, tr("The server accepts it now."));
        m_window.toast().showMessage(tr("“%1” is accepted now.").arg(credential->name));
        return;
    }
    m_desktop.notify(credential->name,
                     report.passed ? tr("The connection test passed.") : tr("The connection test did not pass."));
}

void TestWiring::showSummary(const BatchSummary &summary)
{
    m_page.setBatchProgress({});
    QString text = tr("%1 tested: %2 passed, %3 failed")
                       .arg(summary.passed + summary.failed)
                       .arg(summary.passed)
                       .arg(summary.failed);
    if (summary.cancelled > 0)
        text += tr(", %1 not tested").arg(summary.cancelled);
    m_desktop.notify(tr("Test all"), text);
    if (summary.failedIds.isEmpty()) {
        m_window.toast().showMessage(text);
        return;
    }
    m_window.toast().offer(text, tr("Show the first"), [this, id = summary.failedIds.constFirst()] {
        m_window.showPage(RailEntry::Authenticate);
        m_page.select(id);
        m_page.start();
    });
}

void TestWiring::openInspector()
{
    if (m_inspector == nullptr)
        m_inspector = new AssertionInspector(m_theme, m_window, m_session.clock());
    QList<InspectorChoice> choices;
    for (const Credential &credential : m_session.credentials()) {
        const Connector *connector = connectorById(credential.connector);
        QString endpoint = credential.tokenEndpoint;
        if (endpoint.isEmpty() && connector != nullptr && connector->hasEpicPathRule)
            endpoint = epicTokenEndpoint(credential.fhirBaseUrl);
        choices.append({credential.name, expectationsOf(credential, endpoint)});
    }
    m_inspector->openWith(choices);
}

} // namespace credenza
