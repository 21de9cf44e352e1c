// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/ExitStatus.h"
#include "core/base/Result.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

namespace credenza::cli
{

class CommandContext;

/// What the arguments asked for, ready to run once all of them have been read. An answer other than Done has been
/// explained in the output already.
using Command = std::function<Result<ExitStatus>(CommandContext &)>;

/// An option or positional argument with one value. `target` must outlive the parsing. `placeholder` is what the help
/// shows for the value, for example FILE.
CLI::Option *addText(CLI::App &app, const std::string &names, QString &target, const QString &description,
                     const std::string &placeholder);
/// The same where "not given" differs from "empty".
CLI::Option *addText(CLI::App &app, const std::string &names, std::optional<QString> &target,
                     const QString &description, const std::string &placeholder);
/// An option that is given again for each further value. Empty values are left out, so that `--tag ''` gives an empty
/// list.
CLI::Option *addTexts(CLI::App &app, const std::string &names, std::optional<QStringList> &target,
                      const QString &description, const std::string &placeholder);
/// A positional argument that takes all there are. CLI11 takes one that is in square brackets for a list.
CLI::Option *addPositionals(CLI::App &app, const std::string &name, QStringList &target, const QString &description);

/// Text of ours for CLI11.
[[nodiscard]] inline std::string utf8(const QString &text)
{
    return text.toStdString();
}

/// The failure of arguments that don't go together. Code "usage".
[[nodiscard]] Failure usageError(const QString &message);

} // namespace credenza::cli
