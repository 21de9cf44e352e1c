// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/VaultIdentities.h"
#include "ui/session/VaultSession.h"
#include "ui/widgets/Divider.h"

class QVBoxLayout;

namespace credenza
{

class Button;
class LineEdit;
class Note;
class TextLabel;

/// The age identities that the vault keeps: the recipient of each to copy and give away, one more to make, one to
/// remove after a question. For the Settings screen.
class IdentitiesCard final : public Card
{
    Q_OBJECT

public:
    /// `host` is the window that asks before an identity is removed. Both must outlive the card.
    IdentitiesCard(const Theme &theme, QWidget &host, VaultSession &session, QWidget *parent = nullptr);

Q_SIGNALS:
    /// `text` is to go to the clipboard.
    void copyRequested(const QString &what, const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void reload();
    void showIdentities(const QList<KeptIdentity> &identities);
    void addRow(const KeptIdentity &kept);
    void make();
    void askToRemove(const KeptIdentity &kept);
    void remove(const QString &recipient);
    void takeAnswer(Result<QList<KeptIdentity>> answer);

    const Theme &m_theme;
    QWidget &m_host;
    VaultSession &m_session;
    QVBoxLayout *m_rows;
    TextLabel *m_none;
    Note *m_failure;
    LineEdit *m_label;
    Button *m_make;
};

} // namespace credenza
