// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/authenticate/AuthenticatePage.h"
#include "ui/session/VaultSession.h"
#include "ui/shell/MainWindow.h"

#include <QSet>

namespace credenza
{

/// What the Authenticate screen's menu and keys do to credentials: duplicate, delete with undo, favorites, copy.
///
/// A deleted credential leaves the screen at once and the vault when the chance to undo has passed: when its message
/// goes, when something else is deleted, on lock and at the end. If the program is killed before, it is still there.
class CredentialActions final : public QObject
{
    Q_OBJECT

public:
    /// All arguments must outlive the actions.
    CredentialActions(AuthenticatePage &page, VaultSession &session, MainWindow &window, QObject *parent = nullptr);

    /// Deleted, but not yet from the vault: no screen shows it.
    [[nodiscard]] bool isHidden(const QUuid &id) const { return m_hidden.contains(id); }

Q_SIGNALS:
    /// isHidden() changed: show the credentials anew.
    void hiddenChanged();

private:
    void settle();
    void remove(const QList<QUuid> &ids);
    void commit(const QList<QUuid> &ids);
    void duplicate(const QUuid &id);
    void setFavorite(const QList<QUuid> &ids, bool isFavorite);
    void copy(const QString &what, const QString &text);

    AuthenticatePage &m_page;
    VaultSession &m_session;
    MainWindow &m_window;
    QSet<QUuid> m_hidden;
};

} // namespace credenza
