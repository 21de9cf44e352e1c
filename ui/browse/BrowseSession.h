// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/WorkerThread.h"
#include "core/fhir/AttachmentContent.h"
#include "core/fhir/FhirSearch.h"
#include "core/smart/TypeAccess.h"
#include "ui/session/VaultSession.h"

#include <QObject>

#include <memory>

namespace credenza
{

/// One exchange as the request line and the history show it, redacted.
struct ExchangeRecord {
    RedactedRequest sent;
    RedactedResponse came;
    double milliseconds = 0;
    qint64 bytes = 0;
    bool isQuiet = false; ///< not asked for by a person: counting
};

/// What opening a server told.
struct ServerFacts {
    QList<TypeAccess> types;
    QString fhirVersion;
    QString software;
    QString problem; ///< why the server's types are guesses: it has no CapabilityStatement that can be read
    std::chrono::seconds tokenLife{0};
};

/// Browsing with one credential: token, CapabilityStatement, searches and reads on a thread of its own, answers as
/// signals on the GUI thread. Destroying it ends what is under way and drops the token.
class BrowseSession final : public QObject
{
    Q_OBJECT

public:
    explicit BrowseSession(ServerAccess access, QObject *parent = nullptr);
    ~BrowseSession() override;

    [[nodiscard]] const Credential &credential() const { return m_access.credential; }
    /// Gets a token and asks what the server offers: opened() or failed() with search 0.
    void open();
    /// Runs a search, or reads a resource; its pages come as pageArrived() with the number given back.
    int search(const QString &path);
    /// The next page of a search. Does nothing while one is under way.
    void fetchMore(int search);
    /// Reads one resource: resourceArrived(), or readFailed().
    void read(const QString &path);
    /// Asks how many resources of a type there are (`_summary=count`): counted(), with nothing if the server does not
    /// say.
    void count(const QString &type);
    /// Fetches an attachment that is not inline: attachmentArrived(), or readFailed().
    void fetchAttachment(const AttachmentSource &source);
    /// Stops all that is under way.
    void cancel();

Q_SIGNALS:
    void opened(const credenza::ServerFacts &facts);
    void pageArrived(int search, const credenza::SearchPage &page);
    void failed(int search, const credenza::Error &error);
    void resourceArrived(const QString &path, const credenza::Resource &resource);
    void attachmentArrived(const credenza::AttachmentContent &content);
    void readFailed(const QString &path, const credenza::Error &error);
    void counted(const QString &type, std::optional<qint64> count);
    void exchanged(const credenza::ExchangeRecord &record);
    /// For how long the token at hand will be used.
    void tokenKnown(std::chrono::seconds left);

private:
    struct Connection;
    [[nodiscard]] std::function<void(const FhirAnswer &)> reporter(bool isQuiet = false);
    template <typename T>
    void run(std::function<Result<T>(Connection &, std::stop_token)> work, std::function<void(Result<T>)> done);

    ServerAccess m_access;
    std::shared_ptr<std::unique_ptr<Connection>> m_connection; // its inside is touched on m_worker only
    std::stop_source m_stop;
    int m_searches = 0;
    QSet<int> m_busy;
    WorkerThread m_worker; // last: runs what is queued before anything it uses goes
};

} // namespace credenza
