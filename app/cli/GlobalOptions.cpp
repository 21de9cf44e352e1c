// SPDX-License-Identifier: Apache-2.0
#include "app/cli/GlobalOptions.h"

#include "app/cli/Arguments.h"

#include <QCoreApplication>

namespace credenza::cli
{

namespace
{

struct GlobalOptionsText {
    Q_DECLARE_TR_FUNCTIONS(GlobalOptionsText)
};

constexpr double shortestTimeout = 0.1;
constexpr double longestTimeout = 3600;

} // namespace

void GlobalOptions::addTo(CLI::App &app)
{
    using Text = GlobalOptionsText;
    addText(app, "--vault", vault,
            Text::tr("Vault file. Else $CREDENZA_VAULT, else default.credenza in the user's data folder"), "PATH");
    addText(app, "--passphrase-file", passphraseFile,
            Text::tr("Read the vault's passphrase from the first line of FILE ('-': standard input). Else "
                     "$CREDENZA_PASSPHRASE_FILE, else $CREDENZA_PASSPHRASE, else ask on the terminal"),
            "FILE");
    app.add_flag("--json", output.json,
                 utf8(Text::tr("Print one JSON document; on failure {\"error\":{\"code\",\"message\",\"hint\"}} on "
                               "standard error")));
    addText(app, "--ca", authorityFile, Text::tr("Also trust the certificates (PEM) in FILE"), "FILE");
    addText(app, "--proxy", proxy, Text::tr("Go through this proxy: http://HOST:PORT or socks5://HOST:PORT"), "URL");
    app.add_option("--timeout", timeoutSeconds, utf8(Text::tr("Longest time for one request; 30 unless given")))
        ->type_name("SECONDS")
        ->check(CLI::Range(shortestTimeout, longestTimeout));
    app.add_flag("--quiet,-q", output.quiet, utf8(Text::tr("Print results and errors only")));
    app.add_flag("--verbose,-v", output.verbose, utf8(Text::tr("Say more; never a secret")));
    app.set_version_flag("--version", "credenza-cli " CREDENZA_VERSION, utf8(Text::tr("Print the version and exit")));
}

} // namespace credenza::cli
