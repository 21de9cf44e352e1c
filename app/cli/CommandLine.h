// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"
#include "app/cli/GlobalOptions.h"

#include <memory>
#include <optional>
#include <vector>

namespace credenza::cli
{

/// All commands and options, and what one set of arguments means.
class CommandLine
{
public:
    CommandLine();
    ~CommandLine();
    Q_DISABLE_COPY_MOVE(CommandLine)

    /// Reads the arguments (without the program's name). Nothing if they were answered already: --help and --version.
    /// Errors: usage. Until this returns, `output` is set up as far as --json goes, so that it can report that.
    [[nodiscard]] Result<std::optional<Command>> parse(std::vector<std::string> arguments, Output &output);
    [[nodiscard]] const GlobalOptions &options() const { return m_options; }

private:
    GlobalOptions m_options;
    Command m_selected;
    std::unique_ptr<CLI::App> m_app; // last: its options refer to the members above
};

} // namespace credenza::cli
