// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FhirClient.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr auto longestWait = 20s;
constexpr int mostBusyTries = 3;
constexpr qsizetype longestUrl = 4000; // IIS takes a query of 2048 to 4096, most others a line of 8000
constexpr qint64 largestPage = 256 * 1024 * 1024;

/// Retry-After in seconds or as an HTTP date (RFC 9110 §10.2.3); without it a little more each time.
std::chrono::milliseconds waitingTime(const HttpReply &reply, int tries)
{
    const QByteArray header = headerValue(reply.headers, "Retry-After").trimmed();
    bool isNumber = false;
    if (const qint64 seconds = header.toLongLong(&isNumber); isNumber && seconds >= 0)
        return std::chrono::seconds(std::min<qint64>(seconds, 3600));
    const auto date = QDateTime::fromString(QString::fromLatin1(header), Qt::RFC2822Date);
    const auto now = QDateTime::fromString(QString::fromLatin1(headerValue(reply.headers, "Date")), Qt::RFC2822Date);
    if (date.isValid() && now.isValid())
        return std::chrono::seconds(std::clamp<qint64>(now.secsTo(date), 0, 3600));
    return tries * 1s;
}

/// FHIR R4 §3.1.1.2: a search whose parameters are too long for a URL goes into a body. A path with parameters in both
/// places is read in different ways, so none stays in the URL.
void postSearch(HttpRequest &request)
{
    request.method = "POST";
    request.body = request.url.query(QUrl::FullyEncoded).toLatin1();
    request.headers.append(HttpHeader{"Content-Type", "application/x-www-form-urlencoded"});
    QString path = request.url.path(QUrl::FullyEncoded);
    if (path.endsWith(u'/'))
        path.chop(1);
    request.url.setPath(path + u"/_search"_s, QUrl::StrictMode);
    request.url.setQuery(QString());
}

/// Whether the path is that of a search of one type: "Patient?…".
bool isTypeSearch(const QString &path)
{
    const QString type = path.section(u'?', 0, 0);
    return path.contains(u'?') && !type.isEmpty() && type.front().isUpper() &&
           std::ranges::all_of(type, [](QChar c) { return c.isLetter(); });
}

} // namespace

bool waitUnlessStopped(std::chrono::milliseconds time, std::stop_token stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

FhirClient::FhirClient(HttpRequest prototype, HttpTransport &transport, TokenSource &tokenSource, StoppableWait wait)
    : m_prototype(std::move(prototype)), m_transport(transport), m_tokens(tokenSource), m_wait(std::move(wait))
{
    m_prototype.maxResponseBytes = largestPage;
}

Result<QUrl> FhirClient::resolve(const QString &pathOrUrl) const
{
    const QUrl url(pathOrUrl, QUrl::TolerantMode);
    // Not resolved() for what is relative: "a:b" in an id must not be taken for a scheme, nor ".." leave the base.
    if (!url.isRelative() && (url.scheme() == u"http" || url.scheme() == u"https")) {
        if (sameOrigin(url, m_prototype.url) && url.userInfo().isEmpty())
            return url;
        return fail(ErrorKind::InvalidInput, u"fhir.other-origin"_s,
                    FhirText::tr("%1 is on another server than %2.").arg(url.host(), m_prototype.url.host()),
                    FhirText::tr("The token is not sent there, so it was not opened."));
    }
    QString path = pathOrUrl;
    const QString basePath = m_prototype.url.path(QUrl::FullyEncoded);
    if (basePath.size() > 1 && path.startsWith(basePath))
        path.remove(0, basePath.size());
    while (path.startsWith(u'/'))
        path.remove(0, 1);
    QUrl absolute(m_prototype.url.toString(QUrl::FullyEncoded) + path, QUrl::TolerantMode);
    if (!absolute.isValid() || !sameOrigin(absolute, m_prototype.url))
        return fail(ErrorKind::InvalidInput, u"fhir.bad-path"_s,
                    FhirText::tr("%1 is no path below the FHIR base URL.").arg(pathOrUrl));
    return absolute;
}

Result<FhirAnswer> FhirClient::get(const QString &pathOrUrl, std::stop_token stop, const QByteArray &accept)
{
    FhirAnswer answer;
    HttpRequest request = m_prototype;
    request.url = TRY(resolve(pathOrUrl));
    if (!accept.isEmpty()) {
        request.headers.removeIf(
            [](const HttpHeader &header) { return header.name.compare("Accept", Qt::CaseInsensitive) == 0; });
        request.headers.append({"Accept", accept});
    }
    const bool canPost = isTypeSearch(pathOrUrl);
    if (canPost && request.url.toEncoded().size() > longestUrl)
        postSearch(request);
    bool hasRenewed = false;
    bool asksPlainly = !accept.isEmpty();
    int busyTries = 1;
    for (;; ++answer.tries) {
        HttpRequest authorized = request;
        TRY(m_tokens.authorize(authorized, stop));
        answer.sent = redacted(authorized);
        answer.reply = TRY(m_transport.send(authorized, stop));
        answer.elapsed += answer.reply.elapsed;
        const int status = answer.reply.status;
        if (status == 401 && !hasRenewed) {
            hasRenewed = true;
            m_tokens.refuse();
            continue;
        }
        if (status == 414 && canPost && request.method == "GET") { // a gateway that takes less than is usual
            postSearch(request);
            continue;
        }
        if (status == 406 && !asksPlainly) { // servers that know JSON by its plain name only
            asksPlainly = true;
            for (HttpHeader &header : request.headers) {
                if (header.name.compare("Accept", Qt::CaseInsensitive) == 0)
                    header.value = "application/json, application/fhir+json;q=0.9";
            }
            continue;
        }
        if ((status == 429 || status == 503) && busyTries < mostBusyTries) {
            const auto time = waitingTime(answer.reply, busyTries++);
            if (time <= longestWait) {
                if (!m_wait(time, stop))
                    return cancelled();
                continue;
            }
        }
        return answer;
    }
}

} // namespace credenza
