// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/BackgroundJob.h"
#include "core/fhir/ResourceWriter.h"
#include "ui/browse/LiveView.h"

#include <QUuid>

#include <map>
#include <memory>

class QStackedWidget;

namespace credenza
{

class Button;
class ComboBox;
class EmptyState;
class FilesView;
class IconLabel;

/// The Browse screen: a server seen with one credential, or local files.
class BrowsePage final : public QWidget
{
    Q_OBJECT

public:
    explicit BrowsePage(const Theme &theme, QWidget *parent = nullptr);

    /// What can be chosen at the top. Tokens of credentials that are gone or were changed are dropped.
    void setCredentials(const QList<Credential> &credentials);
    /// Browses with this credential from now on.
    void openServer(ServerAccess access);
    /// Shows local files: NDJSON, Bundles, resources, plain or gzip.
    void openFiles(const QStringList &paths);
    /// Asks for files, and opens them.
    void chooseFiles();
    /// Closes what is open and forgets it: the vault is locked.
    void clear();
    [[nodiscard]] LiveView &live() const { return *m_live; }
    [[nodiscard]] FilesView &files() const { return *m_files; }
    /// Writes in the background and says when it is done. The format is that of the file name's ending.
    void save(const QString &path, qsizetype resources, ResourceSource source, const QList<ResourceColumn> &columns);

Q_SIGNALS:
    /// Another credential was chosen at the top.
    void credentialChosen(const QUuid &id);
    /// Something for the message line of the window.
    void announced(const QString &text);
    void backRequested();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeBar();
    void showToken(std::chrono::seconds left);
    void showRequests();
    void addShortcuts();
    void askWhere(qsizetype resources, const ResourceSource &source, const QList<ResourceColumn> &columns);
    void showFiles();
    void dropMissing(const QList<Credential> &credentials);
    void keep(std::unique_ptr<BrowseSession> session);

    const Theme &m_theme;
    ComboBox *m_source;
    IconLabel *m_tokenIcon;
    TextLabel *m_token;
    TextLabel *m_server;
    TextLabel *m_requests;
    LiveView *m_live;
    FilesView *m_files;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    /// Sessions with other credentials, each with its token: one token for a credential as long as it is good.
    std::map<QUuid, std::unique_ptr<BrowseSession>> m_kept;
    Button *m_cancelSave;
    BackgroundJob m_saving; // last: ends before what it touches
};

} // namespace credenza
