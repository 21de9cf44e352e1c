// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandLine.h"

#include "app/cli/ActivityCommand.h"
#include "app/cli/CompletionCommand.h"
#include "app/cli/CredentialCommands.h"
#include "app/cli/ExportCommands.h"
#include "app/cli/FhirCommands.h"
#include "app/cli/FileCommands.h"
#include "app/cli/HistoryCommands.h"
#include "app/cli/IdentityCommands.h"
#include "app/cli/ImportCommands.h"
#include "app/cli/KeyCommands.h"
#include "app/cli/TestCommand.h"
#include "app/cli/TokenCommands.h"
#include "app/cli/ValidateCommand.h"
#include "app/cli/VaultCommands.h"

#include <QCoreApplication>

#include <algorithm>
#include <sstream>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct CommandLineText {
    Q_DECLARE_TR_FUNCTIONS(CommandLineText)
};

/// CLI11 takes the next argument for the value of `--option=`; GNU style is an empty value.
void splitEmptyValues(std::vector<std::string> &arguments)
{
    std::vector<std::string> split;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (*argument == "--") {
            split.insert(split.end(), argument, arguments.end());
            break;
        }
        const bool isEmptyValue = argument->starts_with("--") && argument->find('=') == argument->size() - 1;
        if (!isEmptyValue) {
            split.push_back(*argument);
            continue;
        }
        split.push_back(argument->substr(0, argument->size() - 1));
        split.emplace_back();
    }
    arguments = std::move(split);
}

/// What CLI11 says, but naming what it did not know, and never repeating what may be a secret that was given as an
/// argument by mistake.
Failure refused(const CLI::App &app, const CLI::ParseError &error)
{
    const bool lacksCommand = dynamic_cast<const CLI::RequiredError *>(&error) != nullptr &&
                              std::string_view(error.what()) == CLI::RequiredError::Subcommand(1).what();
    const bool hasTooMuch = dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr;
    const std::vector<std::string> unknown = app.remaining(true);
    if (unknown.empty() || !(lacksCommand || hasTooMuch))
        return usageError(QString::fromUtf8(error.what()));
    const QString first = QString::fromStdString(unknown.front());
    if (first.startsWith(u'-'))
        return usageError(CommandLineText::tr("There is no option %1 here.").arg(first.section(u'=', 0, 0)));
    if (lacksCommand)
        return usageError(CommandLineText::tr("There is no command %1.").arg(first));
    return usageError(CommandLineText::tr("There is an argument too many."));
}

bool hasArgument(const std::vector<std::string> &arguments, std::string_view wanted)
{
    const auto end = std::ranges::find(arguments, std::string_view("--"));
    return std::find(arguments.begin(), end, wanted) != end;
}

} // namespace

CommandLine::CommandLine()
    : m_app(std::make_unique<CLI::App>(
          utf8(CommandLineText::tr("Credentials for SMART Backend Services, kept encrypted and tested step by step")),
          "credenza-cli"))
{
    m_app->fallthrough();
    m_app->require_subcommand(1);
    m_options.addTo(*m_app);
    addVaultCommands(*m_app, m_selected);
    addValidateCommand(*m_app, m_selected);
    addCredentialCommands(*m_app, m_selected);
    addHistoryCommands(*m_app, m_selected);
    addTestCommand(*m_app, m_selected);
    addTokenCommands(*m_app, m_selected);
    addKeyCommands(*m_app, m_selected);
    addFhirCommands(*m_app, m_selected);
    addFileCommands(*m_app, m_selected);
    addActivityCommand(*m_app, m_selected);
    addExportCommands(*m_app, m_selected);
    addImportCommands(*m_app, m_selected);
    addIdentityCommands(*m_app, m_selected);
    addCompletionCommand(*m_app, m_selected);
    m_app->footer(utf8(CommandLineText::tr(
        "Global options may stand before or after the command.\n"
        "Exit status: 0 done, 1 failed, 2 usage or invalid input, 3 vault locked, 4 not found, 5 damaged, 6 conflict, "
        "130 interrupted.")));
}

CommandLine::~CommandLine() = default;

Result<std::optional<Command>> CommandLine::parse(std::vector<std::string> arguments, Output &output)
{
    // Not known otherwise if the arguments turn out to be wrong before --json is reached.
    output.setMode({.json = hasArgument(arguments, "--json")});
    splitEmptyValues(arguments);
    std::ranges::reverse(arguments); // CLI11 takes a vector from its end
    try {
        m_app->parse(std::move(arguments));
    } catch (const CLI::Success &success) {
        std::ostringstream text;
        m_app->exit(success, text, text);
        output.bytes(QByteArray::fromStdString(text.str()));
        return std::optional<Command>();
    } catch (const CLI::ParseError &error) {
        return refused(*m_app, error);
    }
    output.setMode(m_options.output);
    return std::optional(std::move(m_selected));
}

} // namespace credenza::cli
