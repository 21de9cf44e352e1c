// SPDX-License-Identifier: Apache-2.0
#include "core/smart/PatientData.h"

#include "core/net/Redaction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

bool holdsNoPerson(const QString &type)
{
    return type == "OperationOutcome"_L1 || type == "CapabilityStatement"_L1;
}

QJsonValue typeOnly(const QJsonObject &resource)
{
    const QString type = resource.value(u"resourceType").toString();
    if (holdsNoPerson(type))
        return resource;
    return QJsonObject{{u"resourceType"_s, type}, {u"id"_s, redactedMark()}};
}

/// "next" and "self" are told without where they lead: a search's parameters may name a patient.
QJsonArray relationsOnly(const QJsonArray &links)
{
    QJsonArray kept;
    for (const QJsonValue &link : links)
        kept.append(QJsonObject{{u"relation"_s, link[u"relation"]}, {u"url"_s, redactedMark()}});
    return kept;
}

QJsonObject bundleShape(QJsonObject bundle)
{
    QJsonArray entries;
    for (const QJsonValue &entry : bundle.value(u"entry").toArray()) {
        QJsonObject kept{{u"resource"_s, typeOnly(entry[u"resource"].toObject())}};
        if (entry.toObject().contains(u"search"))
            kept.insert(u"search"_s, entry[u"search"]);
        entries.append(kept);
    }
    if (bundle.contains(u"entry"))
        bundle.insert(u"entry"_s, entries);
    if (bundle.contains(u"link"))
        bundle.insert(u"link"_s, relationsOnly(bundle.value(u"link").toArray()));
    return bundle;
}

/// A server that answers in XML all the same: known by FHIR's namespace near the root.
bool isResourceInXml(const QByteArray &body)
{
    // A view: this body may as well be a token's, of which no copy must stay in memory.
    const QByteArrayView head = QByteArrayView(body).first(std::min(body.size(), qsizetype(1024)));
    return head.trimmed().startsWith('<') && head.contains("http://hl7.org/fhir\"") &&
           !head.contains("<OperationOutcome") && !head.contains("<CapabilityStatement");
}

} // namespace

QByteArray withoutPatientData(const QByteArray &body)
{
    if (isResourceInXml(body))
        return u"‹%1 bytes of FHIR in XML›"_s.arg(body.size()).toUtf8();
    if (!body.contains("\"resourceType\""))
        return body;
    QJsonParseError problem;
    const QJsonObject root = QJsonDocument::fromJson(body, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return u"‹%1 bytes of damaged FHIR: %2 at byte %3›"_s.arg(body.size())
            .arg(problem.errorString())
            .arg(problem.offset)
            .toUtf8();
    const QString type = root.value(u"resourceType").toString();
    if (type.isEmpty() || holdsNoPerson(type))
        return body;
    const QJsonObject shape = type == "Bundle"_L1 ? bundleShape(root) : typeOnly(root).toObject();
    return QJsonDocument(shape).toJson(QJsonDocument::Compact);
}

} // namespace credenza
