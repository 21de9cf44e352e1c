// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/CredentialActions.h"

#include "ui/widgets/ClipboardText.h"
#include "ui/widgets/Toast.h"

#include <QCoreApplication>

namespace credenza
{

CredentialActions::CredentialActions(AuthenticatePage &page, VaultSession &session, MainWindow &window, QObject *parent)
    : QObject(parent), m_page(page), m_session(session), m_window(window)
{
    connect(&page, &AuthenticatePage::deleteRequested, this, &CredentialActions::remove);
    connect(&page, &AuthenticatePage::duplicateRequested, this, &CredentialActions::duplicate);
    connect(&page, &AuthenticatePage::copyRequested, this, &CredentialActions::copy);
    connect(&page, &AuthenticatePage::favoriteRequested, this, &CredentialActions::setFavorite);
    connect(&page, &AuthenticatePage::undoRequested, this, [this] { m_window.toast().triggerAction(); });
    connect(&session, &VaultSession::aboutToLock, this, &CredentialActions::settle);
    connect(qApp, &QCoreApplication::aboutToQuit, this, &CredentialActions::settle);
}

void CredentialActions::settle()
{
    m_window.toast().expire();
    m_hidden.clear();
}

void CredentialActions::remove(const QList<QUuid> &ids)
{
    m_window.toast().expire(); // what was deleted before goes now
    QString name;
    for (const QUuid &id : ids) {
        if (const Credential *credential = m_session.credential(id)) {
            name = credential->name;
            m_session.cancelTest(id);
            m_hidden.insert(id);
        }
    }
    if (name.isEmpty())
        return;
    Q_EMIT hiddenChanged();
    const QString text = ids.size() == 1 ? tr("Deleted “%1”.").arg(name)
                                         : tr("Deleted %n credential(s).", nullptr, static_cast<int>(ids.size()));
    m_window.toast().offer(
        text, tr("Undo"),
        [this, ids] {
            for (const QUuid &id : ids)
                m_hidden.remove(id);
            Q_EMIT hiddenChanged();
            m_page.select(ids.constLast());
        },
        [this, ids] { commit(ids); });
}

void CredentialActions::commit(const QList<QUuid> &ids)
{
    for (const QUuid &id : ids) {
        m_session.remove(this, id, [this, id](const Result<void> &removed) {
            m_hidden.remove(id);
            if (removed)
                return;
            Q_EMIT hiddenChanged(); // it is still there: show it again
            m_window.toast().showMessage(removed.error().message);
        });
    }
}

void CredentialActions::duplicate(const QUuid &id)
{
    m_session.duplicate(this, id, [this](const Result<Credential> &copy) {
        if (!copy) {
            m_window.toast().showMessage(copy.error().message);
            return;
        }
        m_page.select(copy->id);
        m_window.toast().offer(tr("Duplicated as “%1”, with the same key.").arg(copy->name), tr("Edit"),
                               [this, id = copy->id] { Q_EMIT m_page.editRequested(id); });
    });
}

void CredentialActions::setFavorite(const QList<QUuid> &ids, bool isFavorite)
{
    m_session.withVault<int>(
        this,
        [ids, isFavorite](Vault &vault) -> Result<int> {
            TRY(vault.refresh());
            std::vector<VaultChange> changes;
            for (const QUuid &id : ids) {
                VaultChange change{VaultChange::Kind::Update, TRY(vault.find(id.toString(QUuid::WithoutBraces))), {}};
                change.credential.isFavorite = isFavorite;
                changes.push_back(std::move(change));
            }
            TRY(vault.saveAll(changes));
            return static_cast<int>(changes.size());
        },
        [this](const Result<int> &changed) {
            if (!changed)
                m_window.toast().showMessage(changed.error().message);
        });
}

void CredentialActions::copy(const QString &what, const QString &text)
{
    copyToClipboard(text);
    m_window.toast().showMessage(tr("%1 copied.").arg(what));
}

} // namespace credenza
