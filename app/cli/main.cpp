// SPDX-License-Identifier: Apache-2.0
#include "app/cli/CommandContext.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Interrupt.h"
#include "core/base/ProcessHardening.h"
#include "core/keys/OpenSslMemory.h"
#include "core/net/QtHttpTransport.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QTranslator>

#include <clocale>
#include <cstring>
#include <langinfo.h>

using namespace credenza;
using namespace credenza::cli;

namespace
{

/// Qt writes a warning to standard error, where scripts expect our JSON, unless the locale speaks UTF-8.
void requireUtf8Locale()
{
    if (std::setlocale(LC_ALL, "") == nullptr || std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

/// The libraries' own messages are for those who look for a fault: on standard error scripts expect our JSON alone.
void showLibraryMessages(bool isWanted)
{
    QLoggingCategory::setFilterRules(isWanted ? QString() : QStringLiteral("*=false"));
}

Result<ExitStatus> run(CommandLine &commandLine, Output &output, std::vector<std::string> arguments,
                       const Interrupt &interrupt)
{
    TRY(hardenProcess());
    TRY(wipeOpenSslMemory());
    const std::optional<Command> command = TRY(commandLine.parse(std::move(arguments), output));
    showLibraryMessages(output.isVerbose() && !output.isJson());
    ExitStatus status = ExitStatus::Done;
    if (command) {
        const SystemClock clock;
        SystemRandom random;
        CommandContext context(
            commandLine.options(), output, clock, random, [] { return std::make_unique<QtHttpTransport>(); },
            interrupt.token());
        status = TRY((*command)(context));
    }
    TRY(output.finish());
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    Interrupt interrupt;
    requireUtf8Locale();
    // Workers need no GLib loop, and Qt's own costs a request less.
    qputenv("QT_NO_THREADED_GLIB", "1");
    QCoreApplication application(argc, argv);
    showLibraryMessages(false);
    QTranslator english; // its plural forms
    if (english.load(QStringLiteral(":/translations/credenza_en")))
        QCoreApplication::installTranslator(&english);
    Output output;
    CommandLine commandLine;
    const auto status = run(commandLine, output, {argv + 1, argv + argc}, interrupt);
    if (status)
        return static_cast<int>(*status);
    if (status.error().code != QLatin1String("output.closed"))
        output.error(status.error());
    if (status.error().kind == ErrorKind::Cancelled && interrupt.exitStatus() != 0)
        return interrupt.exitStatus();
    return static_cast<int>(exitStatusOf(status.error().kind));
}
