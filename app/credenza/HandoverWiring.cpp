// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/HandoverWiring.h"

#include "ui/handover/IdentitiesCard.h"
#include "ui/widgets/Toast.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

const QString nexlaKey = u"handover/nexlaNames"_s;

} // namespace

HandoverWiring::HandoverWiring(const Theme &theme, MainWindow &window, VaultSession &session, AuthenticatePage &page,
                               SettingsPage &settingsPage, QSettings &settings)
    : m_theme(theme), m_window(window), m_session(session), m_page(page), m_settingsPage(settingsPage),
      m_settings(settings)
{
    auto *identities = new IdentitiesCard(theme, window, session);
    settingsPage.addCard(SettingsSection::Security, identities);
    connect(identities, &IdentitiesCard::copyRequested, &page, &AuthenticatePage::copyRequested);
    page.setExportOffered(true);
    page.setImportOffered(true);
    connect(&page, &AuthenticatePage::exportRequested, this,
            [this](const QList<QUuid> &ids) { exporting().openFor(ids); });
    connect(&page, &AuthenticatePage::importRequested, this, [this] { importing().choosePath(); });
}

void HandoverWiring::openFile(const QString &path)
{
    // One plan is looked at after the other.
    if (importing().isOpen())
        m_waiting.append(path);
    else
        importing().openPath(path);
}

ExportDialog &HandoverWiring::exporting()
{
    if (m_export != nullptr)
        return *m_export;
    m_export = new ExportDialog(m_theme, m_window, m_session);
    m_export->setNexlaNames(
        nexlaNamesFromJson(QJsonDocument::fromJson(m_settings.value(nexlaKey).toByteArray()).object()));
    connect(m_export, &ExportDialog::nexlaNamesChanged, this, [this](const NexlaNames &names) {
        m_settings.setValue(nexlaKey, QJsonDocument(toJson(names)).toJson(QJsonDocument::Compact));
    });
    connect(m_export, &ExportDialog::copyRequested, &m_page, &AuthenticatePage::copyRequested);
    connect(m_export, &ExportDialog::folderRequested, this, [](const QString &path) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
    });
    m_export->setClipboardTime(m_settingsPage.preferences().clearClipboardAfter);
    connect(&m_settingsPage, &SettingsPage::preferencesChanged, m_export,
            [this](const Preferences &changed) { m_export->setClipboardTime(changed.clearClipboardAfter); });
    return *m_export;
}

ImportDialog &HandoverWiring::importing()
{
    if (m_import != nullptr)
        return *m_import;
    m_import = new ImportDialog(m_theme, m_window, m_session);
    const auto goOn = [this] {
        if (m_session.state() != VaultSession::State::Unlocked)
            m_waiting.clear();
        else if (!m_waiting.isEmpty())
            m_import->openPath(m_waiting.takeFirst());
    };
    connect(m_import, &Scrim::closed, this, goOn, Qt::QueuedConnection);
    connect(m_import, &ImportDialog::imported, this, [this](const std::shared_ptr<ImportOutcome> &outcome) {
        const int count = outcome->added + outcome->replaced + outcome->copied;
        m_window.toast().offer(tr("Imported %n credential(s).", nullptr, count), tr("Undo"),
                               [this, outcome] { m_import->undo(outcome); });
    });
    connect(m_import, &ImportDialog::undone, this,
            [this] { m_window.toast().showMessage(tr("The import was taken back.")); });
    connect(m_import, &ImportDialog::undoFailed, this,
            [this](const Error &error) { m_window.toast().showMessage(error.message); });
    return *m_import;
}

} // namespace credenza
