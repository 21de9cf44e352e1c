// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/Application.h"
#include "tests/ui/session/SessionFixture.h"
#include "tests/ui/support/UiTest.h"
#include "ui/overlay/CredentialSheet.h"

#include <QApplication>
#include <QLineEdit>
#include <QSettings>
#include <QTimer>

#include <memory>

namespace credenza::test
{

/// The application's screens over a session, as main() puts them together.
class RunningApplication
{
public:
    RunningApplication(SessionFixture &fixture, VaultSession &session)
        : m_settings(fixture.folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          m_application(std::make_unique<Application>(
              m_theme, session, m_settings,
              std::make_unique<LocalSandbox>(QStringLiteral("/nowhere/credenza-sandbox"),
                                             fixture.folder.filePath(QStringLiteral("sandbox")))))
    {
        m_theme.setReducedMotion(true);
        m_application->start();
    }
    [[nodiscard]] MainWindow &window() { return m_application->window(); }
    [[nodiscard]] CredentialSheet *sheet() { return window().findChild<CredentialSheet *>(); }
    [[nodiscard]] QLineEdit *nameEdit() { return find<QLineEdit>(*sheet(), QStringLiteral("nameEdit")); }

    /// As Ctrl+Q does; when it returns, the application is about to end.
    static void quit()
    {
        QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        QApplication::exec();
    }

private:
    Theme m_theme{ThemeMode::Light};
    QSettings m_settings;
    std::unique_ptr<Application> m_application;
};

} // namespace credenza::test
