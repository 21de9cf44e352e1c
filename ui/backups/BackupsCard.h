// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/VaultBackup.h"
#include "ui/widgets/Divider.h"

#include <QDateTime>

class QVBoxLayout;

namespace credenza
{

class Button;
class CheckBox;
class ComboBox;
class ElidingLabel;
class Note;
class TextLabel;

/// What there is to show of a vault's backups.
struct ShownBackups {
    BackupPlan plan;
    QString folder; ///< where they go, in full
    QList<RollingBackup> backups;
};

/// The card "Backups" of the Settings screen: whether they are made, how many are kept and where, those that there are,
/// one to make now and one to put back. Shows what it is given and says what is wanted.
class BackupsCard final : public Card
{
    Q_OBJECT

public:
    explicit BackupsCard(const Theme &theme, QWidget *parent = nullptr);

    /// Nothing: the vault is locked.
    void setBackups(const std::optional<ShownBackups> &shown);
    /// A copy is being made or put back: no second request until it is.
    void setBusy(bool busy);
    /// Why the last wish could not be done; empty: nothing.
    void setFailure(const QString &text);

Q_SIGNALS:
    void planChanged(const credenza::BackupPlan &plan);
    /// The folder is to be chosen.
    void folderRequested();
    void backupRequested();
    void restoreRequested(const credenza::RollingBackup &backup);

private:
    void change(const BackupPlan &plan);
    void showPlan();
    void showList();
    void addRow(const RollingBackup &backup);
    void updateButtons();

    const Theme &m_theme;
    std::optional<ShownBackups> m_shown;
    CheckBox *m_isOn;
    ComboBox *m_keep;
    ElidingLabel *m_folder;
    Button *m_choose;
    Button *m_beside;
    Button *m_now;
    Note *m_failure;
    TextLabel *m_summary;
    QVBoxLayout *m_rows;
    bool m_busy = false;
    bool m_isShowing = false; ///< controls are being set, not used
};

/// When a backup was made, in the person's own format: "3 Nov 2026 10:15".
[[nodiscard]] QString momentOf(const RollingBackup &backup);

} // namespace credenza
