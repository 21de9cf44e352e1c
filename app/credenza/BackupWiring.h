// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/backups/BackupsCard.h"
#include "ui/session/VaultSession.h"
#include "ui/settings/SettingsPage.h"
#include "ui/shell/MainWindow.h"

#include <QObject>

namespace credenza
{

/// Wires the card of the vault's backups in Settings: the plan, making one, putting one back.
class BackupWiring final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the wiring. Adds its card to `settings`.
    BackupWiring(const Theme &theme, MainWindow &window, VaultSession &session, SettingsPage &settings);

protected:
    /// The card came into view: the command line may have made one meanwhile.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void reload();
    void chooseFolder();
    void askToRestore(const RollingBackup &backup);
    void restore(const RollingBackup &backup);
    /// Runs `work` with the vault, shows what there is then, and `done` as a toast.
    void doWithBackups(std::function<Result<void>(Vault &)> work, const QString &done);

    const Theme &m_theme;
    MainWindow &m_window;
    VaultSession &m_session;
    BackupsCard *m_card;
};

} // namespace credenza
