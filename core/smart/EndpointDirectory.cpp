// SPDX-License-Identifier: Apache-2.0
#include "core/smart/EndpointDirectory.h"

#include "core/base/File.h"
#include "core/credentials/FhirBaseUrl.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct DirectoryText {
    Q_DECLARE_TR_FUNCTIONS(EndpointDirectory)
};

// Epic's has some 500 entries in half a megabyte.
constexpr qint64 maxBytes = 64 * 1024 * 1024;
constexpr qsizetype maxEndpoints = 100'000;
constexpr qsizetype maxNameLength = 300;

/// Without case and accents, so that "Hôpital" is found by "hopital".
QString folded(const QString &text)
{
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_D)) {
        if (!c.isMark())
            plain += c.isLetterOrNumber() ? c : QChar(u' ');
    }
    return plain.toCaseFolded().simplified();
}

QString idOf(QString reference)
{
    if (reference.startsWith(u'#'))
        reference.remove(0, 1);
    if (reference.startsWith(u"Organization/"))
        reference.remove(0, 13);
    return reference;
}

/// The organization of an endpoint: the contained one its reference names, loosely; else the only contained one.
QString organizationOf(const QJsonObject &endpoint, const QHash<QString, QString> &others)
{
    const QJsonObject managing = endpoint.value(u"managingOrganization").toObject();
    const QString wanted = idOf(managing.value(u"reference").toString());
    QStringList contained;
    for (const QJsonValue &value : endpoint.value(u"contained").toArray()) {
        if (value[u"resourceType"].toString() != u"Organization")
            continue;
        if (idOf(value[u"id"].toString()) == wanted)
            return value[u"name"].toString();
        contained.append(value[u"name"].toString());
    }
    if (others.contains(wanted))
        return others.value(wanted);
    if (contained.size() == 1)
        return contained.constFirst();
    const QString display = managing.value(u"display").toString();
    return display.isEmpty() ? endpoint.value(u"name").toString() : display;
}

bool isOff(const QJsonObject &endpoint)
{
    const QString status = endpoint.value(u"status").toString();
    return status == u"off" || status == u"error" || status == u"entered-in-error";
}

void countSharing(QList<OrganizationEndpoint> &endpoints)
{
    QHash<QString, int> counts;
    for (const OrganizationEndpoint &endpoint : std::as_const(endpoints))
        ++counts[endpoint.fhirBaseUrl];
    for (OrganizationEndpoint &endpoint : endpoints)
        endpoint.organizations = counts.value(endpoint.fhirBaseUrl);
}

Failure notABundle()
{
    return fail(ErrorKind::InvalidInput, u"directory.not-a-bundle"_s,
                DirectoryText::tr("This is no list of endpoints."),
                DirectoryText::tr("Take the JSON that the vendor publishes: a Bundle of Endpoint resources."));
}

} // namespace

QList<OrganizationEndpoint> EndpointDirectory::find(const QString &words, qsizetype limit) const
{
    const QString wanted = folded(words);
    QList<OrganizationEndpoint> first;
    QList<OrganizationEndpoint> later;
    if (wanted.isEmpty())
        return {};
    const QStringList parts = wanted.split(u' ');
    for (const OrganizationEndpoint &endpoint : endpoints) {
        const QString name = folded(endpoint.organization);
        const bool hasAll = std::ranges::all_of(
            parts, [&name](const QString &part) { return name.startsWith(part) || name.contains(u' ' + part); });
        if (!hasAll)
            continue;
        (name.startsWith(wanted) ? first : later).append(endpoint);
        if (first.size() >= limit)
            break;
    }
    return (first + later).mid(0, limit);
}

QList<OrganizationEndpoint> EndpointDirectory::sharing(const QString &fhirBaseUrl) const
{
    QList<OrganizationEndpoint> found;
    std::ranges::copy_if(endpoints, std::back_inserter(found),
                         [&](const OrganizationEndpoint &endpoint) { return endpoint.fhirBaseUrl == fhirBaseUrl; });
    return found;
}

Result<EndpointDirectory> readEndpointDirectory(const QByteArray &bundle, const QString &source)
{
    const QJsonObject object = QJsonDocument::fromJson(bundle).object();
    if (object.value(u"resourceType").toString() != u"Bundle")
        return notABundle();
    EndpointDirectory directory;
    directory.source = source;
    directory.asOf = QDateTime::fromString(object.value(u"timestamp").toString(), Qt::ISODateWithMs);
    const QJsonArray entries = object.value(u"entry").toArray();
    QHash<QString, QString> organizations;
    for (const QJsonValue &entry : entries) {
        const QJsonObject resource = entry[u"resource"].toObject();
        if (resource.value(u"resourceType").toString() != u"Organization")
            continue;
        organizations.insert(resource.value(u"id").toString(), resource.value(u"name").toString());
        if (const QString fullUrl = entry[u"fullUrl"].toString(); !fullUrl.isEmpty())
            organizations.insert(fullUrl, resource.value(u"name").toString());
    }
    for (const QJsonValue &entry : entries) {
        const QJsonObject resource = entry[u"resource"].toObject();
        if (resource.value(u"resourceType").toString() != u"Endpoint" || isOff(resource) ||
            directory.endpoints.size() == maxEndpoints)
            continue;
        const FhirBaseUrlReading reading = readFhirBaseUrl(resource.value(u"address").toString());
        const QString name = organizationOf(resource, organizations).simplified().left(maxNameLength);
        if (reading.canonical.isEmpty() || reading.finding.state == Finding::State::Error || name.isEmpty())
            continue;
        directory.endpoints.append({name, reading.canonical});
    }
    if (directory.endpoints.isEmpty())
        return fail(ErrorKind::InvalidInput, u"directory.empty"_s,
                    DirectoryText::tr("There is no endpoint in this list that can be used."),
                    DirectoryText::tr("Take the list of R4 endpoints."));
    std::ranges::stable_sort(directory.endpoints,
                             [](const OrganizationEndpoint &one, const OrganizationEndpoint &other) {
                                 return QString::compare(one.organization, other.organization, Qt::CaseInsensitive) < 0;
                             });
    countSharing(directory.endpoints);
    return directory;
}

Result<EndpointDirectory> fetchEndpointDirectory(const QUrl &url, HttpTransport &transport,
                                                 const NetworkSettings &network, const Clock &clock,
                                                 const std::stop_token &stop)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/fhir+json, application/json"}};
    request.redirects = RedirectPolicy::SameOrigin;
    request.maxResponseBytes = maxBytes;
    request.network = network;
    const HttpReply reply = TRY(transport.send(request, stop));
    if (reply.status != 200)
        return fail(ErrorKind::Failed, u"directory.unavailable"_s,
                    DirectoryText::tr("The list can't be had now: status %1.").arg(reply.status),
                    DirectoryText::tr("Try again later, or open the list from a file."));
    EndpointDirectory directory = TRY(readEndpointDirectory(reply.body, url.toString()));
    if (!directory.asOf.isValid())
        directory.asOf = toDateTime(clock.now());
    return directory;
}

Result<void> keepEndpointDirectory(const EndpointDirectory &directory, const QString &path)
{
    // Kept in the form it came in, without what is not needed.
    QJsonArray entries;
    for (const OrganizationEndpoint &endpoint : directory.endpoints) {
        const QJsonObject organization{
            {u"resourceType"_s, u"Organization"_s}, {u"id"_s, u"o"_s}, {u"name"_s, endpoint.organization}};
        const QJsonObject resource{{u"resourceType"_s, u"Endpoint"_s},
                                   {u"status"_s, u"active"_s},
                                   {u"contained"_s, QJsonArray{organization}},
                                   {u"managingOrganization"_s, QJsonObject{{u"reference"_s, u"#o"_s}}},
                                   {u"address"_s, endpoint.fhirBaseUrl}};
        entries.append(QJsonObject{{u"resource"_s, resource}});
    }
    const QJsonObject bundle{{u"resourceType"_s, u"Bundle"_s},
                             {u"type"_s, u"collection"_s},
                             {u"timestamp"_s, directory.asOf.toUTC().toString(Qt::ISODate)},
                             {u"meta"_s, QJsonObject{{u"source"_s, directory.source}}},
                             {u"entry"_s, entries}};
    QDir().mkpath(QFileInfo(path).path()); // writing says so where it failed
    return writeFileAtomically(path, QJsonDocument(bundle).toJson(QJsonDocument::Compact));
}

Result<EndpointDirectory> openEndpointDirectory(const QString &path)
{
    const QByteArray contents = TRY(readFile(path, maxBytes));
    const QString kept = QJsonDocument::fromJson(contents)[u"meta"][u"source"].toString();
    EndpointDirectory directory =
        TRY(readEndpointDirectory(contents, kept.isEmpty() ? QFileInfo(path).fileName() : kept));
    if (!directory.asOf.isValid())
        directory.asOf = QFileInfo(path).lastModified();
    return directory;
}

} // namespace credenza
