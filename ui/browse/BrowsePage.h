// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/browse/LiveView.h"

#include <QUuid>

namespace credenza
{

class ComboBox;
class IconLabel;

/// The Browse screen: a server seen with one credential.
class BrowsePage final : public QWidget
{
    Q_OBJECT

public:
    explicit BrowsePage(const Theme &theme, QWidget *parent = nullptr);

    /// What can be chosen at the top.
    void setCredentials(const QList<Credential> &credentials);
    /// Browses with this credential from now on.
    void openServer(ServerAccess access);
    /// Closes what is open and forgets it: the vault is locked.
    void clear();
    [[nodiscard]] LiveView &live() const { return *m_live; }

Q_SIGNALS:
    /// Another credential was chosen at the top.
    void credentialChosen(const QUuid &id);
    /// Something for the message line of the window.
    void announced(const QString &text);
    void openFileRequested();
    void backRequested();

private:
    QWidget *makeBar();
    void showToken(std::chrono::seconds left);

    const Theme &m_theme;
    ComboBox *m_source;
    IconLabel *m_tokenIcon;
    TextLabel *m_token;
    TextLabel *m_server;
    LiveView *m_live;
    EmptyState *m_empty;
    class QStackedWidget *m_stack;
};

} // namespace credenza
