// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/FhirServer.h"

#include "app/sandbox/http/Router.h"

#include <QJsonArray>
#include <QUrlQuery>

#include <algorithm>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

/// How many resources one request may look at. A search that finds little gives short pages with a `next` link, as
/// Epic does (facts §4), and never keeps a thread for long.
constexpr int longestLook = 5000;

Response unauthorized(const QByteArray &challenge)
{
    return {.status = 401, .headers = {{"WWW-Authenticate", challenge}}, .body = {}};
}

Response insufficientScope()
{
    // Word for word as recorded from Epic (facts F2); the body is empty there as well.
    return {
        .status = 403,
        .headers = {{"WWW-Authenticate", "Bearer error=\"insufficient_scope\", error_description=\"The access token "
                                         "provided is valid, but is not authorized for this service\""}},
        .body = {}};
}

QString valueOf(const QList<Parameter> &parameters, const QString &name)
{
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? QString() : found->value;
}

QJsonObject link(const QString &relation, const QString &url)
{
    return {{u"relation"_s, relation}, {u"url"_s, url}};
}

/// The search as a URL again, for the `self` link.
QString searchUrl(const QString &base, ResourceType type, const QList<Parameter> &parameters)
{
    QStringList pairs;
    for (const Parameter &parameter : parameters)
        pairs.append(QString::fromLatin1(QUrl::toPercentEncoding(parameter.name, ":") + '=' +
                                         QUrl::toPercentEncoding(parameter.value, ":,/|")));
    return base + u'/' + nameOf(type) + (pairs.isEmpty() ? QString() : u'?' + pairs.join(u'&'));
}

/// Types whose every page carries Epic's note that there may be more than the client sees (facts F11).
bool isNoted(ResourceType type)
{
    return belongsToPatient(type) && type != ResourceType::Patient && type != ResourceType::Binary;
}

} // namespace

FhirServer::Format FhirServer::formatOf(const Request &request, const QList<Parameter> &parameters)
{
    Format format;
    const QString asked = valueOf(parameters, u"_format"_s);
    const QByteArray accept = asked.isEmpty() ? request.header("Accept").toLower() : asked.toLatin1().toLower();
    format.asksForJson = accept.contains("json");
    const bool anything = accept.isEmpty() || accept.contains("*/*") || accept.contains("application/*");
    format.isAcceptable = format.asksForJson || anything;
    if (accept.contains("application/json+fhir")) // Epic gives this older name back to those who use it
        format.mediaType = "application/json+fhir";
    return format;
}

std::expected<Grant, Response> FhirServer::authorize(const Request &request) const
{
    const QByteArray credentials = request.header("Authorization");
    if (credentials.size() < 8 || credentials.left(7).compare("Bearer ", Qt::CaseInsensitive) != 0)
        return std::unexpected(unauthorized("Bearer"));
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
    const auto grant = m_tokens.find(credentials.mid(7).trimmed(), now);
    if (!grant)
        return std::unexpected(unauthorized("Bearer error=\"invalid_token\", error_description=\"The access token "
                                            "provided is invalid or has expired\""));
    return *grant;
}

Response FhirServer::answer(const Request &request, QByteArrayView relativePath)
{
    const auto grant = authorize(request);
    if (!grant)
        return grant.error();
    const auto query = parseForm(request.query);
    if (!query)
        return outcomeResponse(400, {EpicIssue::invalidParameter({}, u"The query is not valid."_s)});
    const QStringList parts = QString::fromLatin1(relativePath).split(u'/');
    const auto type = resourceType(parts.first());
    const bool isPostedSearch = parts.size() == 2 && parts.at(1) == u"_search"_s;
    if (!type || parts.size() > 2 || (parts.size() == 2 && parts.at(1).isEmpty()) ||
        (parts.size() == 1 && !isSearchable(*type)) || (isPostedSearch && !isSearchable(*type)))
        return pageNotFound();
    const bool isRead = parts.size() == 2 && !isPostedSearch;
    if (!grant->scopes.allows(nameOf(*type), isRead ? Interaction::Read : Interaction::Search))
        return insufficientScope();

    const bool isGet = request.method == "GET" || request.method == "HEAD";
    if (isPostedSearch ? request.method != "POST" : !isGet)
        return methodNotAllowed({isPostedSearch ? "POST" : "GET"});
    const Format format = formatOf(request, *query);
    if (!format.isAcceptable && !(isRead && *type == ResourceType::Binary))
        return outcomeResponse(406, {EpicIssue::invalidParameter(u"_format"_s, u"Only JSON is supported."_s)});
    if (isRead)
        return read(*type, parts.at(1), format);
    if (!isPostedSearch)
        return search(*type, *query, *grant, format);
    if (request.mediaType() != "application/x-www-form-urlencoded")
        return outcomeResponse(415, {EpicIssue::invalidParameter({}, u"The body must be a form."_s)});
    // Epic reads only the body of a posted search, since February 2026 (facts §4).
    const auto form = parseForm(request.body);
    if (!form)
        return outcomeResponse(400, {EpicIssue::invalidParameter({}, u"The body is not valid."_s)});
    return search(*type, *form, *grant, format);
}

Response FhirServer::read(ResourceType type, const QString &id, const Format &format) const
{
    const auto found = m_data.find(type, id);
    if (!found)
        return outcomeResponse(404, {EpicIssue::unknownId()});
    if (type == ResourceType::Binary && !format.asksForJson) {
        return {.status = 200,
                .headers = {{"Content-Type", found->value(u"contentType"_s).toString().toLatin1()},
                            {"X-Content-Type-Options", "nosniff"}},
                .body = QByteArray::fromBase64(found->value(u"data"_s).toString().toLatin1())};
    }
    return jsonResponse(200, *found, format.mediaType);
}

Response FhirServer::search(ResourceType type, const QList<Parameter> &parameters, const Grant &grant,
                            const Format &format)
{
    const QString sessionId = valueOf(parameters, u"sessionID"_s);
    const QString selfUrl = searchUrl(m_settings.baseUrl, type, parameters);
    if (!sessionId.isEmpty()) {
        const auto session = m_sessions.find(sessionId, grant.clientId);
        if (!session || session->search->type != type)
            return outcomeResponse(400, {EpicIssue::sessionExpired()});
        return page(*session, selfUrl, false, format);
    }
    auto search = readSearch(type, parameters, m_data, m_settings.baseUrl);
    if (!search)
        return outcomeResponse(400, search.error());
    return page({std::make_shared<const Search>(std::move(*search)), Cursor(), grant.clientId}, selfUrl, true, format);
}

Response FhirServer::page(const PagingSession &from, const QString &selfUrl, bool isFirst, const Format &format)
{
    const Search &search = *from.search;
    ResourceStream stream(m_data, search, from.cursor);
    QJsonArray entries;
    int looked = 0;
    while (!stream.atEnd() && entries.size() < search.count && looked < longestLook) {
        ++looked;
        const auto resource = stream.next();
        if (!resource || !matches(*resource, search))
            continue;
        entries.append(QJsonObject{{u"fullUrl"_s, m_settings.baseUrl + u'/' + nameOf(search.type) + u'/' +
                                                      resource->value(u"id"_s).toString()},
                                   {u"resource"_s, *resource},
                                   {u"search"_s, QJsonObject{{u"mode"_s, u"match"_s}}}});
    }
    const auto total = entries.size();
    const bool isLast = stream.atEnd();
    QJsonArray links{link(u"self"_s, selfUrl)};
    if (!isLast) {
        const QString id = m_sessions.keep({from.search, stream.position(), from.clientId});
        links.append(link(u"next"_s, m_settings.baseUrl + u'/' + nameOf(search.type) + u"?sessionID="_s + id));
    }
    Issues notes = isFirst ? search.notes : Issues();
    if (isFirst && isLast && total == 0)
        notes.append(EpicIssue::noResults());
    else if (isNoted(search.type))
        notes.append(EpicIssue::mayBeIncomplete());
    if (!notes.isEmpty())
        entries.append(QJsonObject{{u"resource"_s, operationOutcome(notes)},
                                   {u"search"_s, QJsonObject{{u"mode"_s, u"outcome"_s}}}});
    QJsonObject bundle{{u"resourceType"_s, u"Bundle"_s}, {u"type"_s, u"searchset"_s}, {u"link"_s, links}};
    if (m_settings.pageTotal)
        bundle.insert(u"total"_s, qint64(total));
    if (!entries.isEmpty())
        bundle.insert(u"entry"_s, entries);
    return jsonResponse(200, bundle, format.mediaType);
}

} // namespace credenza::sandbox
