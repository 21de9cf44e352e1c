// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/BackupWiring.h"

#include "ui/widgets/ConfirmPanel.h"
#include "ui/widgets/Toast.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

QString sentenceOf(const Error &error)
{
    return (error.message + u' ' + error.hint).trimmed();
}

Result<ShownBackups> backupsOf(const Vault &vault)
{
    const QString path = vault.info().path;
    const BackupPlan plan = TRY(backupPlan(vault));
    return ShownBackups{plan, backupFolder(path, plan), rollingBackups(path, plan)};
}

} // namespace

BackupWiring::BackupWiring(const Theme &theme, MainWindow &window, VaultSession &session, SettingsPage &settings)
    : m_theme(theme), m_window(window), m_session(session), m_card(new BackupsCard(theme))
{
    settings.addCard(SettingsSection::Vault, m_card);
    m_card->installEventFilter(this);
    connect(m_card, &BackupsCard::planChanged, this, [this](const BackupPlan &plan) {
        doWithBackups([plan](Vault &vault) { return setBackupPlan(vault, plan); }, {});
    });
    connect(m_card, &BackupsCard::folderRequested, this, &BackupWiring::chooseFolder);
    connect(m_card, &BackupsCard::backupRequested, this, [this] {
        doWithBackups(
            [&clock = m_session.clock()](Vault &vault) -> Result<void> {
                TRY(backUpNow(vault, clock));
                return {};
            },
            tr("A backup was made."));
    });
    connect(m_card, &BackupsCard::restoreRequested, this, &BackupWiring::askToRestore);
    connect(&m_session, &VaultSession::stateChanged, this, &BackupWiring::reload);
    reload();
}

bool BackupWiring::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show)
        reload();
    return QObject::eventFilter(watched, event);
}

void BackupWiring::reload()
{
    if (m_session.state() == VaultSession::State::Unlocked) {
        doWithBackups([](Vault &) -> Result<void> { return {}; }, {});
        return;
    }
    m_card->setFailure({});
    m_card->setBackups(std::nullopt);
}

void BackupWiring::doWithBackups(std::function<Result<void>(Vault &)> work, const QString &done)
{
    if (!done.isEmpty())
        m_card->setBusy(true);
    struct Answer {
        ShownBackups shown;
        std::optional<Error> failure; ///< of the work; what there is is shown all the same
    };
    m_session.withVault<Answer>(
        this,
        [work = std::move(work)](Vault &vault) -> Result<Answer> {
            const auto worked = work(vault);
            return Answer{TRY(backupsOf(vault)), worked ? std::nullopt : std::optional(worked.error())};
        },
        [this, done](const Result<Answer> &answer) {
            m_card->setBusy(false);
            if (!answer) {
                if (answer.error().kind != ErrorKind::Locked)
                    m_card->setFailure(sentenceOf(answer.error()));
                return;
            }
            m_card->setBackups(answer->shown);
            m_card->setFailure(answer->failure ? sentenceOf(*answer->failure) : QString());
            if (!answer->failure && !done.isEmpty())
                m_window.toast().showMessage(done);
        });
}

void BackupWiring::chooseFolder()
{
    auto *dialog =
        new QFileDialog(&m_window, tr("Folder for backups"), QFileInfo(m_session.vaultPath()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(&m_session, &VaultSession::aboutToLock, dialog, &QDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        doWithBackups(
            [folder](Vault &vault) -> Result<void> {
                BackupPlan plan = TRY(backupPlan(vault));
                plan.folder = QDir(folder).absolutePath();
                return setBackupPlan(vault, plan);
            },
            {});
    });
    dialog->open();
}

void BackupWiring::askToRestore(const RollingBackup &backup)
{
    auto *question = new ConfirmPanel(
        m_theme, m_window,
        {.title = tr("Restore the backup of %1?").arg(momentOf(backup)),
         .text = tr("The vault becomes what it was then: what was saved since is not in it. The vault of today is kept "
                    "beside it under another name. It locks now, and opens with the passphrase it had on that day."),
         .keep = tr("Keep the vault of today"),
         .deed = tr("Restore the backup")});
    question->setObjectName(u"restoreQuestion"_s);
    connect(&m_session, &VaultSession::aboutToLock, question, &Scrim::closeAtOnce);
    connect(question, &ConfirmPanel::confirmed, this, [this, backup] { restore(backup); });
    question->ask();
}

void BackupWiring::restore(const RollingBackup &backup)
{
    m_card->setBusy(true);
    m_session.restoreBackup(this, backup.path, [this, moment = momentOf(backup)](const Result<QString> &aside) {
        m_card->setBusy(false);
        if (aside) {
            m_window.toast().showMessage(tr("The backup of %1 was restored. The vault that was there is “%2” now.")
                                             .arg(moment, QFileInfo(*aside).fileName()));
            return;
        }
        m_card->setFailure(sentenceOf(aside.error()));
        m_window.toast().showMessage(sentenceOf(aside.error())); // the window may have been locked by then
    });
}

} // namespace credenza
