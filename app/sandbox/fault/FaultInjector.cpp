// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fault/FaultInjector.h"

#include "app/sandbox/http/Router.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QMutexLocker>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

QString placeOf(const Request &request)
{
    const QByteArray base = Path::fhirBase;
    if (request.path == Path::token)
        return u"token"_s;
    if (request.path == Path::jwks)
        return u"jwks"_s;
    if (request.path == base + "/.well-known/smart-configuration")
        return u"configuration"_s;
    if (request.path == base + "/metadata")
        return u"metadata"_s;
    return u"fhir"_s;
}

/// `honest` with its JSON changed by `change`; left alone where it is no JSON answer.
Reply changed(Reply honest, const std::function<QJsonObject(QJsonObject)> &change)
{
    auto *response = std::get_if<Response>(&honest);
    if (!response)
        return honest;
    const QJsonDocument body = QJsonDocument::fromJson(response->body);
    if (body.isObject())
        response->body = QJsonDocument(change(body.object())).toJson(QJsonDocument::Compact);
    return honest;
}

QJsonObject merged(QJsonObject into, const QJsonObject &members)
{
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (member->isNull())
            into.remove(member.key());
        else
            into.insert(member.key(), *member);
    }
    return into;
}

QJsonObject withKeys(QJsonObject jwks, const QJsonObject &members, bool twice)
{
    QJsonArray keys;
    for (const QJsonValue &key : jwks.value(u"keys").toArray()) {
        const QJsonObject edited = merged(key.toObject(), members);
        keys.append(edited);
        if (twice)
            keys.append(edited);
    }
    jwks.insert(u"keys"_s, keys);
    return jwks;
}

HeaderFields headersOf(const QJsonObject &intervention, const std::function<QString(QString)> &fill)
{
    HeaderFields headers;
    const QJsonObject given = intervention.value(u"headers").toObject();
    for (auto header = given.begin(); header != given.end(); ++header)
        headers.append(HeaderField{header.key().toLatin1(), fill(header->toString()).toLatin1()});
    return headers;
}

} // namespace

void FaultInjector::select(const Fault *fault)
{
    const QMutexLocker lock(&m_mutex);
    m_fault = fault;
    m_used = QList<int>(fault ? fault->server.size() : 0, 0);
}

QString FaultInjector::filledIn(QString text) const
{
    return text.replace(u"{origin}"_s, m_endpoints.origin).replace(u"{base}"_s, m_endpoints.fhirBase());
}

std::chrono::seconds FaultInjector::clockOffset() const
{
    const QMutexLocker lock(&m_mutex);
    if (!m_fault)
        return {};
    for (const QJsonValue &intervention : m_fault->server) {
        if (intervention[u"clockSeconds"].isDouble())
            return std::chrono::seconds(intervention[u"clockSeconds"].toInteger());
    }
    return {};
}

Reply FaultInjector::answer(const Request &request, const std::function<Reply()> &honest)
{
    const QString place = placeOf(request);
    QJsonObject chosen;
    {
        const QMutexLocker lock(&m_mutex);
        for (qsizetype i = 0; m_fault && chosen.isEmpty() && i < m_fault->server.size(); ++i) {
            const QJsonObject intervention = m_fault->server.at(i).toObject();
            const QString at = intervention.value(u"at").toString();
            const QString without = intervention.value(u"without").toString();
            if ((at != u"every" && at != place) || intervention.contains(u"clockSeconds"))
                continue;
            if (!without.isEmpty() && request.headerCount(without.toLatin1()) > 0)
                continue;
            if (m_used[i]++ < intervention.value(u"times").toInt(INT_MAX))
                chosen = intervention;
        }
    }
    Reply reply = chosen.isEmpty() ? honest() : apply(chosen, honest);
    if (const auto offset = clockOffset(); offset.count() != 0) {
        if (auto *response = std::get_if<Response>(&reply)) {
            const QDateTime shown = QDateTime::currentDateTimeUtc().addSecs(offset.count());
            const QString date = QLocale::c().toString(shown, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
            response->headers.append(HeaderField{"Date", date.toLatin1()});
        }
    }
    return reply;
}

Reply FaultInjector::apply(const QJsonObject &intervention, const std::function<Reply()> &honest) const
{
    const auto fill = [this](const QString &text) { return filledIn(text); };
    if (intervention.value(u"withhold").toBool())
        return Withheld{};
    if (intervention.value(u"drop").toBool())
        return Dropped{};
    if (intervention.contains(u"dripMilliseconds")) {
        return Stream{.headers = {{"Content-Type", "application/json"}},
                      .bytes = 1'000'000,
                      .pause = std::chrono::milliseconds(intervention.value(u"dripMilliseconds").toInteger())};
    }
    if (intervention.contains(u"floodBytes")) {
        return Stream{.headers = {{"Content-Type", "application/json"}},
                      .bytes = intervention.value(u"floodBytes").toInteger(),
                      .pause = {}};
    }
    if (intervention.contains(u"merge")) {
        const QByteArray members = QJsonDocument(intervention.value(u"merge").toObject()).toJson();
        const QJsonObject filled = QJsonDocument::fromJson(fill(QString::fromUtf8(members)).toUtf8()).object();
        return changed(honest(), [&filled](QJsonObject body) { return merged(std::move(body), filled); });
    }
    if (intervention.contains(u"keys")) {
        return changed(honest(), [&intervention](QJsonObject body) {
            return withKeys(std::move(body), intervention.value(u"keys").toObject(),
                            intervention.value(u"twice").toBool());
        });
    }
    Response response{
        .status = intervention.value(u"status").toInt(), .headers = headersOf(intervention, fill), .body = {}};
    if (intervention.contains(u"json")) {
        const QByteArray json = QJsonDocument(intervention.value(u"json").toObject()).toJson(QJsonDocument::Compact);
        response.body = fill(QString::fromUtf8(json)).toUtf8();
        response.headers.append(HeaderField{"Content-Type", "application/json; charset=utf-8"});
    } else {
        response.body = fill(intervention.value(u"body").toString()).toUtf8();
    }
    return response;
}

Response FaultInjector::control(const Request &request)
{
    if (request.method == "GET" || request.method == "HEAD") {
        const QMutexLocker lock(&m_mutex);
        QJsonArray all;
        for (const Fault &fault : faultCatalogue()) {
            if (!fault.server.isEmpty())
                all.append(QJsonObject{{u"id"_s, fault.id}, {u"row"_s, fault.row}, {u"title"_s, fault.title}});
        }
        return jsonResponse(200,
                            {{u"fault"_s, m_fault ? QJsonValue(m_fault->id) : QJsonValue::Null}, {u"faults"_s, all}});
    }
    if (request.method != "PUT")
        return methodNotAllowed({"GET", "PUT"});
    const QJsonObject body = QJsonDocument::fromJson(request.body).object();
    if (request.mediaType() != "application/json" || !body.contains(u"fault"))
        return jsonResponse(400, {{u"error"_s, u"Send {\"fault\": NAME or null} as application/json."_s}});
    const QJsonValue name = body.value(u"fault");
    const Fault *fault = findFault(name.toString());
    if (!name.isNull() && !fault)
        return jsonResponse(404, {{u"error"_s, u"There is no fault of that name."_s}});
    select(fault);
    return jsonResponse(200, {{u"fault"_s, name}});
}

} // namespace credenza::sandbox
