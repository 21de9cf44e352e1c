// SPDX-License-Identifier: Apache-2.0
// Renders each screen, light and dark, so that it can be looked at beside the design.
#include "tests/ui/screens/ScreenCatalogue.h"

#include <QApplication>
#include <QDir>
#include <QTimer>
#include <QTranslator>

using namespace credenza;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (application.arguments().size() < 2) {
        qCritical("usage: credenza-screens OUT_FOLDER [SCREEN…]");
        return 2;
    }
    const QDir folder(application.arguments().at(1));
    const QStringList wanted = application.arguments().mid(2);
    bool given = false;
    const int percent = qEnvironmentVariableIntValue("CREDENZA_TEXT_PERCENT", &given);
    Theme theme(ThemeMode::Light, given ? percent / 100.0 : Theme::systemTextScale());
    theme.apply(application);

    QTranslator language; // plural forms at least
    const QString wantedLanguage = qEnvironmentVariable("CREDENZA_LANGUAGE", u"en"_s);
    if (!language.load(u"credenza_"_s + wantedLanguage, QStringLiteral(CREDENZA_CATALOGUES))) {
        qCritical("no such language");
        return 2;
    }
    QApplication::installTranslator(&language);

    std::vector<test::Screen> queue;
    for (const test::Screen &screen : test::screens()) {
        if (wanted.isEmpty() || wanted.contains(screen.name))
            queue.push_back(screen);
    }
    const QStringList pixels = qEnvironmentVariable("CREDENZA_SCREEN_SIZE").split(u'x'); // "2560x1440"
    const QSize size = pixels.size() == 2 ? QSize(pixels.at(0).toInt(), pixels.at(1).toInt()) : QSize();

    // One shot a timer tick: shown, laid out and settled (spinners, focus) before it is taken.
    std::size_t index = 0;
    std::unique_ptr<QWidget> window;
    bool failed = false;
    QTimer timer;
    timer.setInterval(450);
    const auto show = [&] {
        theme.setMode(index % 2 == 0 ? ThemeMode::Light : ThemeMode::Dark);
        window = queue.at(index / 2).make(theme);
        if (size.isValid())
            window->resize(size);
        window->show();
        window->activateWindow();
        if (const auto &prepare = queue.at(index / 2).whenShown) {
            // What opens here is taken open, however busy the machine is.
            theme.setReducedMotion(true);
            prepare(theme, *window);
            theme.setReducedMotion(false);
        }
    };
    QObject::connect(&timer, &QTimer::timeout, &application, [&] {
        const QString suffix = index % 2 == 0 ? QString() : u"-dark"_s;
        failed |= !window->grab().save(folder.filePath(queue.at(index / 2).name + suffix + u".png"_s));
        window.reset();
        if (++index == queue.size() * 2)
            application.exit(failed ? 1 : 0);
        else
            show();
    });
    show();
    timer.start();
    return application.exec();
}
