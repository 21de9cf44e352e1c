// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Output.h"

#include <QString>

#include <optional>

namespace CLI
{
class App;
}

namespace credenza::cli
{

/// The options every command takes, before or after its name (cli.md, "Global").
struct GlobalOptions {
    QString vault;                         ///< path or URL; empty: $CREDENZA_VAULT or the default
    std::optional<QString> passphraseFile; ///< "-": standard input
    QString authorityFile;                 ///< PEM certificates to trust besides the system's
    QString proxy;
    double timeoutSeconds = 30;
    OutputMode output;

    /// Declares them on the program; this object must outlive the parsing.
    void addTo(CLI::App &app);
};

} // namespace credenza::cli
