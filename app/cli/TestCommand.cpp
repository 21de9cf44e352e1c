// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TestCommand.h"

#include "app/cli/CommandContext.h"
#include "app/cli/FieldOptions.h"
#include "app/cli/ParallelTests.h"
#include "app/cli/TestReportText.h"
#include "core/base/File.h"
#include "core/smart/Diagnosis.h"
#include "core/smart/NetworkSettingsFor.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct TestText {
    Q_DECLARE_TR_FUNCTIONS(TestText)
};

struct TestOptions {
    std::optional<QStringList> names;
    bool all = false;
    FieldOptions fields;
    int jobs = 4;
    QString reportFile;
};

void addDiagnosis(TestReport &report, const DiagnosisContext &context)
{
    if (report.passed)
        return;
    Diagnosis diagnosis = diagnose(report, context);
    report.diagnosis = std::move(diagnosis.causes);
    report.ruledOut = std::move(diagnosis.ruledOut);
}

/// Tests of saved credentials: opens their keys, explains what failed, and remembers how each ended.
class SavedTests
{
public:
    SavedTests(CommandContext &context, Vault vault, QList<Credential> credentials, NetworkSettings network)
        : m_context(context), m_vault(std::move(vault)), m_credentials(std::move(credentials)),
          m_network(std::move(network)), m_reports(static_cast<std::size_t>(m_credentials.size()))
    {
    }

    Result<void> run(int jobs)
    {
        TestPlan plan;
        plan.count = m_reports.size();
        plan.jobs = jobs;
        plan.subject = [this](std::size_t number) { return subject(number); };
        plan.finished = [this](std::size_t number, Result<TestReport> report) { take(number, std::move(report)); };
        plan.progress = [this](std::size_t number, const TestReport &report) { showProgress(number, report); };
        return runTests(plan, m_context);
    }

    /// In the order of the credentials.
    [[nodiscard]] QList<TestReport> reports() const
    {
        QList<TestReport> all;
        for (const auto &report : m_reports) {
            if (report)
                all.append(*report);
        }
        return all;
    }
    /// The first reason why a test could not be run at all; also set where the vault is damaged.
    [[nodiscard]] Result<void> completeness() const
    {
        if (m_firstError)
            return Failure(*m_firstError);
        return {};
    }
    [[nodiscard]] const Vault &vault() const { return m_vault; }

private:
    [[nodiscard]] const Credential &credential(std::size_t number) const
    {
        return m_credentials.at(static_cast<qsizetype>(number));
    }

    Result<TestSubject> subject(std::size_t number) const
    {
        const Credential &tested = credential(number);
        TestSubject subject;
        subject.draft = draftOf(tested);
        subject.key = TRY(m_vault.privateKey(tested.id));
        subject.network = m_context.networkSettingsFor(tested, m_network);
        return subject;
    }

    void take(std::size_t number, Result<TestReport> result)
    {
        if (!result) {
            if (!m_firstError)
                m_firstError = result.error();
            m_context.output().warning(u"%1: %2"_s.arg(credential(number).name, result.error().message));
            return;
        }
        const Credential &tested = credential(number);
        DiagnosisContext about;
        about.credentialId = tested.id.toString(QUuid::WithoutBraces);
        about.fhirBaseUrl = tested.fhirBaseUrl;
        about.clientId = tested.clientId;
        about.keyCreatedAt = tested.key.createdAt;
        if (!result->passed)
            about.otherCredentials = m_vault.credentials();
        about.lastTest = tested.lastTest;
        about.now = toDateTime(m_context.clock().now());
        addDiagnosis(*result, about);
        remember(tested, *result);
        m_reports[number] = std::move(*result);
        ++m_finished;
    }

    /// A test stays valid where its summary can't be saved, so that is only warned of.
    void remember(const Credential &tested, const TestReport &report)
    {
        const auto save = [this, &report](Credential credential) {
            credential.lastTest = summaryOf(report);
            return m_vault.update(std::move(credential));
        };
        auto saved = save(tested);
        if (!saved && saved.error().kind == ErrorKind::Conflict)
            saved = saveAgain(tested.id, save);
        if (!saved)
            m_context.output().warning(
                TestText::tr("The result for %1 was not saved: %2").arg(tested.name, saved.error().message));
    }

    /// Another process saved the credential meanwhile: the result goes to what is there now.
    template <typename Save> Result<Credential> saveAgain(const QUuid &id, const Save &save)
    {
        TRY(m_vault.refresh());
        return save(TRY(m_vault.find(id.toString(QUuid::WithoutBraces))));
    }

    void showProgress(std::size_t number, const TestReport &report)
    {
        const QString step = runningStepOf(report);
        if (step.isEmpty())
            return;
        const QString position =
            m_reports.size() > 1 ? u"[%1/%2] "_s.arg(m_finished + 1).arg(m_reports.size()) : QString();
        m_context.output().progress(position + u"%1: %2…"_s.arg(credential(number).name, step));
    }

    CommandContext &m_context;
    Vault m_vault;
    QList<Credential> m_credentials;
    NetworkSettings m_network;
    std::vector<std::optional<TestReport>> m_reports;
    std::atomic<std::size_t> m_finished = 0;
    std::optional<Error> m_firstError;
};

QString summaryLine(const QList<TestReport> &reports)
{
    const auto passed = std::ranges::count(reports, true, &TestReport::passed);
    return TestText::tr("%1 passed, %2 failed").arg(passed).arg(reports.size() - passed);
}

void printReports(Output &output, const QList<TestReport> &reports)
{
    const TestReportStyle style{output.hasColour(), output.isVerbose()};
    for (const TestReport &report : reports)
        output.styledText(textOf(report, style));
    if (reports.size() != 1)
        output.text(summaryLine(reports));
}

Result<void> writeReport(const QString &path, const QList<TestReport> &reports)
{
    QStringList parts;
    for (const TestReport &report : reports)
        parts.append(toMarkdown(report));
    return writeFileAtomically(path, parts.join(u"\n---\n\n"_s).toUtf8());
}

Result<void> checkOptions(const TestOptions &options)
{
    const bool hasNames = options.names && !options.names->isEmpty();
    const int ways = int(hasNames) + int(options.all) + int(options.fields.fromFile.has_value());
    if (ways != 1)
        return usageError(TestText::tr("Say what to test: names, --all, or --from FILE."));
    return {};
}

Result<ExitStatus> testFile(CommandContext &context, const TestOptions &options)
{
    TestSubject prepared;
    prepared.draft = TRY(options.fields.draft(context));
    if (prepared.draft.key && prepared.draft.key->imported)
        prepared.key = prepared.draft.key->imported->key;
    prepared.network = TRY(context.networkSettings());
    if (prepared.network.proxy.isEmpty())
        prepared.network = networkSettingsFor(prepared.draft, prepared.network);

    TestReport report;
    TestPlan plan;
    plan.count = 1;
    plan.subject = [&prepared](std::size_t) { return Result<TestSubject>(prepared); };
    plan.finished = [&report](std::size_t, Result<TestReport> result) { report = std::move(*result); };
    plan.progress = [&context](std::size_t, const TestReport &soFar) {
        const QString step = runningStepOf(soFar);
        if (!step.isEmpty())
            context.output().progress(step + u'…');
    };
    TRY(runTests(plan, context));

    DiagnosisContext about;
    about.fhirBaseUrl = prepared.draft.fhirBaseUrl;
    about.clientId = prepared.draft.clientId;
    about.now = toDateTime(context.clock().now());
    addDiagnosis(report, about);

    if (context.output().isJson())
        context.output().json(toJson(report));
    else
        printReports(context.output(), {report});
    if (!options.reportFile.isEmpty())
        TRY(writeReport(options.reportFile, {report}));
    if (report.passed)
        return ExitStatus::Done;
    const TestStep *failed = report.failedStep();
    const bool isInvalid = failed != nullptr && failed->id == TestStepId::Validate;
    return isInvalid ? ExitStatus::Invalid : ExitStatus::Failed;
}

Result<QList<Credential>> chosenCredentials(const Vault &vault, const TestOptions &options)
{
    if (options.all)
        return vault.credentials();
    QList<Credential> chosen;
    for (const QString &name : *options.names) {
        Credential credential = TRY(findCredential(vault, name));
        if (std::ranges::none_of(chosen, [&](const Credential &other) { return other.id == credential.id; }))
            chosen.append(std::move(credential));
    }
    return chosen;
}

Result<ExitStatus> testSaved(CommandContext &context, const TestOptions &options)
{
    NetworkSettings network = TRY(context.networkSettings());
    Vault vault = TRY(context.openVault());
    QList<Credential> chosen = TRY(chosenCredentials(vault, options));
    SavedTests tests(context, std::move(vault), std::move(chosen), std::move(network));
    TRY(tests.run(options.jobs));

    const QList<TestReport> reports = tests.reports();
    const bool isOne = !options.all && options.names->size() == 1;
    Output &output = context.output();
    if (!output.isJson()) {
        printReports(output, reports);
    } else if (!isOne) {
        QJsonArray all;
        for (const TestReport &report : reports)
            all.append(toJson(report));
        output.json(all);
    } else if (!reports.isEmpty()) {
        output.json(toJson(reports.first()));
    }
    if (!options.reportFile.isEmpty())
        TRY(writeReport(options.reportFile, reports));
    TRY(tests.completeness());
    if (options.all)
        TRY(requireUndamaged(tests.vault()));
    return std::ranges::all_of(reports, &TestReport::passed) ? ExitStatus::Done : ExitStatus::Failed;
}

} // namespace

void addTestCommand(CLI::App &app, Command &selected)
{
    constexpr int mostJobs = 64;
    CLI::App *command = app.add_subcommand("test", utf8(TestText::tr("Test the connection, step by step")));
    command->footer(utf8(TestText::tr(
        "With --json, one NAME or --from FILE gives one object; several names or --all give an array of them.\n"
        "Exit status: 0 if every test passed, 1 if one did not, 2 if the fields of --from are not valid.")));
    const auto options = std::make_shared<TestOptions>();
    addTexts(*command, "NAME", options->names, TestText::tr("Names or ids of credentials"), "");
    command->add_flag("--all", options->all, utf8(TestText::tr("Test every credential in the vault")));
    options->fields.addFileTo(*command);
    command->add_option("--jobs", options->jobs, utf8(TestText::tr("How many to test at once; 4 unless given")))
        ->type_name("N")
        ->check(CLI::Range(1, mostJobs));
    addText(*command, "--report", options->reportFile,
            TestText::tr("Also write a report in Markdown, without secrets, to FILE"), "FILE");
    command->callback([&selected, options] {
        selected = [options](CommandContext &context) -> Result<ExitStatus> {
            TRY(checkOptions(*options));
            return options->fields.fromFile ? testFile(context, *options) : testSaved(context, *options);
        };
    });
}

} // namespace credenza::cli
