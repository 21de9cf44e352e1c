// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/Sandbox.h"
#include "app/sandbox/StopSignals.h"
#include "core/base/ProcessHardening.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace credenza;

namespace
{

int complain(const Error &error)
{
    std::fprintf(stderr, "credenza-sandbox: %s %s\n", qUtf8Printable(error.message), qUtf8Printable(error.hint));
    return error.kind == ErrorKind::InvalidInput ? 2 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const sandbox::StopSignals stop;
    if (const auto hardened = hardenProcess(); !hardened)
        return complain(hardened.error());
    const auto options = sandbox::readOptions(argc, argv);
    if (!options)
        return options.error();
    const QCoreApplication application(argc, argv); // for the network classes
    const SystemClock clock;
    SystemRandom random;
    const auto running = sandbox::Sandbox::start(*options, clock, random);
    if (!running)
        return complain(running.error());
    const QByteArray line = QJsonDocument((*running)->announcement()).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout);
    std::fflush(stdout);
    stop.wait(options->exitWithParent);
    return 0;
}
