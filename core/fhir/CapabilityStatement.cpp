// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/CapabilityStatement.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

QString firstString(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        if (const QString value = object.value(name).toString(); !value.isEmpty())
            return value;
    }
    return {};
}

/// The token endpoint of the oauth-uris extension (SMART App Launch 1.0, "Conformance using CapabilityStatement").
QString tokenEndpointOf(const QJsonObject &security)
{
    for (const QJsonValue &extension : security.value(u"extension").toArray()) {
        if (!extension[u"url"].toString().endsWith(u"/oauth-uris"))
            continue;
        for (const QJsonValue &part : extension[u"extension"].toArray()) {
            if (part[u"url"].toString() == u"token")
                return firstString(part.toObject(), {"valueUri"_L1, "valueUrl"_L1, "valueString"_L1});
        }
    }
    return {};
}

CapabilityStatement::ResourceType resourceType(const QJsonObject &resource)
{
    CapabilityStatement::ResourceType type;
    type.name = resource.value(u"type").toString();
    for (const QJsonValue &interaction : resource.value(u"interaction").toArray())
        type.interactions.append(interaction[u"code"].toString());
    for (const QJsonValue &parameter : resource.value(u"searchParam").toArray()) {
        type.searchParameters.append(parameter[u"name"].toString());
        type.searchParameterTypes.append(parameter[u"type"].toString());
    }
    return type;
}

/// Servers may list a type twice, in one `rest` or in several: what either offers counts.
void addType(QList<CapabilityStatement::ResourceType> &types, CapabilityStatement::ResourceType type)
{
    if (type.name.isEmpty())
        return;
    const auto known = std::ranges::find(types, type.name, &CapabilityStatement::ResourceType::name);
    if (known == types.end()) {
        types.append(std::move(type));
        return;
    }
    for (const QString &interaction : std::as_const(type.interactions)) {
        if (!known->interactions.contains(interaction))
            known->interactions.append(interaction);
    }
    for (qsizetype at = 0; at < type.searchParameters.size(); ++at) {
        if (known->searchParameters.contains(type.searchParameters.at(at)))
            continue;
        known->searchParameters.append(type.searchParameters.at(at));
        known->searchParameterTypes.append(type.searchParameterTypes.at(at));
    }
}

QByteArrayView trimmedStart(QByteArrayView body)
{
    if (body.startsWith("\xef\xbb\xbf"))
        body = body.sliced(3);
    return body.trimmed();
}

} // namespace

const CapabilityStatement::ResourceType *CapabilityStatement::type(QStringView name) const
{
    const auto found = std::ranges::find_if(types, [name](const ResourceType &type) { return type.name == name; });
    return found == types.end() ? nullptr : &*found;
}

Result<CapabilityStatement> readCapabilityStatement(const QByteArray &body)
{
    const QByteArrayView start = trimmedStart(body);
    if (start.startsWith('<')) {
        const bool isFhir = start.first(std::min(start.size(), qsizetype(2048))).contains("http://hl7.org/fhir");
        return isFhir
                   ? fail(ErrorKind::Failed, u"fhir.is-xml"_s, FhirText::tr("The server answered in XML, not in JSON."),
                          FhirText::tr("It ignored the Accept header; a proxy on the way may have dropped it."))
                   : fail(ErrorKind::Failed, u"fhir.not-json"_s,
                          FhirText::tr("A web page came back, not a FHIR answer."),
                          FhirText::tr("Check that the address is a FHIR base URL and not a portal's."));
    }
    const QJsonDocument document = QJsonDocument::fromJson(start.toByteArray());
    if (!document.isObject()) {
        return fail(ErrorKind::Failed, u"fhir.not-json"_s, FhirText::tr("The answer is not JSON."),
                    FhirText::tr("Check that the address is a FHIR base URL."));
    }
    const QJsonObject root = document.object();
    const QString resource = root.value(u"resourceType").toString();
    if (resource != u"CapabilityStatement" && resource != u"Conformance") {
        return fail(ErrorKind::Failed, u"fhir.wrong-resource"_s,
                    resource.isEmpty() ? FhirText::tr("The answer is JSON, but not a FHIR resource.")
                                       : FhirText::tr("A %1 came back, not a CapabilityStatement.").arg(resource),
                    FhirText::tr("Check that the address is a FHIR base URL."));
    }

    CapabilityStatement statement;
    statement.fhirVersion = root.value(u"fhirVersion").toString();
    const QJsonObject software = root.value(u"software").toObject();
    statement.softwareName = software.value(u"name").toString();
    statement.softwareVersion = software.value(u"version").toString();
    for (const QJsonValue &rest : root.value(u"rest").toArray()) {
        if (rest[u"mode"].toString() == u"client")
            continue;
        if (statement.tokenEndpoint.isEmpty())
            statement.tokenEndpoint = tokenEndpointOf(rest[u"security"].toObject());
        for (const QJsonValue &value : rest[u"resource"].toArray())
            addType(statement.types, resourceType(value.toObject()));
    }
    return statement;
}

} // namespace credenza
