// SPDX-License-Identifier: Apache-2.0
#include "app/cli/FhirCommands.h"

#include "app/cli/CommandContext.h"
#include "core/base/File.h"
#include "core/fhir/FhirFailure.h"
#include "core/fhir/FhirSearch.h"
#include "core/smart/CredentialTokens.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct FhirCommandText {
    Q_DECLARE_TR_FUNCTIONS(FhirCommandText)
};

struct GetOptions {
    QString name;
    QString path;
    QString outFile;
    bool allPages = false;
};

/// Where the result goes: standard output as it comes, or a file that is there in one step at the end.
class Destination
{
public:
    Destination(Output &output, const QString &path) : m_output(output), m_path(path), m_file(path) {}

    Result<void> open()
    {
        if (m_path.isEmpty() || (m_file.open(QIODevice::WriteOnly) &&
                                 m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)))
            return {};
        return unwritable();
    }
    Result<void> write(const QByteArray &data)
    {
        if (m_path.isEmpty())
            m_output.bytes(data);
        else if (m_file.write(data) != data.size())
            return unwritable();
        return {};
    }
    Result<void> commit()
    {
        if (m_path.isEmpty() || m_file.commit())
            return {};
        return unwritable();
    }

private:
    Failure unwritable() const
    {
        return fail(ErrorKind::Failed, u"file.unwritable"_s,
                    FhirCommandText::tr("%1 can't be written: %2.").arg(m_path, m_file.errorString()),
                    FhirCommandText::tr("Check that the folder exists and that you may write to it."));
    }

    Output &m_output;
    QString m_path;
    QSaveFile m_file;
};

void tellOfIssues(Output &output, const SearchPage &page)
{
    for (const QString &hidden : page.hidden)
        output.warning(hidden);
    for (const OutcomeIssue &issue : page.issues)
        output.warning(issueText(issue));
}

Result<void> getAllPages(CommandContext &context, FhirClient &client, const QString &path, Destination &destination)
{
    SearchCursor cursor(client, path);
    qsizetype count = 0;
    int pages = 0;
    while (!cursor.isAtEnd()) {
        const SearchPage page = TRY(cursor.fetch(context.stop()));
        tellOfIssues(context.output(), page);
        for (const QList<Resource> *resources : {&page.matches, &page.included}) {
            for (const Resource &resource : *resources)
                TRY(destination.write(toCompactJson(resource.root) + '\n'));
            count += resources->size();
        }
        context.output().progress(FhirCommandText::tr("%1 resources on %2 pages").arg(count).arg(++pages));
    }
    context.output().clearProgress();
    return {};
}

Result<void> getOne(CommandContext &context, FhirClient &client, const QString &path, Destination &destination)
{
    const FhirAnswer answer = TRY(client.get(path, context.stop()));
    const int status = answer.reply.status;
    if (status < 200 || status > 299)
        return Failure(fhirFailure(answer.reply, typeInPath(path)));
    const Result<SearchPage> page = readSearchPage(answer.reply, typeInPath(path));
    if (page)
        tellOfIssues(context.output(), *page);
    const auto document = JsonDocument::parse(answer.reply.body);
    // What is no JSON was asked for as such, a Binary for example, and goes out byte for byte.
    return destination.write(document ? toIndentedJson((*document)->root()) + '\n' : answer.reply.body);
}

Result<ExitStatus> get(CommandContext &context, const GetOptions &options)
{
    const NetworkSettings defaults = TRY(context.networkSettings());
    const Vault vault = TRY(context.openVault());
    const Credential credential = TRY(findCredential(vault, options.name));
    const NetworkSettings network = context.networkSettingsFor(credential, defaults);
    const auto transport = context.transportFactory()();
    CredentialTokens tokens(
        credential, [&vault, &credential] { return vault.privateKey(credential.id); }, network,
        TestEnvironment{*transport, context.clock(), context.random()});
    FhirClient client(fhirPrototype(credential, network), *transport, tokens);
    Destination destination(context.output(), options.outFile);
    TRY(destination.open());
    if (options.allPages)
        TRY(getAllPages(context, client, options.path, destination));
    else
        TRY(getOne(context, client, options.path, destination));
    TRY(destination.commit());
    return ExitStatus::Done;
}

} // namespace

void addFhirCommands(CLI::App &app, Command &selected)
{
    CLI::App *fhir = app.add_subcommand("fhir", utf8(FhirCommandText::tr("Read FHIR data with a saved credential")));
    fhir->require_subcommand(1);
    CLI::App *getCommand =
        fhir->add_subcommand("get", utf8(FhirCommandText::tr("Read a resource or run a search, and print the answer")));
    const auto options = std::make_shared<GetOptions>();
    addText(*getCommand, "NAME", options->name, FhirCommandText::tr("Name or id of the credential"), "")->required();
    addText(*getCommand, "PATH", options->path,
            FhirCommandText::tr("Below the FHIR base URL: Patient/ID or 'Patient?name=x'"), "")
        ->required();
    getCommand->add_flag("--all-pages", options->allPages,
                         utf8(FhirCommandText::tr("Follow the result to its end and print the resources as NDJSON")));
    addText(*getCommand, "--out", options->outFile,
            FhirCommandText::tr("Write to this file, in one step and readable by you only"), "FILE");
    getCommand->callback(
        [&selected, options] { selected = [options](CommandContext &context) { return get(context, *options); }; });
}

} // namespace credenza::cli
