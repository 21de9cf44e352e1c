// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ReferenceTarget.h"

#include "core/net/HttpTransport.h"

#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace credenza
{

Resource containedResource(const Resource &holder, QStringView id)
{
    if (id.isEmpty())
        return holder;
    // A contained resource may refer to its siblings: what holds it is above it in the document.
    for (JsonValue place = holder.root; place.exists(); place = place.parent()) {
        for (const JsonValue contained : place[u"contained"]) {
            if (contained[u"id"].text() == id)
                return {holder.document, contained, {}};
        }
    }
    return {};
}

bool isCanonicalType(const QString &type)
{
    static const QSet<QString> types{u"ActivityDefinition"_s,
                                     u"ActorDefinition"_s,
                                     u"CapabilityStatement"_s,
                                     u"ChargeItemDefinition"_s,
                                     u"Citation"_s,
                                     u"CodeSystem"_s,
                                     u"CompartmentDefinition"_s,
                                     u"ConceptMap"_s,
                                     u"ConditionDefinition"_s,
                                     u"EffectEvidenceSynthesis"_s,
                                     u"EventDefinition"_s,
                                     u"Evidence"_s,
                                     u"EvidenceVariable"_s,
                                     u"ExampleScenario"_s,
                                     u"GraphDefinition"_s,
                                     u"ImplementationGuide"_s,
                                     u"Library"_s,
                                     u"Measure"_s,
                                     u"MessageDefinition"_s,
                                     u"NamingSystem"_s,
                                     u"OperationDefinition"_s,
                                     u"PlanDefinition"_s,
                                     u"Questionnaire"_s,
                                     u"Requirements"_s,
                                     u"ResearchDefinition"_s,
                                     u"ResearchElementDefinition"_s,
                                     u"RiskEvidenceSynthesis"_s,
                                     u"SearchParameter"_s,
                                     u"StructureDefinition"_s,
                                     u"StructureMap"_s,
                                     u"SubscriptionTopic"_s,
                                     u"TerminologyCapabilities"_s,
                                     u"TestScript"_s,
                                     u"ValueSet"_s};
    return types.contains(type);
}

std::optional<Canonical> canonicalOf(const QString &reference)
{
    if (!reference.startsWith(u"urn:"_s) && !reference.contains(u"://"_s))
        return {};
    Canonical canonical;
    canonical.url = reference.section(u'#', 0, 0).section(u'|', 0, 0);
    canonical.version = reference.section(u'#', 0, 0).section(u'|', 1);
    static const QRegularExpression typeAndId(u"/([A-Z][A-Za-z]+)/[^/?]+(?:/_history/[^/?]+)?$"_s);
    if (const auto match = typeAndId.match(canonical.url); match.hasMatch()) {
        if (isCanonicalType(match.captured(1)))
            canonical.type = match.captured(1);
        else if (canonical.version.isEmpty())
            return {};
    }
    return canonical;
}

QString canonicalIn(JsonValue value)
{
    static const QSet<QString> elements{
        u"baseDefinition"_s, u"definition"_s,     u"definitionCanonical"_s, u"derivedFrom"_s,   u"imports"_s,
        u"instantiates"_s,   u"library"_s,        u"instantiatesCanonical"_s, u"measure"_s,     u"profile"_s,
        u"questionnaire"_s,  u"supplements"_s,    u"supportedProfile"_s,    u"targetProfile"_s, u"valueCanonical"_s,
        u"valueSet"_s,       u"operationDefinition"_s, u"topic"_s, u"structureMap"_s, u"sourceCanonical"_s,
        u"targetCanonical"_s};
    if (!value.isString() || !elements.contains(value.name().isEmpty() ? value.parent().name() : value.name()))
        return {};
    const QString text = value.text();
    return text.startsWith(u'#') || canonicalOf(text) ? text : QString();
}

bool isNamedBy(const Resource &resource, const Canonical &canonical)
{
    return resource.root[u"url"].text() == canonical.url &&
           (canonical.version.isEmpty() || resource.root[u"version"].text() == canonical.version);
}

QUrl asReached(const QUrl &url, const QUrl &base)
{
    const bool isOtherName = url.scheme() == u"http" && base.scheme() == u"https" && url.host() == base.host() &&
                             url.userInfo().isEmpty() && url.port(80) == 80;
    if (!isOtherName)
        return url;
    QUrl reached = url;
    reached.setScheme(base.scheme());
    reached.setPort(base.port());
    return reached;
}

ReferenceTarget referenceTarget(const QString &reference, const QUrl &base)
{
    static const QRegularExpression typeAndId(u"(?:^|/)([A-Z][A-Za-z]+/[^/?#]+)(?:/_history/[^/?#]+)?$"_s);
    if (reference.startsWith(u'#'))
        return {ReferenceKind::Contained, reference.sliced(1)};
    if (reference.startsWith(u"urn:"_s))
        return {ReferenceKind::Uuid, reference};
    const bool isAbsolute = reference.contains(u"://"_s);
    const auto match = typeAndId.match(reference);
    if (!isAbsolute) {
        static const QRegularExpression search(u"^[A-Z][A-Za-z]+\\?[^?#]+$"_s);
        if (search.match(reference).hasMatch()) // a conditional reference is a search for its target
            return {ReferenceKind::SameServer, reference};
        const bool isPath = match.hasMatch() && match.capturedStart(1) == 0;
        return isPath ? ReferenceTarget{ReferenceKind::SameServer, reference}
                      : ReferenceTarget{ReferenceKind::None, reference};
    }
    if (base.isEmpty())
        return match.hasMatch() ? ReferenceTarget{ReferenceKind::SameServer, match.captured(1)}
                                : ReferenceTarget{ReferenceKind::OtherServer, reference};
    QString prefix = base.toString(QUrl::FullyEncoded);
    if (!prefix.endsWith(u'/'))
        prefix += u'/';
    if (reference.startsWith(prefix, Qt::CaseInsensitive) && sameOrigin(QUrl(reference), base))
        return {ReferenceKind::SameServer, reference.sliced(prefix.size())};
    const QUrl named = asReached(QUrl(reference), base);
    if (sameOrigin(named, base) && named.userInfo().isEmpty()) {
        QString path = named.toString(QUrl::FullyEncoded);
        if (path.startsWith(prefix, Qt::CaseInsensitive))
            path.remove(0, prefix.size());
        return {ReferenceKind::SameServer, path};
    }
    return {ReferenceKind::OtherServer, reference};
}

} // namespace credenza
