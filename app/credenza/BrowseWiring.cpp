// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/BrowseWiring.h"

#include "ui/widgets/Toast.h"

namespace credenza
{

BrowseWiring::BrowseWiring(const Theme &theme, MainWindow &window, VaultSession &session)
    : m_window(window), m_session(session), m_page(new BrowsePage(theme))
{
    m_window.setPage(RailEntry::Browse, m_page);
    const auto showCredentials = [this] { m_page->setCredentials(m_session.credentials()); };
    showCredentials();
    connect(&m_session, &VaultSession::credentialsChanged, m_page, showCredentials);
    connect(&m_session, &VaultSession::stateChanged, m_page, [this] {
        if (m_session.state() != VaultSession::State::Unlocked)
            m_page->clear(); // what was read goes with the key that opened it
    });
    connect(m_page, &BrowsePage::credentialChosen, this, &BrowseWiring::open);
    connect(m_page, &BrowsePage::backRequested, this, [this] { m_window.showPage(RailEntry::Authenticate); });
    connect(m_page, &BrowsePage::announced, this, [this](const QString &text) { m_window.toast().showMessage(text); });
}

void BrowseWiring::open(const QUuid &id)
{
    const BrowseSession *open = m_page->live().session();
    auto access = m_session.serverAccess(id);
    const bool isOpen = open != nullptr && access && open->credential().id == id &&
                        open->credential().revision == access->credential.revision;
    if (access && !isOpen)
        m_page->openServer(std::move(*access));
    m_window.showPage(RailEntry::Browse);
}

void BrowseWiring::openFiles(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    m_page->openFiles(paths);
    m_window.showPage(RailEntry::Browse);
}

} // namespace credenza
