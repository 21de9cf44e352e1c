// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/AuthenticatePage.h"
#include "ui/palette/PaletteModel.h"
#include "ui/session/VaultSession.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"

#include <QCoreApplication>

namespace credenza
{

/// What the command palette finds, gathered anew each time it opens. All arguments must outlive what it gives.
class PaletteContent final
{
    Q_DECLARE_TR_FUNCTIONS(PaletteContent)

public:
    PaletteContent(MainWindow &window, AuthenticatePage &page, SettingsPage &settings, VaultSession &session,
                   std::function<void()> openInspector)
        : m_window(window), m_page(page), m_settings(settings), m_session(session),
          m_openInspector(std::move(openInspector))
    {
    }

    /// Credentials, keys and the actions that need no credential.
    [[nodiscard]] QList<PaletteSection> sections() const;
    /// What can be done with one credential.
    [[nodiscard]] PaletteSection actionsOf(const QUuid &id) const;

private:
    [[nodiscard]] PaletteSection credentials() const;
    [[nodiscard]] PaletteSection keys() const;
    [[nodiscard]] PaletteSection actions() const;
    void show(const QUuid &id) const;
    void use(Purpose purpose) const;

    MainWindow &m_window;
    AuthenticatePage &m_page;
    SettingsPage &m_settings;
    VaultSession &m_session;
    std::function<void()> m_openInspector;
};

} // namespace credenza
