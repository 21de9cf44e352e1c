// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/HandoverWiring.h"

#include "ui/widgets/Toast.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

const QString nexlaKey = u"handover/nexlaNames"_s;

} // namespace

HandoverWiring::HandoverWiring(const Theme &theme, MainWindow &window, VaultSession &session, AuthenticatePage &page,
                               QSettings &settings)
    : m_theme(theme), m_window(window), m_session(session), m_page(page), m_settings(settings)
{
    page.setExportOffered(true);
    page.setImportOffered(true);
    connect(&page, &AuthenticatePage::exportRequested, this,
            [this](const QList<QUuid> &ids) { exporting().openFor(ids); });
    connect(&page, &AuthenticatePage::importRequested, this, [this] { importing().choosePath(); });
    connect(&session, &VaultSession::aboutToLock, this, [this] {
        if (m_export != nullptr)
            m_export->closeAtOnce();
    });
}

void HandoverWiring::openFile(const QString &path)
{
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
    connect(m_export, &ExportDialog::exported, this, [this](const QStringList &paths, const QString &note) {
        const QString text = paths.size() == 1 ? tr("Exported to %1.").arg(paths.first())
                                               : tr("Exported to %n file(s).", nullptr, static_cast<int>(paths.size()));
        m_window.toast().showMessage(note.isEmpty() ? text : text + u' ' + note);
    });
    return *m_export;
}

ImportDialog &HandoverWiring::importing()
{
    if (m_import != nullptr)
        return *m_import;
    m_import = new ImportDialog(m_theme, m_window, m_session);
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
