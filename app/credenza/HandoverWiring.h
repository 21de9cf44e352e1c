// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/AuthenticatePage.h"
#include "ui/handover/ExportDialog.h"
#include "ui/handover/ImportDialog.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"

#include <QObject>
#include <QSettings>

namespace credenza
{

/// Who tells whom about handing over: the page's Export and Import, bundles that were opened or dropped, the identities
/// in the settings, and what comes of it.
class HandoverWiring final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the wiring. `settings` keeps what Nexla calls its parameters.
    HandoverWiring(const Theme &theme, MainWindow &window, VaultSession &session, AuthenticatePage &page,
                   SettingsPage &settingsPage, QSettings &settings);

    /// A bundle, or a folder of keys, that was opened with the application or dropped. The vault must be unlocked.
    void openFile(const QString &path);

private:
    [[nodiscard]] ExportDialog &exporting();
    [[nodiscard]] ImportDialog &importing();

    const Theme &m_theme;
    MainWindow &m_window;
    VaultSession &m_session;
    AuthenticatePage &m_page;
    SettingsPage &m_settingsPage;
    QSettings &m_settings;
    ExportDialog *m_export = nullptr;
    ImportDialog *m_import = nullptr;
    QStringList m_waiting; ///< files to import once the dialog has closed
};

} // namespace credenza
