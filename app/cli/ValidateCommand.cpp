// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ValidateCommand.h"

#include "app/cli/CommandContext.h"
#include "app/cli/FieldOptions.h"
#include "core/credentials/Validation.h"

#include <QCoreApplication>

#include <memory>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct ValidateText {
    Q_DECLARE_TR_FUNCTIONS(ValidateText)
};

QString nameOfState(Finding::State state)
{
    switch (state) {
    case Finding::State::Ok:
        return ValidateText::tr("ok");
    case Finding::State::Warning:
        return ValidateText::tr("warning");
    case Finding::State::Error:
        return ValidateText::tr("error");
    }
    std::unreachable();
}

void printFindings(Output &output, const Validation &validation)
{
    for (const auto &[field, finding] : validation.findings) {
        output.text(
            u"%1 %2 %3"_s.arg(nameOfState(finding.state), -8).arg(nameOf(field), -22).arg(finding.message).trimmed());
        if (!finding.fix.isEmpty())
            output.text(u"         → %1"_s.arg(finding.fix));
    }
}

Result<ExitStatus> validateFields(CommandContext &context, const FieldOptions &fields)
{
    const Validation validation = validate(TRY(fields.draft(context)));
    if (context.output().isJson())
        context.output().json(toJson(validation));
    else
        printFindings(context.output(), validation);
    return validation.isValid() ? ExitStatus::Done : ExitStatus::Invalid;
}

} // namespace

void addValidateCommand(CLI::App &app, Command &selected)
{
    CLI::App *command = app.add_subcommand(
        "validate", utf8(ValidateText::tr("Check the fields of a credential; exit status 0 if valid, 2 if not")));
    const auto fields = std::make_shared<FieldOptions>();
    fields->addTo(*command);
    command->callback([&selected, fields] {
        selected = [fields](CommandContext &context) { return validateFields(context, *fields); };
    });
}

} // namespace credenza::cli
