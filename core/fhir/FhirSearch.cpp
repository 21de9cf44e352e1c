// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/FhirSearch.h"

#include "core/fhir/FhirFailure.h"
#include "core/fhir/ReferenceTarget.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr int mostEmptyPages = 1000;

bool isFhirXml(const QByteArray &body)
{
    constexpr qsizetype looked = 2048;
    return body.trimmed().startsWith('<') &&
           QByteArrayView(body).first(std::min(body.size(), looked)).contains("http://hl7.org/fhir");
}

bool isGrave(const OutcomeIssue &issue)
{
    return issue.severity == u"fatal" || issue.severity == u"error";
}

void sortEntry(JsonValue entry, const std::shared_ptr<const JsonDocument> &document, SearchPage &page)
{
    const JsonValue resource = entry[u"resource"];
    const QString mode = entry[u"search"][u"mode"].text();
    if (!resource.isObject() || mode == u"outcome" || resource[u"resourceType"].text() == u"OperationOutcome")
        return;
    Resource found{document, resource, entry[u"fullUrl"].text()};
    (mode == u"include" ? page.included : page.matches).append(std::move(found));
}

} // namespace

QString typeInPath(const QString &pathOrUrl)
{
    const QString path = pathOrUrl.section(u'?', 0, 0);
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    const QStringList candidates =
        path.contains(u"://"_s) ? parts.mid(2) : parts.first(std::min<qsizetype>(1, parts.size()));
    for (const QString &part : candidates | std::views::reverse) {
        const bool isType = part.size() > 2 && part.front().isUpper() &&
                            std::ranges::all_of(part, [](QChar c) { return c.isLetter() && c.unicode() < 128; });
        if (isType)
            return part;
    }
    return {};
}

Result<SearchPage> readSearchPage(const HttpReply &reply, const QString &type)
{
    if (isFhirXml(reply.body))
        return Failure(Error{ErrorKind::Failed, u"fhir.is-xml"_s,
                             FhirText::tr("The server answered in XML, not in JSON."),
                             FhirText::tr("It ignored the Accept header; a proxy on the way may have dropped it.")});
    if (reply.body.trimmed().startsWith('<'))
        return Failure(Error{ErrorKind::Failed, u"fhir.html"_s, FhirText::tr("XML or a web page came back, not JSON."),
                             FhirText::tr("A proxy or login page may have answered; look at what came back.")});
    const QString contentType = QString::fromLatin1(headerValue(reply.headers, "Content-Type")).section(u';', 0, 0);
    if (!contentType.isEmpty() && !contentType.contains(u"json"_s, Qt::CaseInsensitive) &&
        !reply.body.trimmed().startsWith('{')) // a Binary, as its own bytes
        return Failure(Error{ErrorKind::Failed, u"fhir.not-json"_s,
                             FhirText::tr("The answer is %1 of %2 bytes, not a FHIR resource in JSON.")
                                 .arg(contentType)
                                 .arg(reply.body.size()),
                             FhirText::tr("Content such as a document is opened from the attachment that refers to it.")});
    const Resource root = TRY(parseResource(reply.body));
    SearchPage page;
    page.issues = outcomeIssues(reply.body);
    if (root.type() == u"OperationOutcome") {
        if (std::ranges::any_of(page.issues, isGrave))
            return Failure(fhirFailure(reply, type));
    } else if (root.type() == u"Bundle") {
        for (const JsonValue entry : root.root[u"entry"])
            sortEntry(entry, root.document, page);
        for (const JsonValue link : root.root[u"link"]) {
            if (link[u"relation"].text().compare(u"next", Qt::CaseInsensitive) == 0)
                page.next = link[u"url"].text().trimmed();
        }
        bool isNumber = false;
        const qint64 total = root.root[u"total"].text().toLongLong(&isNumber);
        const bool isWholeResult = page.next.isEmpty() && total == page.matches.size();
        if (isNumber && (total > page.matches.size() || isWholeResult))
            page.total = total;
    } else {
        page.matches.append(root);
    }
    for (const OutcomeIssue &issue : std::as_const(page.issues)) {
        if (isHiddenSubType(issue))
            page.hidden.append(issueText(issue));
    }
    page.issues.removeIf([](const OutcomeIssue &issue) { return isHiddenSubType(issue) || isMuted(issue); });
    return page;
}

std::optional<qint64> countIn(const QByteArray &body)
{
    const auto root = parseResource(body);
    if (!root || root->type() != u"Bundle")
        return {};
    bool isNumber = false;
    const qint64 total = root->root[u"total"].text().toLongLong(&isNumber);
    const qsizetype entries = root->root[u"entry"].size();
    return isNumber && total >= 0 && (entries == 0 || total > entries) ? std::optional(total) : std::nullopt;
}

SearchCursor::SearchCursor(FhirClient &client, QString pathOrUrl)
    : m_client(client), m_first(std::move(pathOrUrl)), m_type(typeInPath(m_first))
{
}

Result<SearchPage> SearchCursor::fetchFrom(const QString &url, std::stop_token stop,
                                           const std::function<void(const FhirAnswer &)> &exchanged)
{
    const bool isNext = m_started && url != m_first;
    m_current = url;
    Result<FhirAnswer> answered = m_client.get(url, std::move(stop));
    if (!answered && isNext && answered.error().code == u"fhir.other-origin")
        return fail(ErrorKind::Failed, u"fhir.next-elsewhere"_s,
                    FhirText::tr("The server's link to the next page leads to %1, which is another server than %2. The "
                                 "token was not sent there.")
                        .arg(QUrl(url).authority().section(u'@', -1), m_client.base().authority()),
                    FhirText::tr("The server does not know the address it is reached by: its operator can set that. "
                                 "What was loaded so far stays."));
    const FhirAnswer answer = TRY(std::move(answered));
    if (exchanged)
        exchanged(answer);
    if (answer.reply.status < 200 || answer.reply.status > 299) {
        Error error = fhirFailure(answer.reply, m_type);
        const bool isForgotten =
            answer.reply.status == 410 || error.message.contains(u"expired"_s, Qt::CaseInsensitive);
        if (isNext && isForgotten)
            error.code = u"fhir.paging-expired"_s;
        return Failure(error);
    }
    return readSearchPage(answer.reply, m_type);
}

void SearchCursor::passOverSeen(QList<Resource> &resources)
{
    resources.removeIf(
        [this](const Resource &resource) { return !resource.id().isEmpty() && m_seen.contains(resource.path()); });
    for (const Resource &resource : std::as_const(resources))
        m_seen.insert(resource.path());
}

Result<SearchPage> SearchCursor::fetch(std::stop_token stop, const std::function<void(const FhirAnswer &)> &exchanged)
{
    QString url = m_started ? m_next : m_first;
    bool wasRestarted = false;
    for (int pages = 0; pages < mostEmptyPages; ++pages) {
        Result<SearchPage> page = fetchFrom(url, stop, exchanged);
        if (!page && page.error().code == u"fhir.paging-expired" && !wasRestarted && m_started) {
            wasRestarted = true;
            m_followed.clear();
            url = m_first;
            continue;
        }
        if (!page)
            return page;
        m_started = true;
        if (const QUrl next(page->next, QUrl::TolerantMode); next.scheme() == u"http")
            page->next = asReached(next, m_client.base()).toString(QUrl::FullyEncoded);
        if (page->next.startsWith(u'?')) // relative to what was asked for (RFC 3986 §5.2.2)
            page->next.prepend(m_current.section(u'?', 0, 0));
        // A server that leads in a circle has no more to say.
        m_next = m_followed.contains(page->next) ? QString() : page->next;
        page->next = m_next;
        m_followed.insert(m_next);
        page->wasRestarted = wasRestarted;
        passOverSeen(page->matches);
        passOverSeen(page->included);
        if (!page->matches.isEmpty() || !page->included.isEmpty() || m_next.isEmpty())
            return page;
        url = m_next;
    }
    return fail(ErrorKind::Failed, u"fhir.endless-paging"_s,
                FhirText::tr("The server sends one empty page after another."), FhirText::tr("Narrow the search."));
}

} // namespace credenza
