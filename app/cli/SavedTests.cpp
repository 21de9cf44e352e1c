// SPDX-License-Identifier: Apache-2.0
#include "app/cli/SavedTests.h"

#include "app/cli/TestReportText.h"
#include "core/smart/KeptReport.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct SavedTestsText {
    Q_DECLARE_TR_FUNCTIONS(SavedTestsText)
};

constexpr std::size_t mostUnsaved = 256;
constexpr auto longestUnsaved = std::chrono::seconds(2);

} // namespace

SavedTests::SavedTests(CommandContext &context, Vault vault, QList<Credential> credentials, NetworkSettings network)
    : m_context(context), m_vault(std::move(vault)), m_credentials(std::move(credentials)),
      m_network(std::move(network)), m_reports(static_cast<std::size_t>(m_credentials.size()))
{
}

Result<void> SavedTests::run(int jobs, bool correctsClock)
{
    TestPlan plan;
    plan.correctsClock = correctsClock;
    plan.count = m_reports.size();
    plan.jobs = jobs;
    plan.subject = [this](std::size_t number) { return subject(number); };
    plan.finished = [this](std::size_t number, Result<TestReport> report) { take(number, std::move(report)); };
    if (m_context.output().showsProgress())
        plan.progress = [this](std::size_t number, const TestReport &report) { showProgress(number, report); };
    m_savedAt = m_context.clock().ticks();
    Result<void> ran = runTests(plan, m_context);
    saveRemembered();
    return ran;
}

QList<TestReport> SavedTests::reports() const
{
    QList<TestReport> all;
    for (const auto &report : m_reports) {
        if (report)
            all.append(*report);
    }
    return all;
}

Result<void> SavedTests::completeness() const
{
    if (m_firstError)
        return Failure(*m_firstError);
    return {};
}

const Credential &SavedTests::credential(std::size_t number) const
{
    return m_credentials.at(static_cast<qsizetype>(number));
}

Result<TestSubject> SavedTests::subject(std::size_t number) const
{
    const Credential &tested = credential(number);
    TestSubject subject;
    subject.draft = draftOf(tested);
    subject.key = TRY(m_vault.privateKey(tested.id));
    subject.network = m_context.networkSettingsFor(tested, m_network);
    return subject;
}

void SavedTests::take(std::size_t number, Result<TestReport> result)
{
    ++m_finished;
    const Credential &tested = credential(number);
    if (!result)
        return refuse(tested, result.error());
    if (!result->passed) {
        // What passed elsewhere meanwhile is evidence.
        if (std::ranges::any_of(m_unsaved, [](const EndedTest &ended) { return ended.test.summary.passed; }))
            saveRemembered();
        diagnoseFailure(tested, *result);
    }
    remember(tested, *result);
    m_reports[number] = std::move(*result);
}

void SavedTests::refuse(const Credential &untested, const Error &error)
{
    m_untested.append({untested.name, error.code, error.message});
    // The first is what the command fails with; the others would go unsaid.
    if (m_firstError)
        m_context.output().warning(u"%1: %2"_s.arg(untested.name, error.message));
    else
        m_firstError = error;
}

void SavedTests::diagnoseFailure(const Credential &tested, TestReport &report) const
{
    DiagnosisContext about;
    about.credentialId = tested.id.toString(QUuid::WithoutBraces);
    about.fhirBaseUrl = tested.fhirBaseUrl;
    about.clientId = tested.clientId;
    about.keyThumbprint = tested.key.thumbprint;
    about.keyCreatedAt = tested.key.createdAt;
    about.otherCredentials = m_vault.credentials();
    about.lastTest = tested.lastTest;
    about.now = toDateTime(m_context.clock().now());
    addDiagnosis(report, about);
}

void SavedTests::remember(const Credential &tested, const TestReport &report)
{
    EndedTest ended{tested, {summaryOf(report), {}, keptForm(report)}};
    for (const Cause &cause : report.diagnosis)
        ended.test.causes.append(cause.title);
    m_unsaved.push_back(std::move(ended));
    if (m_unsaved.size() >= mostUnsaved || m_context.clock().ticks() - m_savedAt > longestUnsaved)
        saveRemembered();
}

void SavedTests::saveRemembered()
{
    const std::vector<EndedTest> ended = std::exchange(m_unsaved, {});
    const auto saved = keepTests(m_vault, ended);
    m_savedAt = m_context.clock().ticks();
    for (const EndedTest &one : ended) {
        const auto isThis = [&one](const Credential &credential) { return credential.id == one.credential.id; };
        if (saved && std::ranges::any_of(*saved, isThis))
            continue;
        // The test itself stays valid.
        m_context.output().warning(
            SavedTestsText::tr("The result for %1 was not saved: %2")
                .arg(one.credential.name,
                     saved ? SavedTestsText::tr("The credential was changed during the test.") : saved.error().message));
    }
}

void SavedTests::showProgress(std::size_t number, const TestReport &report)
{
    const QString step = runningStepOf(report);
    if (step.isEmpty())
        return;
    const QString position = m_reports.size() > 1 ? u"[%1/%2] "_s.arg(m_finished + 1).arg(m_reports.size()) : QString();
    m_context.output().progress(position + u"%1: %2…"_s.arg(credential(number).name, step));
}

void addDiagnosis(TestReport &report, const DiagnosisContext &context)
{
    Diagnosis diagnosis = diagnose(report, context);
    report.diagnosis = std::move(diagnosis.causes);
    report.ruledOut = std::move(diagnosis.ruledOut);
}

} // namespace credenza::cli
