// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/credenza/LocalSandbox.h"
#include "ui/authenticate/AuthenticatePage.h"
#include "ui/overlay/CredentialSheet.h"
#include "ui/session/VaultSession.h"
#include "ui/shell/MainWindow.h"
#include "ui/unlock/WelcomePage.h"

#include <QPointer>

namespace credenza
{

/// "Try the local sandbox": starts it, says how that goes, and, once there is an open vault, opens Add Credential with
/// its address, client ID and key filled in. Where a saved credential points at the sandbox, it runs again after each
/// unlocking.
class SandboxWiring final : public QObject
{
    Q_OBJECT

public:
    /// All but `sandbox` must outlive the wiring.
    SandboxWiring(std::unique_ptr<LocalSandbox> sandbox, MainWindow &window, VaultSession &session);

    void connectWelcome(WelcomePage &page);
    void connectShell(AuthenticatePage &page, CredentialSheet &sheet);
    /// Somebody asked for it.
    void offer();
    /// Whether something else is shown first, once the vault is open.
    void setHeld(bool held);

private:
    void onReady();
    void onFailed(const Error &error);
    void followSession();
    void showCredential();
    [[nodiscard]] const Credential *savedCredential() const;

    std::unique_ptr<LocalSandbox> m_sandbox;
    MainWindow &m_window;
    VaultSession &m_session;
    QPointer<WelcomePage> m_welcome;
    AuthenticatePage *m_page = nullptr;
    CredentialSheet *m_sheet = nullptr;
    bool m_isHeld = false;
    bool m_wanted = false; ///< to be shown as soon as it runs and the vault is open
};

} // namespace credenza
