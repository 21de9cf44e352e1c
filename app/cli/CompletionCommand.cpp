// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CompletionCommand.h"

#include "app/cli/CommandContext.h"

#include <QCoreApplication>

#include <memory>

namespace credenza::cli
{

namespace
{

struct CompletionText {
    Q_DECLARE_TR_FUNCTIONS(CompletionText)
};

/// One option as shells need it.
struct CompletedOption {
    std::string name; ///< without dashes
    std::string description;
    bool hasValue = false;
    bool isFile = false;
};

std::vector<CompletedOption> optionsOf(const CLI::App &app)
{
    std::vector<CompletedOption> options;
    for (const CLI::Option *option : app.get_options()) {
        if (option->get_lnames().empty())
            continue;
        const std::string value = option->get_type_name();
        options.push_back({option->get_lnames().front(), option->get_description(),
                           option->get_items_expected_max() > 0, value == "FILE" || value == "PATH"});
    }
    return options;
}

std::vector<const CLI::App *> commandsOf(const CLI::App &app)
{
    return app.get_subcommands([](const CLI::App *) { return true; });
}

/// The words that may follow the command `path`, and the same for each command below it, as branches of `case`.
void addBashBranches(std::string &script, const CLI::App &app, const std::string &path, const std::string &inherited)
{
    std::string words;
    for (const CLI::App *command : commandsOf(app))
        words += command->get_name() + " ";
    for (const CompletedOption &option : optionsOf(app))
        words += "--" + option.name + " ";
    script += "        \"" + path + "\") words=\"" + words + inherited + "\" ;;\n";
    for (const CLI::App *command : commandsOf(app))
        addBashBranches(script, *command, path + " " + command->get_name(), inherited);
}

void collectValueOptions(const CLI::App &app, std::string &files, std::string &others)
{
    for (const CompletedOption &option : optionsOf(app)) {
        if (option.hasValue)
            (option.isFile ? files : others) += "|--" + option.name;
    }
    for (const CLI::App *command : commandsOf(app))
        collectValueOptions(*command, files, others);
}

void collectPaths(const CLI::App &app, const std::string &path, std::string &paths)
{
    for (const CLI::App *command : commandsOf(app)) {
        const std::string own = path + " " + command->get_name();
        paths += (paths.empty() ? "\"" : "|\"") + own + "\"";
        collectPaths(*command, own, paths);
    }
}

std::string bashScript(const CLI::App &app)
{
    std::string files;
    std::string others;
    collectValueOptions(app, files, others);
    std::string paths;
    collectPaths(app, "", paths);
    std::string global;
    for (const CompletedOption &option : optionsOf(app))
        global += "--" + option.name + " ";

    std::string script = "_credenza_cli() {\n"
                         "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
                         "    local path= words= i\n"
                         "    COMPREPLY=()\n"
                         "    case $previous in\n";
    script += "        " + files.substr(1) + ") COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n";
    script += "        " + others.substr(1) + ") return ;;\n";
    script += "    esac\n"
              "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
              "        case \"$path ${COMP_WORDS[i]}\" in\n";
    script += "            " + paths + ") path+=\" ${COMP_WORDS[i]}\" ;;\n";
    script += "        esac\n"
              "    done\n"
              "    case $path in\n";
    std::string branches;
    addBashBranches(branches, app, "", global);
    script += branches;
    script += "    esac\n"
              "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
              "    [[ $current != -* && $path = \" key inspect\" ]] && COMPREPLY+=($(compgen -f -- \"$current\"))\n"
              "}\n"
              "complete -o filenames -F _credenza_cli credenza-cli\n";
    return script;
}

std::string fishQuoted(const std::string &text)
{
    std::string quoted = "'";
    for (const char character : text) {
        if (character == '\'' || character == '\\')
            quoted += '\\';
        quoted += character;
    }
    return quoted + "'";
}

void addFishOptions(std::string &script, const CLI::App &app, const std::string &condition)
{
    for (const CompletedOption &option : optionsOf(app)) {
        script += "complete -c credenza-cli" + condition + " -l " + option.name;
        if (option.hasValue)
            script += option.isFile ? " -r -F" : " -x";
        script += " -d " + fishQuoted(option.description) + "\n";
    }
}

std::string fishScript(const CLI::App &app)
{
    std::string script = "complete -c credenza-cli -f\n";
    addFishOptions(script, app, "");
    std::string names;
    for (const CLI::App *command : commandsOf(app))
        names += " " + command->get_name();
    for (const CLI::App *command : commandsOf(app)) {
        const std::string seen = "__fish_seen_subcommand_from " + command->get_name();
        script += "complete -c credenza-cli -n 'not __fish_seen_subcommand_from" + names + "' -a " +
                  command->get_name() + " -d " + fishQuoted(command->get_description()) + "\n";
        addFishOptions(script, *command, " -n '" + seen + "'");
        std::string below;
        for (const CLI::App *inner : commandsOf(*command))
            below += " " + inner->get_name();
        for (const CLI::App *inner : commandsOf(*command)) {
            script += "complete -c credenza-cli -n '" + seen + "; and not __fish_seen_subcommand_from" + below +
                      "' -a " + inner->get_name() + " -d " + fishQuoted(inner->get_description()) + "\n";
            addFishOptions(script, *inner,
                           " -n '" + seen + "; and __fish_seen_subcommand_from " + inner->get_name() + "'");
        }
    }
    return script;
}

std::string scriptFor(const std::string &shell, const CLI::App &app)
{
    if (shell == "fish")
        return fishScript(app);
    if (shell == "zsh")
        return "#compdef credenza-cli\nautoload -U +X bashcompinit && bashcompinit\n" + bashScript(app);
    return bashScript(app);
}

} // namespace

void addCompletionCommand(CLI::App &app, Command &selected)
{
    CLI::App *command = app.add_subcommand("completion", utf8(CompletionText::tr("Print a completion script")));
    const auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, utf8(CompletionText::tr("bash, zsh or fish")))
        ->required()
        ->type_name("")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&selected, &app, shell] {
        selected = [&app, shell](CommandContext &context) -> Result<ExitStatus> {
            context.output().bytes(QByteArray::fromStdString(scriptFor(*shell, app)));
            return ExitStatus::Done;
        };
    });
}

} // namespace credenza::cli
