// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceSummary.h"

#include "core/fhir/ReferenceTarget.h"
#include "core/fhir/ResourceColumns.h"
#include "core/fhir/ValueText.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr qsizetype longestTable = 200;
constexpr qsizetype mostRows = 200; // a resource with a million members is shown in part, the tree has the rest

constexpr qsizetype widestTable = 5;
constexpr qsizetype mostParts = 20;

/// Elements whose codes matter to those who map data, and so are told with them.
const QSet<QString> &codedNames()
{
    static const QSet<QString> names{u"code"_s, u"vaccineCode"_s, u"medicationCodeableConcept"_s,
                                     u"valueCodeableConcept"_s, u"conclusionCode"_s};
    return names;
}

QString firstText(JsonValue root, const QStringList &paths)
{
    for (const QString &path : paths) {
        constexpr qsizetype mostLookedAt = 100;
        for (const JsonValue value : valuesAt(root, path).mid(0, mostLookedAt)) {
            if (const QString text = valueText(value); !text.isEmpty())
                return text;
        }
    }
    return {};
}

/// Names of people: the official or usual one before a maiden or an old one.
QString bestName(JsonValue names)
{
    QString best;
    for (const QStringView wanted : {u"official", u"usual", u""}) {
        for (const JsonValue name : names) {
            const QString use = name[u"use"].brief();
            const bool fits = wanted.isEmpty() ? use != u"old" && use != u"maiden" : use == wanted;
            if (fits && best.isEmpty())
                best = valueText(name);
        }
    }
    return best;
}

bool isDataType(const QString &type)
{
    return type != u"object" && type != u"array";
}

bool isListOfElements(JsonValue value)
{
    return value.isArray() && value.size() > 1 && value.firstChild().isObject() &&
           !isDataType(typeName(value.firstChild()));
}

SummaryPart partOf(JsonValue value)
{
    SummaryPart part;
    part.text = valueText(value);
    part.reference = canonicalIn(value);
    if (value.isObject()) {
        part.reference = value[u"reference"].brief();
        if (typeName(value) == u"Attachment")
            part.attachment = value;
    }
    return part;
}

/// A cell of a table: what the member reads, and where it leads if it leads to one place.
SummaryPart cellPart(JsonValue member)
{
    SummaryPart part = partOf(member.isArray() && member.size() == 1 ? member.firstChild() : member);
    if (part.text.isEmpty())
        part.text = valueText(member);
    return part;
}

/// Elements of one kind beside each other: their members are the columns.
SummaryTable tableOf(JsonValue array)
{
    SummaryTable table;
    table.title = elementLabel(array.name());
    for (const JsonValue element : array) {
        for (const JsonValue member : element) {
            const QString name = member.name();
            const bool isShown = name != u"id" && name != u"extension" && !name.startsWith(u'_');
            if (isShown && !table.head.contains(elementLabel(name)) && table.head.size() < widestTable)
                table.head.append(elementLabel(name));
        }
        if (table.rows.size() >= longestTable)
            break;
        table.rows.append(QList<SummaryPart>());
    }
    qsizetype at = 0;
    for (const JsonValue element : array) {
        if (at >= table.rows.size())
            break;
        QList<SummaryPart> &row = table.rows[at++];
        row.resize(table.head.size());
        for (const JsonValue member : element) {
            if (const qsizetype column = table.head.indexOf(elementLabel(member.name())); column >= 0)
                row[column] = cellPart(member);
        }
    }
    return table;
}

/// What stands inside one observation: name, code, value, and interpretation or range where they are given.
SummaryTable componentTable(JsonValue components)
{
    SummaryTable table{
        FhirText::tr("Component"), {FhirText::tr("Component"), FhirText::tr("Code"), FhirText::tr("Value")}, {}};
    const auto anyHas = [components](const QString &member) {
        for (const JsonValue component : components) {
            if (component[member].exists())
                return true;
        }
        return false;
    };
    QStringList further;
    for (const QString &member : {u"interpretation"_s, u"referenceRange"_s}) {
        if (anyHas(member)) {
            further.append(member);
            table.head.append(elementLabel(member));
        }
    }
    QSet<QString> systems;
    for (const JsonValue component : components) {
        if (table.rows.size() >= longestTable)
            break;
        const JsonValue coding = component[u"code"][u"coding"].firstChild();
        systems.insert(codeSystemName(coding[u"system"].brief()));
        QString value = firstText(component, {u"value[x]"_s});
        if (value.isEmpty())
            value = firstText(component, {u"dataAbsentReason"_s});
        QList<SummaryPart> row{
            {valueText(component[u"code"]), {}, {}}, {coding[u"code"].brief(), {}, {}}, {value, {}, {}}};
        for (const QString &member : std::as_const(further))
            row.append(SummaryPart{valueText(component[member]), {}, {}});
        table.rows.append(row);
    }
    if (systems.size() == 1 && !systems.contains(QString()))
        table.head[1] = *systems.begin();
    return table;
}

/// The places an element leads to that is told in one line, as links of their own behind it.
void appendInnerLinks(JsonValue element, QList<SummaryPart> &parts)
{
    constexpr int mostLinks = 4;
    QList<JsonValue> open{element};
    int links = 0;
    while (!open.isEmpty() && links < mostLinks) {
        const JsonValue value = open.takeFirst();
        for (const JsonValue child : value) {
            if (open.size() > 1000 || links >= mostLinks)
                break;
            if (child.isObject() && (child[u"reference"].isString() || typeName(child) == u"Attachment")) {
                parts.append(partOf(child));
                ++links;
            } else if (child.size() > 0) {
                open.append(child);
            }
        }
    }
}

/// Attachments deep inside (`content[].attachment`) get a part of their own.
void appendParts(JsonValue value, QList<SummaryPart> &parts)
{
    if (value.isArray()) {
        qsizetype left = value.size();
        for (const JsonValue element : value) {
            if (parts.size() >= mostParts) {
                parts.append({FhirText::tr("and %n more", nullptr, static_cast<int>(left)), {}, {}});
                return;
            }
            appendParts(element, parts);
            --left;
        }
        return;
    }
    const bool isCoded = codedNames().contains(value.name().isEmpty() ? value.parent().name() : value.name()) &&
                         (value[u"coding"].isArray() || value[u"code"].isString());
    const bool holdsAttachment = value[u"attachment"].isObject();
    if (holdsAttachment)
        value = value[u"attachment"];
    SummaryPart part = partOf(value);
    if (isCoded && !holdsAttachment)
        part.text = codedText(value);
    if (part.text.isEmpty())
        return;
    const bool isPlain = !value.isObject() || isDataType(typeName(value));
    parts.append(std::move(part));
    if (!isPlain)
        appendInnerLinks(value, parts);
}

/// The bytes that base64 stands for, without decoding it.
qsizetype decodedSize(JsonValue base64)
{
    constexpr qsizetype whole = 4; // what is long is not looked at to its end
    const QString text = base64.textBytes() > 1024 ? QString() : base64.text();
    const qsizetype padding = text.endsWith(u"=="_s) ? 2 : text.endsWith(u'=') ? 1 : 0;
    return base64.textBytes() / whole * 3 - padding;
}

QString missingText(JsonValue root, const QString &name)
{
    const JsonValue extensions = root[QString(u'_' + name)][u"extension"];
    for (const JsonValue extension : extensions) {
        if (extension[u"url"].brief().endsWith(u"data-absent-reason"_s))
            return FhirText::tr("not given: %1").arg(extension[u"valueCode"].brief());
    }
    return {};
}

bool isAbnormalFlag(JsonValue resource)
{
    static const QSet<QString> normal{u"N"_s, u"NEG"_s, u"ND"_s, u"S"_s, u"NR"_s, u"normal"_s};
    for (const JsonValue codeable : resource[u"interpretation"]) {
        for (const JsonValue coding : codeable[u"coding"]) {
            if (!normal.contains(coding[u"code"].brief()))
                return true;
        }
    }
    return false;
}

QString unitOf(JsonValue quantity)
{
    return quantity[u"unit"].brief().isEmpty() ? quantity[u"code"].brief() : quantity[u"unit"].brief();
}

void readHeadline(const Resource &resource, ResourceSummary &summary)
{
    const ObservationQuantity quantity = observationQuantity(resource.root);
    if (quantity.value.size() > 40)
        return;
    summary.headline = quantity.value;
    summary.unit = quantity.unit;
}

} // namespace

QString Resource::path() const
{
    const QString resourceId = id();
    return resourceId.isEmpty() ? type() : type() + u'/' + resourceId;
}

Result<Resource> parseResource(QByteArrayView text)
{
    Resource resource;
    resource.document = TRY(JsonDocument::parse(text));
    resource.root = resource.document->root();
    if (resource.type().isEmpty())
        return fail(ErrorKind::InvalidInput, u"fhir.no-resource"_s,
                    FhirText::tr("It is JSON, but not a FHIR resource: `resourceType` is missing."));
    return resource;
}

ObservationQuantity observationQuantity(JsonValue observation)
{
    const JsonValue value = valuesAt(observation, u"value[x]").value(0);
    if (const QString text = valueText(value); !text.isEmpty()) {
        const QString unit = unitOf(value);
        return !unit.isEmpty() && text.endsWith(u' ' + unit) ? ObservationQuantity{text.chopped(unit.size() + 1), unit}
                                                             : ObservationQuantity{text, {}};
    }
    QStringList values;
    QSet<QString> units;
    QStringList whole;
    for (const JsonValue component : observation[u"component"]) {
        for (const JsonValue part : valuesAt(component, u"value[x]")) {
            if (whole.size() >= 6)
                break;
            whole.append(valueText(part));
            values.append(part[u"value"].brief());
            units.insert(unitOf(part));
        }
    }
    if (units.size() == 1 && !units.contains(QString()) && !values.contains(QString()))
        return {values.join(u" / "_s), *units.begin()};
    if (!whole.isEmpty())
        return {whole.join(u" / "_s), {}};
    return {firstText(observation, {u"dataAbsentReason"_s}), {}};
}

QString observationValue(JsonValue observation)
{
    const ObservationQuantity quantity = observationQuantity(observation);
    return quantity.unit.isEmpty() ? quantity.value : quantity.value + u' ' + quantity.unit;
}

QString resourceTitle(JsonValue resource)
{
    const QString type = resource[u"resourceType"].brief();
    QString title;
    if (type == u"Patient" || type == u"Practitioner" || type == u"RelatedPerson" || type == u"Person")
        title = bestName(resource[u"name"]);
    if (title.isEmpty())
        title = firstText(resource, titlePaths(type));
    if (title.isEmpty())
        title = firstText(resource, {u"title"_s, u"name"_s, u"code"_s, u"type"_s, u"category"_s, u"description"_s});
    if (title.isEmpty()) {
        if (const QString identifier = firstText(resource, {u"identifier"_s}); !identifier.isEmpty())
            title = type + u' ' + identifier;
    }
    if (title.isEmpty()) {
        const QString id = resource[u"id"].brief();
        title = id.isEmpty() ? type : type + u' ' + id;
    }
    constexpr qsizetype longest = 200;
    title = title.simplified();
    return title.size() > longest ? title.first(longest) + u'…' : title;
}

namespace
{

QString subtitleOf(const Resource &resource)
{
    const QString date = firstText(resource.root, datePaths(resource.type()));
    if (resource.type() == u"Patient") {
        const QString gender = resource.root[u"gender"].brief();
        const QString born = date.isEmpty() ? QString() : FhirText::tr("born %1").arg(date);
        return gender.isEmpty() || born.isEmpty() ? gender + born : gender + u", "_s + born;
    }
    const QString category = firstText(resource.root, {u"category"_s});
    return date.isEmpty() || category.isEmpty() ? date + category : date + u", "_s + category;
}

/// What stands for itself in rows of its own at the end: contained resources and what the server says of the version.
void appendEnd(const Resource &resource, ResourceSummary &summary)
{
    const auto append = [&summary](const QString &label, const QString &text) {
        if (!text.isEmpty())
            summary.rows.append({label, {{text, {}, {}}}});
    };
    qsizetype shown = 0;
    for (const JsonValue contained : resource.root[u"contained"]) {
        if (++shown > mostParts) {
            append(FhirText::tr("Contained"), FhirText::tr("more in the tree"));
            break;
        }
        summary.rows.append({FhirText::tr("Contained"), {{valueText(contained), u'#' + contained[u"id"].brief(), {}}}});
    }
    const JsonValue meta = resource.root[u"meta"];
    append(FhirText::tr("Last updated"), valueText(meta[u"lastUpdated"]));
    append(FhirText::tr("Version"), meta[u"versionId"].brief());
    SummaryRow profiles{FhirText::tr("Profile"), {}};
    for (const JsonValue profile : meta[u"profile"]) {
        if (profiles.parts.size() < mostParts && !profile.brief().isEmpty())
            profiles.parts.append(partOf(profile));
    }
    if (!profiles.parts.isEmpty())
        summary.rows.append(profiles);
    append(FhirText::tr("Security"), valueText(meta[u"security"]));
    append(FhirText::tr("Tag"), valueText(meta[u"tag"]));
    append(FhirText::tr("Language"), resource.root[u"language"].brief());
    append(FhirText::tr("Implicit rules"), resource.root[u"implicitRules"].brief());
}

} // namespace

ResourceSummary summarize(const Resource &resource)
{
    static const QSet<QString> shownElsewhere{u"resourceType"_s,  u"id"_s,       u"meta"_s,     u"text"_s, u"status"_s,
                                              u"implicitRules"_s, u"language"_s, u"contained"_s};
    ResourceSummary summary;
    const JsonValue root = resource.root;
    summary.title = resourceTitle(root);
    summary.status = firstText(root, statusPaths(resource.type()));
    summary.isAbnormal = isAbnormalFlag(root);
    summary.subtitle = subtitleOf(resource);
    const bool isObservation = resource.type() == u"Observation";
    if (isObservation)
        readHeadline(resource, summary);
    for (const JsonValue member : root) {
        const QString name = member.name();
        if (shownElsewhere.contains(name))
            continue;
        if (summary.rows.size() >= mostRows) {
            summary.rows.append({u"…"_s, {{FhirText::tr("more in the tree"), {}, {}}}});
            break;
        }
        if (name.startsWith(u'_')) {
            const QString missing = missingText(root, name.sliced(1));
            if (!missing.isEmpty() && !root[name.sliced(1)].exists())
                summary.rows.append({elementLabel(name.sliced(1)), {{missing, {}, {}}}});
            continue;
        }
        if (isObservation && name == u"component" && member.size() > 0) {
            summary.tables.append(componentTable(member));
            continue;
        }
        if (resource.type() == u"Binary" && name == u"data") {
            // The root is like an Attachment: contentType and data.
            summary.rows.append(
                {FhirText::tr("Content"), {{FhirText::tr("%1 bytes").arg(decodedSize(member)), {}, root}}});
            continue;
        }
        if (isListOfElements(member) && !member.firstChild()[u"attachment"].isObject()) {
            summary.tables.append(tableOf(member));
            continue;
        }
        SummaryRow row{elementLabel(name), {}};
        appendParts(member, row.parts);
        if (!row.parts.isEmpty())
            summary.rows.append(std::move(row));
    }
    appendEnd(resource, summary);
    summary.narrative = narrativeText(root[u"text"][u"div"].text());
    return summary;
}

QString summaryLine(const Resource &resource)
{
    QString line = resourceTitle(resource.root);
    if (resource.type() == u"Observation") {
        if (const QString value = observationValue(resource.root); !value.isEmpty())
            line += u' ' + value;
    } else if (const QString date = firstText(resource.root, datePaths(resource.type())); !date.isEmpty()) {
        line += u", "_s + date;
    }
    return line.simplified();
}

QStringList referencesIn(JsonValue resource)
{
    QStringList found;
    QSet<QString> known;
    QList<JsonValue> open{resource};
    while (!open.isEmpty()) {
        const JsonValue value = open.takeLast();
        QList<JsonValue> children;
        for (const JsonValue child : value) {
            if (child.name() == u"reference" && child.isString() && !known.contains(child.brief())) {
                known.insert(child.brief());
                found.append(child.brief());
            } else if (child.size() > 0) {
                children.append(child);
            }
        }
        std::ranges::reverse(children);
        open += children;
    }
    return found;
}

} // namespace credenza
