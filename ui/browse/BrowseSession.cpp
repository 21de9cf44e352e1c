// SPDX-License-Identifier: Apache-2.0
#include "ui/browse/BrowseSession.h"

#include "core/fhir/FhirFailure.h"
#include "core/smart/NetworkSettingsFor.h"

#include <map>

namespace credenza
{

using namespace Qt::StringLiterals;

/// All that belongs to the worker thread.
struct BrowseSession::Connection {
    explicit Connection(const ServerAccess &access)
        : network(networkSettingsFor(access.credential, access.network)), transport(access.makeTransport()),
          tokens(access.credential, access.openKey, network,
                 TestEnvironment{.transport = *transport,
                                 .clock = access.clock,
                                 .random = access.random,
                                 .correctsClock = access.correctsClock}),
          client(fhirPrototype(access.credential, network), *transport, tokens)
    {
    }
    NetworkSettings network;
    std::unique_ptr<HttpTransport> transport;
    CredentialTokens tokens;
    FhirClient client;
    std::map<int, SearchCursor> searches;
};

BrowseSession::BrowseSession(ServerAccess access, QObject *parent)
    : QObject(parent), m_access(std::move(access)), m_connection(std::make_shared<std::unique_ptr<Connection>>())
{
}

BrowseSession::~BrowseSession()
{
    m_stop.request_stop();
    m_worker.post([connection = m_connection] { connection->reset(); }); // the transport belongs to that thread
}

template <typename T>
void BrowseSession::run(std::function<Result<T>(Connection &, std::stop_token)> work,
                        std::function<void(Result<T>)> done)
{
    m_worker.run<T>(
        this,
        [this, connection = m_connection, access = m_access, stop = m_stop.get_token(),
         work = std::move(work)]() -> Result<T> {
            if (stop.stop_requested())
                return cancelled();
            if (!*connection)
                *connection = std::make_unique<Connection>(access);
            Result<T> result = work(**connection, stop);
            const auto left = (*connection)->tokens.timeLeft();
            QMetaObject::invokeMethod(this, [this, left] { Q_EMIT tokenKnown(left); });
            return result;
        },
        std::move(done));
}

std::function<void(const FhirAnswer &)> BrowseSession::reporter(bool isQuiet)
{
    return [this, isQuiet](const FhirAnswer &answer) {
        ExchangeRecord record{answer.sent, redacted(answer.reply),
                              std::chrono::duration<double, std::milli>(answer.elapsed).count(),
                              answer.reply.body.size(), isQuiet};
        QMetaObject::invokeMethod(this, [this, record = std::move(record)] { Q_EMIT exchanged(record); });
    };
}

void BrowseSession::open()
{
    run<ServerFacts>(
        [report = reporter()](Connection &connection, std::stop_token stop) -> Result<ServerFacts> {
            TRY(connection.tokens.ensure(stop));
            const FhirAnswer answer = TRY(connection.client.get(u"metadata"_s, stop));
            report(answer);
            if (answer.reply.status == 401)
                return Failure(fhirFailure(answer.reply, {}));
            const auto capabilities = answer.reply.status == 200
                                          ? readCapabilityStatement(answer.reply.body)
                                          : Result<CapabilityStatement>(Failure(fhirFailure(answer.reply, {})));
            const QStringList scopes = connection.tokens.grantedScopes();
            const auto left = connection.tokens.timeLeft();
            if (!capabilities) // searching still works on such servers, so it is not the end
                return ServerFacts{
                    typeAccess(assumedCapabilities(scopes), scopes), {}, {}, capabilities.error().message, left};
            return ServerFacts{
                typeAccess(*capabilities, scopes), capabilities->fhirVersion, capabilities->softwareName, {}, left};
        },
        [this](const Result<ServerFacts> &facts) {
            if (facts)
                Q_EMIT opened(*facts);
            else
                Q_EMIT failed(0, facts.error());
        });
}

int BrowseSession::search(const QString &path)
{
    const int number = ++m_searches;
    m_busy.insert(number);
    run<SearchPage>(
        [number, path, report = reporter()](Connection &connection, std::stop_token stop) -> Result<SearchPage> {
            const auto cursor = connection.searches.try_emplace(number, connection.client, path).first;
            return cursor->second.fetch(std::move(stop), report);
        },
        [this, number](const Result<SearchPage> &page) {
            m_busy.remove(number);
            if (page)
                Q_EMIT pageArrived(number, *page);
            else
                Q_EMIT failed(number, page.error());
        });
    return number;
}

void BrowseSession::fetchMore(int search)
{
    if (m_busy.contains(search))
        return;
    m_busy.insert(search);
    run<SearchPage>(
        [search, report = reporter()](Connection &connection, std::stop_token stop) -> Result<SearchPage> {
            const auto cursor = connection.searches.find(search);
            if (cursor == connection.searches.end() || cursor->second.isAtEnd())
                return SearchPage{};
            return cursor->second.fetch(std::move(stop), report);
        },
        [this, search](const Result<SearchPage> &page) {
            m_busy.remove(search);
            if (page)
                Q_EMIT pageArrived(search, *page);
            else
                Q_EMIT failed(search, page.error());
        });
}

void BrowseSession::read(const QString &path)
{
    run<Resource>(
        [path, report = reporter()](Connection &connection, std::stop_token stop) -> Result<Resource> {
            const FhirAnswer answer = TRY(connection.client.get(path, std::move(stop)));
            report(answer);
            if (answer.reply.status < 200 || answer.reply.status > 299)
                return Failure(fhirFailure(answer.reply, typeInPath(path)));
            const SearchPage page = TRY(readSearchPage(answer.reply, typeInPath(path)));
            if (page.matches.isEmpty())
                return Failure(fhirFailure(answer.reply, typeInPath(path)));
            return page.matches.first();
        },
        [this, path](const Result<Resource> &resource) {
            if (resource)
                Q_EMIT resourceArrived(path, *resource);
            else
                Q_EMIT readFailed(path, resource.error());
        });
}

void BrowseSession::count(const QString &type)
{
    run<std::optional<qint64>>(
        [type, report = reporter(true)](Connection &connection, std::stop_token stop) -> Result<std::optional<qint64>> {
            const FhirAnswer answer = TRY(connection.client.get(type + u"?_summary=count"_s, std::move(stop)));
            report(answer);
            return answer.reply.status == 200 ? countIn(answer.reply.body) : std::nullopt;
        },
        [this, type](const Result<std::optional<qint64>> &count) {
            Q_EMIT counted(type, count ? *count : std::nullopt);
        });
}

void BrowseSession::fetchAttachment(const AttachmentSource &source)
{
    run<AttachmentContent>(
        [source, report = reporter()](Connection &connection, std::stop_token stop) -> Result<AttachmentContent> {
            const FhirAnswer answer = TRY(connection.client.get(source.url, std::move(stop)));
            report(answer);
            return readAttachment(source, answer.reply);
        },
        [this, source](const Result<AttachmentContent> &content) {
            if (content)
                Q_EMIT attachmentArrived(*content);
            else
                Q_EMIT readFailed(source.url, content.error());
        });
}

void BrowseSession::cancel()
{
    m_stop.request_stop();
    m_stop = std::stop_source();
}

} // namespace credenza
