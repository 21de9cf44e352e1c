// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/ActivityWiring.h"

#include "core/base/File.h"
#include "ui/widgets/Toast.h"

#include <QFileDialog>

namespace credenza
{

ActivityWiring::ActivityWiring(const Theme &theme, MainWindow &window, VaultSession &session)
    : m_window(window), m_session(session), m_page(new ActivityPage(theme))
{
    m_window.setPage(RailEntry::Activity, m_page);
    m_window.addTopBarWidget(RailEntry::Activity, m_page->makeExportButton());
    connect(m_page, &ActivityPage::verifyRequested, this, &ActivityWiring::verify);
    connect(m_page, &ActivityPage::exportRequested, this, &ActivityWiring::exportLog);
    connect(&m_session, &VaultSession::credentialsChanged, this, [this] {
        if (m_window.currentPage() == RailEntry::Activity)
            reload(false);
    });
    connect(&m_session, &VaultSession::stateChanged, this, [this] {
        if (m_session.state() != VaultSession::State::Unlocked)
            m_page->setEntries({}, toDateTime(m_session.clock().now()).toLocalTime());
    });
}

void ActivityWiring::show()
{
    reload(true);
}

void ActivityWiring::reload(bool takesFocus)
{
    m_session.withVault<QList<ActivityEntry>>(
        this, [](Vault &vault) { return vault.activity(); },
        [this, takesFocus](Result<QList<ActivityEntry>> entries) {
            if (!entries) {
                if (entries.error().kind != ErrorKind::Locked)
                    m_window.toast().showMessage(entries.error().message);
                return;
            }
            m_page->setEntries(*entries, toDateTime(m_session.clock().now()).toLocalTime());
            if (takesFocus && m_window.currentPage() == RailEntry::Activity)
                m_page->start();
        });
}

void ActivityWiring::verify()
{
    m_session.withVault<QList<VaultDamage>>(
        this, [](Vault &vault) { return vault.verifyActivity(); },
        [this](Result<QList<VaultDamage>> damage) {
            QStringList messages;
            if (!damage)
                messages << damage.error().message;
            for (const VaultDamage &item : damage.value_or(QList<VaultDamage>()))
                messages << item.message;
            m_page->setVerified(messages);
        });
}

void ActivityWiring::exportLog(const QString &suggestedName, const QByteArray &contents)
{
    auto *dialog = new QFileDialog(&m_window, tr("Export the activity log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(&m_session, &VaultSession::aboutToLock, dialog, &QDialog::reject);
    dialog->selectFile(suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, contents](const QString &path) {
        m_saving.add(runInBackground<QString>(
            this,
            [path, contents](const std::stop_token &) -> Result<QString> {
                if (auto written = writeFileAtomically(path, contents); !written)
                    return std::unexpected(std::move(written).error());
                return path;
            },
            [this](const Result<QString> &written) {
                m_window.toast().showMessage(written ? tr("Saved as %1.").arg(*written) : written.error().message);
            }));
    });
    dialog->open();
}

} // namespace credenza
