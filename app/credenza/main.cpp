// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/Application.h"
#include "app/credenza/FileDialogs.h"
#include "app/credenza/FirstPaint.h"
#include "app/credenza/LastVault.h"
#include "app/credenza/TerminationSignals.h"

#include "core/base/File.h"
#include "core/base/ProcessHardening.h"
#include "core/keys/OpenSslMemory.h"
#include "core/net/QtHttpTransport.h"
#include "core/net/SingleInstance.h"
#include "core/vault/SystemKeyring.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QTranslator>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace
{

/// The local sandbox: the one that runs already, if its ready line was given in a file, else one to start on request.
std::unique_ptr<LocalSandbox> makeSandbox(const QString &readyFile)
{
    auto sandbox = std::make_unique<LocalSandbox>(
        QString(), QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/credenza/sandbox"_s);
    if (readyFile.isEmpty())
        return sandbox;
    const auto line = readFile(readyFile, 64 * 1024);
    if (!line)
        qWarning("%s", qUtf8Printable(line.error().message));
    else if (const auto address = LocalSandbox::readyLine(*line))
        sandbox->adopt(*address);
    return sandbox;
}

} // namespace

int main(int argc, char *argv[])
{
    if (const auto hardened = hardenProcess(); !hardened)
        qWarning("%s", qUtf8Printable(hardened.error().message));
    if (const auto wiping = wipeOpenSslMemory(); !wiping)
        qWarning("%s", qUtf8Printable(wiping.error().message));
    preferPortalFileDialogs();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"credenza"_s);
    QApplication::setApplicationDisplayName(u"Credenza"_s);
    QApplication::setDesktopFileName(u"credenza"_s);
    QApplication::setApplicationVersion(QStringLiteral(CREDENZA_VERSION));

    // English too has a catalogue: its plural forms. It also stands in where there is none for the person's language.
    QTranslator english;
    if (english.load(u":/translations/credenza_en"_s))
        QApplication::installTranslator(&english);
    QTranslator language;
    if (language.load(QLocale(), u"credenza"_s, u"_"_s, u":/translations"_s))
        QApplication::installTranslator(&language);

    QSettings settings(QSettings::IniFormat, QSettings::UserScope, u"credenza"_s, u"credenza"_s);
    QCommandLineParser arguments;
    arguments.addHelpOption();
    arguments.addVersionOption();
    const QCommandLineOption vault(u"vault"_s, QCoreApplication::translate("main", "The vault file."), u"path"_s,
                                   vaultToOpen(settings));
    const QCommandLineOption sandbox(
        u"sandbox-info"_s,
        QCoreApplication::translate("main", "The ready line of a local credenza-sandbox, in a file."), u"file"_s);
    const QCommandLineOption dark(u"dark"_s, QCoreApplication::translate("main", "Start with the dark theme."));
    QCommandLineOption firstPaint(u"exit-after-first-paint"_s);
    firstPaint.setFlags(QCommandLineOption::HiddenFromHelp); // for tests/bench
    arguments.addOptions({vault, sandbox, dark, firstPaint});
    arguments.addPositionalArgument(
        u"files"_s, QCoreApplication::translate("main", "A vault to open, or FHIR files to look at once unlocked."),
        u"[files…]"_s);
    arguments.process(application);
    const QString file = arguments.positionalArguments().value(0);
    const QString vaultPath = file.endsWith(u".credenza") && !arguments.isSet(vault) ? file : arguments.value(vault);
    SingleInstance instance(vaultPath);
    if (!arguments.isSet(firstPaint)) {
        if (instance.handOver(file))
            return 0;
        if (const auto listening = instance.listen(); !listening)
            qWarning("%s", qUtf8Printable(listening.error().message));
    }

    const SystemClock clock;
    SystemRandom random;
    const Preferences preferences = loadPreferences(settings);
    Theme theme(preferences.theme,
                preferences.textPercent > 0 ? preferences.textPercent / 100.0 : Theme::systemTextScale());
    applyAppearance(preferences, theme);
    if (arguments.isSet(dark))
        theme.setMode(ThemeMode::Dark);
    theme.apply(application);
    VaultSession session(vaultPath, clock, random, [] { return std::make_unique<QtHttpTransport>(); });
    session.setKeyring(std::make_shared<SystemKeyring>());
    const TerminationSignals endings;
    QObject::connect(&endings, &TerminationSignals::received, &application, &QCoreApplication::quit);
    Application credenza(theme, session, settings, makeSandbox(arguments.value(sandbox)));
    if (arguments.isSet(firstPaint))
        new FirstPaint(credenza.window()); // owned by the window
    QObject::connect(&instance, &SingleInstance::activated, &credenza, &Application::openFile);
    credenza.start();
    for (const QString &path : arguments.positionalArguments())
        credenza.openFile(path);
    return QApplication::exec();
}
