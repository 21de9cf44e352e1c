// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/SandboxWiring.h"

#include "ui/widgets/Toast.h"

#include <algorithm>

namespace credenza
{

SandboxWiring::SandboxWiring(std::unique_ptr<LocalSandbox> sandbox, MainWindow &window, VaultSession &session)
    : m_sandbox(std::move(sandbox)), m_window(window), m_session(session)
{
    connect(m_sandbox.get(), &LocalSandbox::ready, this, &SandboxWiring::onReady);
    connect(m_sandbox.get(), &LocalSandbox::failed, this, &SandboxWiring::onFailed);
    // Queued: what is opened then stands before the screens that the change itself brings.
    connect(&m_session, &VaultSession::stateChanged, this, &SandboxWiring::followSession, Qt::QueuedConnection);
}

void SandboxWiring::connectWelcome(WelcomePage &page)
{
    m_welcome = &page;
    connect(&page, &WelcomePage::sandboxRequested, this, &SandboxWiring::offer);
}

void SandboxWiring::connectShell(AuthenticatePage &page, CredentialSheet &sheet)
{
    m_page = &page;
    m_sheet = &sheet;
    connect(&page, &AuthenticatePage::sandboxRequested, this, &SandboxWiring::offer);
    if (m_sandbox->address())
        sheet.setLocalSandbox(m_sandbox->address()->fhirBaseUrl);
}

void SandboxWiring::offer()
{
    m_wanted = true;
    if (!m_sandbox->address()) {
        const QString text = tr("The local sandbox is starting…");
        if (m_session.state() == VaultSession::State::Unlocked)
            m_window.toast().showMessage(text);
        else if (m_welcome)
            m_welcome->setSandboxStatus(text);
    }
    m_sandbox->start();
}

void SandboxWiring::setHeld(bool held)
{
    m_isHeld = held;
    if (!held)
        followSession();
}

void SandboxWiring::onReady()
{
    if (m_sheet)
        m_sheet->setLocalSandbox(m_sandbox->address()->fhirBaseUrl);
    if (m_welcome && m_wanted)
        m_welcome->setSandboxStatus(
            tr("The local sandbox runs. Create a vault; then its credential is filled in for you."));
    if (m_wanted && !m_isHeld && m_session.state() == VaultSession::State::Unlocked)
        showCredential();
}

void SandboxWiring::onFailed(const Error &error)
{
    const QString text = (error.message + u' ' + error.hint).trimmed();
    if (m_sheet)
        m_sheet->setLocalSandbox({});
    m_wanted = false;
    if (m_session.state() == VaultSession::State::Unlocked)
        m_window.toast().showMessage(text);
    else if (m_welcome)
        m_welcome->setSandboxStatus(text);
}

void SandboxWiring::followSession()
{
    if (m_isHeld || m_session.state() != VaultSession::State::Unlocked)
        return;
    if (m_wanted && m_sandbox->address())
        showCredential();
    else if (!m_sandbox->address() && savedCredential())
        m_sandbox->start();
}

void SandboxWiring::showCredential()
{
    if (!m_sheet)
        return;
    m_wanted = false;
    m_window.showPage(RailEntry::Authenticate);
    if (const Credential *saved = savedCredential()) {
        m_page->select(saved->id);
        m_page->start();
        m_window.toast().showMessage(tr("The local sandbox runs; “%1” is its credential.").arg(saved->name));
        return;
    }
    const LocalSandbox::Address &address = *m_sandbox->address();
    m_sheet->openPrefilled(m_page->connectorId(),
                           {.name = tr("Local sandbox"),
                            .description = tr("A stand-in for an EHR on this computer, with made-up patients."),
                            .fhirBaseUrl = address.fhirBaseUrl,
                            .clientId = address.clientId,
                            .keyFile = address.privateKeyFile});
}

const Credential *SandboxWiring::savedCredential() const
{
    const QString url = m_sandbox->address() ? m_sandbox->address()->fhirBaseUrl : m_sandbox->rememberedBaseUrl();
    const auto found = std::ranges::find(m_session.credentials(), url, &Credential::fhirBaseUrl);
    return url.isEmpty() || found == m_session.credentials().end() ? nullptr : &*found;
}

} // namespace credenza
