// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/DesktopWiring.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/connectiontest/AssertionInspector.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/session/TestBatch.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"

namespace credenza
{

/// What connection tests of saved credentials show outside of the overlay: progress on the tiles, "Test all" with its
/// summary, "Retry until accepted" with its notification, and the assertion inspector.
class TestWiring final : public QObject
{
    Q_OBJECT

public:
    /// All arguments must outlive the wiring.
    TestWiring(const Theme &theme, VaultSession &session, MainWindow &window, DesktopWiring &desktop,
               AuthenticatePage &page, CredentialSheet &sheet, SettingsPage &settings, QObject *parent = nullptr);

    void openInspector();

private:
    void showProgress(const QUuid &id, const TestReport &report);
    void showEnd(const QUuid &id, const TestReport &report);
    void showSummary(const BatchSummary &summary);

    const Theme &m_theme;
    VaultSession &m_session;
    MainWindow &m_window;
    DesktopWiring &m_desktop;
    AuthenticatePage &m_page;
    TestBatch m_batch;
    QSet<QUuid> m_retried; ///< that are tried until they are accepted
    AssertionInspector *m_inspector = nullptr;
};

} // namespace credenza
