// SPDX-License-Identifier: Apache-2.0
#include "app/cli/TestCommand.h"

#include "app/cli/CommandContext.h"
#include "app/cli/FieldOptions.h"
#include "app/cli/ParallelTests.h"
#include "app/cli/SavedTests.h"
#include "app/cli/TestReportText.h"
#include "core/base/File.h"
#include "core/smart/NetworkSettingsFor.h"
#include "core/vault/TestHistory.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct TestText {
    Q_DECLARE_TR_FUNCTIONS(TestText)
};

struct TestOptions {
    QStringList names;
    bool all = false;
    FieldOptions fields;
    int jobs = 4;
    QString reportFile;
    QString junitFile;
    bool correctsClock = false;
    bool showsHistory = false;
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

Result<void> writeFiles(const TestOptions &options, const QList<TestReport> &reports,
                        const QList<UntestedCredential> &untested = {})
{
    if (!options.reportFile.isEmpty())
        TRY(writeReport(options.reportFile, reports));
    if (!options.junitFile.isEmpty())
        TRY(writeFileAtomically(options.junitFile, toJUnit(reports, untested)));
    return {};
}

Result<void> checkOptions(const TestOptions &options)
{
    const bool hasNames = !options.names.isEmpty();
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
    plan.correctsClock = options.correctsClock;
    plan.subject = [&prepared](std::size_t) { return Result<TestSubject>(prepared); };
    plan.finished = [&report](std::size_t, Result<TestReport> result) { report = std::move(*result); };
    plan.progress = [&context](std::size_t, const TestReport &soFar) {
        const QString step = runningStepOf(soFar);
        if (!step.isEmpty())
            context.output().progress(step + u'…');
    };
    TRY(runTests(plan, context));

    if (!report.passed) {
        DiagnosisContext about;
        about.fhirBaseUrl = prepared.draft.fhirBaseUrl;
        about.clientId = prepared.draft.clientId;
        about.now = toDateTime(context.clock().now());
        addDiagnosis(report, about);
    }

    if (context.output().isJson())
        context.output().json(toJson(report));
    else
        printReports(context.output(), {report});
    TRY(writeFiles(options, {report}));
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
    for (const QString &name : options.names) {
        Credential credential = TRY(findCredential(vault, name));
        if (std::ranges::none_of(chosen, [&](const Credential &other) { return other.id == credential.id; }))
            chosen.append(std::move(credential));
    }
    return chosen;
}

/// What is kept of earlier tests; nothing is tested.
Result<ExitStatus> printHistory(CommandContext &context, const TestOptions &options)
{
    const Vault vault = TRY(context.openVault());
    const QList<Credential> chosen = TRY(chosenCredentials(vault, options));
    QJsonArray all;
    for (const Credential &credential : chosen) {
        if (chosen.size() > 1 && !context.output().isJson())
            context.output().text(credential.name);
        for (const KeptTest &test : TRY(testHistory(vault, credential.id))) {
            QJsonObject json = toJson(test);
            json.insert(u"credential"_s, credential.name);
            all.append(json);
            if (context.output().isJson())
                continue;
            const QString how = test.summary.passed ? TestText::tr("passed")
                                                    : TestText::tr("failed: %1").arg(test.summary.code);
            context.output().text(u"%1  %2  %3"_s.arg(test.summary.at.toUTC().toString(Qt::ISODate), how,
                                                      test.causes.value(0, test.summary.summary)));
        }
    }
    if (context.output().isJson())
        context.output().json(all);
    return ExitStatus::Done;
}

Result<ExitStatus> testSaved(CommandContext &context, const TestOptions &options)
{
    NetworkSettings network = TRY(context.networkSettings());
    Vault vault = TRY(context.openVault());
    QList<Credential> chosen = TRY(chosenCredentials(vault, options));
    SavedTests tests(context, std::move(vault), std::move(chosen), std::move(network));
    TRY(tests.run(options.jobs, options.correctsClock));

    const QList<TestReport> reports = tests.reports();
    const bool isOne = !options.all && options.names.size() == 1;
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
    TRY(writeFiles(options, reports, tests.untested()));
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
    addPositionals(*command, "NAME", options->names, TestText::tr("Names or ids of credentials"));
    command->add_flag("--all", options->all, utf8(TestText::tr("Test every credential in the vault")));
    options->fields.addFileTo(*command);
    command->add_option("--jobs", options->jobs, utf8(TestText::tr("How many to test at once; 4 unless given")))
        ->type_name("N")
        ->check(CLI::Range(1, mostJobs));
    addText(*command, "--report", options->reportFile,
            TestText::tr("Also write a report in Markdown, without secrets, to FILE"), "FILE");
    addText(*command, "--junit", options->junitFile,
            TestText::tr("Also write the results as JUnit XML, for CI systems, to FILE"), "FILE");
    command->add_flag("--correct-clock", options->correctsClock,
                      utf8(TestText::tr("Sign by the server's clock where this machine's is off by more than 5 s")));
    command->add_flag("--history", options->showsHistory,
                      utf8(TestText::tr("Print how earlier tests ended, newest first, and test nothing")));
    command->callback([&selected, options] {
        selected = [options](CommandContext &context) -> Result<ExitStatus> {
            TRY(checkOptions(*options));
            if (options->showsHistory && !options->fields.fromFile)
                return printHistory(context, *options);
            return options->fields.fromFile ? testFile(context, *options) : testSaved(context, *options);
        };
    });
}

} // namespace credenza::cli
