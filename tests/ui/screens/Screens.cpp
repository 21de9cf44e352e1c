// SPDX-License-Identifier: Apache-2.0
// Renders each screen, light and dark, so that it can be looked at beside the design.
#include "tests/ui/screens/Gallery.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QDir>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

using namespace credenza;
using namespace Qt::StringLiterals;

namespace {

struct Screen {
    QString name;
    std::function<std::unique_ptr<QWidget>(const Theme &)> make;
};

std::vector<Screen> screens()
{
    return {{u"gallery"_s, test::makeGallery}};
}

} // namespace

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
    Theme theme(ThemeMode::Light, Theme::systemTextScale());
    theme.apply(application);

    std::vector<Screen> queue;
    for (const Screen &screen : screens()) {
        if (wanted.isEmpty() || wanted.contains(screen.name))
            queue.push_back(screen);
    }
    // One shot a timer tick: shown, laid out and settled (spinners, focus) before it is taken.
    std::size_t index = 0;
    std::unique_ptr<QWidget> window;
    bool failed = false;
    QTimer timer;
    timer.setInterval(450);
    const auto show = [&] {
        theme.setMode(index % 2 == 0 ? ThemeMode::Light : ThemeMode::Dark);
        window = queue.at(index / 2).make(theme);
        window->show();
        window->activateWindow();
        if (auto *focus = window->findChild<QWidget *>(u"focusHere"_s))
            focus->setFocus(Qt::TabFocusReason);
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
