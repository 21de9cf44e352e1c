// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Arguments.h"

#include <QCoreApplication>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

template <typename Target>
CLI::Option *addOneText(CLI::App &app, const std::string &names, Target &target, const QString &description,
                        const std::string &placeholder)
{
    return app
        .add_option_function<std::string>(
            names, [&target](const std::string &value) { target = QString::fromStdString(value); }, utf8(description))
        ->type_name(placeholder);
}

} // namespace

CLI::Option *addText(CLI::App &app, const std::string &names, QString &target, const QString &description,
                     const std::string &placeholder)
{
    return addOneText(app, names, target, description, placeholder);
}

CLI::Option *addText(CLI::App &app, const std::string &names, std::optional<QString> &target,
                     const QString &description, const std::string &placeholder)
{
    return addOneText(app, names, target, description, placeholder);
}

CLI::Option *addTexts(CLI::App &app, const std::string &names, std::optional<QStringList> &target,
                      const QString &description, const std::string &placeholder)
{
    const auto store = [&target](const std::vector<std::string> &values) {
        target.emplace();
        for (const std::string &value : values) {
            if (!value.empty())
                target->append(QString::fromStdString(value));
        }
    };
    // Otherwise the option would swallow the positional arguments behind its value, and take a value in square brackets
    // for a list.
    return app.add_option_function<std::vector<std::string>>(names, store, utf8(description))
        ->allow_extra_args(false)
        ->type_name(placeholder);
}

CLI::Option *addPositionals(CLI::App &app, const std::string &name, QStringList &target, const QString &description)
{
    const auto store = [&target](const std::vector<std::string> &values) {
        target.clear();
        for (const std::string &value : values)
            target.append(QString::fromStdString(value));
    };
    return app.add_option_function<std::vector<std::string>>(name, store, utf8(description))->type_name("");
}

Failure usageError(const QString &message)
{
    return fail(ErrorKind::InvalidInput, u"usage"_s, message,
                QCoreApplication::translate("Arguments", "Add --help to see what the command takes."));
}

} // namespace credenza::cli
