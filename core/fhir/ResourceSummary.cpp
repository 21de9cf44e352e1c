// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ResourceSummary.h"

#include "core/fhir/ResourceColumns.h"
#include "core/fhir/ValueText.h"

#include <QCoreApplication>
#include <QSet>

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

QString firstText(JsonValue root, const QStringList &paths)
{
    for (const QString &path : paths) {
        for (const JsonValue value : valuesAt(root, path)) {
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
            const QString use = name[u"use"].text();
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

/// Elements of one kind beside each other: their members are the columns.
SummaryTable tableOf(JsonValue array)
{
    SummaryTable table;
    table.title = elementLabel(array.name());
    QStringList names;
    for (const JsonValue element : array) {
        for (const JsonValue member : element) {
            const QString name = member.name();
            const bool isShown = name != u"id" && name != u"extension" && !name.startsWith(u'_');
            if (isShown && !names.contains(elementLabel(name)) && names.size() < 5)
                names.append(elementLabel(name));
        }
        if (table.rows.size() >= longestTable)
            break;
    }
    table.head = names;
    for (const JsonValue element : array) {
        if (table.rows.size() >= longestTable)
            break;
        QStringList row(names.size());
        for (const JsonValue member : element) {
            if (const qsizetype column = names.indexOf(elementLabel(member.name())); column >= 0)
                row[column] = valueText(member);
        }
        table.rows.append(row);
    }
    return table;
}

SummaryPart partOf(JsonValue value)
{
    SummaryPart part;
    part.text = valueText(value);
    if (value.isObject()) {
        part.reference = value[u"reference"].text();
        if (typeName(value) == u"Attachment")
            part.attachment = value;
    }
    return part;
}

/// Attachments deep inside (`content[].attachment`) get a part of their own.
void appendParts(JsonValue value, QList<SummaryPart> &parts)
{
    if (value.isArray()) {
        for (const JsonValue element : value) {
            if (parts.size() >= 20)
                return;
            appendParts(element, parts);
        }
        return;
    }
    if (value[u"attachment"].isObject())
        value = value[u"attachment"];
    SummaryPart part = partOf(value);
    if (!part.text.isEmpty())
        parts.append(std::move(part));
}

QString missingText(JsonValue root, const QString &name)
{
    const JsonValue extensions = root[QString(u'_' + name)][u"extension"];
    for (const JsonValue extension : extensions) {
        if (extension[u"url"].text().endsWith(u"data-absent-reason"_s))
            return FhirText::tr("not given: %1").arg(extension[u"valueCode"].text());
    }
    return {};
}

bool isAbnormalFlag(JsonValue resource)
{
    static const QSet<QString> normal{u"N"_s, u"NEG"_s, u"ND"_s, u"S"_s, u"NR"_s, u"normal"_s};
    for (const JsonValue codeable : resource[u"interpretation"]) {
        for (const JsonValue coding : codeable[u"coding"]) {
            if (!normal.contains(coding[u"code"].text()))
                return true;
        }
    }
    return false;
}

void readHeadline(const Resource &resource, ResourceSummary &summary)
{
    const QString value = observationValue(resource.root);
    const QString unit = firstText(resource.root, {u"valueQuantity.unit"_s, u"component.valueQuantity.unit"_s,
                                                   u"valueQuantity.code"_s, u"component.valueQuantity.code"_s});
    if (value.size() > 40)
        return;
    summary.unit = !unit.isEmpty() && value.endsWith(u' ' + unit) ? unit : QString();
    summary.headline = summary.unit.isEmpty() ? value : value.chopped(unit.size() + 1);
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

QString observationValue(JsonValue observation)
{
    if (const QString value = firstText(observation, {u"value[x]"_s}); !value.isEmpty())
        return value;
    QStringList values;
    QSet<QString> units;
    QStringList whole;
    for (const JsonValue component : observation[u"component"]) {
        for (const JsonValue value : valuesAt(component, u"value[x]")) {
            if (whole.size() >= 6)
                break;
            whole.append(valueText(value));
            values.append(value[u"value"].text());
            units.insert(value[u"unit"].text().isEmpty() ? value[u"code"].text() : value[u"unit"].text());
        }
    }
    if (units.size() == 1 && !units.values().first().isEmpty() && !values.contains(QString()))
        return values.join(u" / "_s) + u' ' + units.values().first();
    if (!whole.isEmpty())
        return whole.join(u" / "_s);
    return firstText(observation, {u"dataAbsentReason"_s});
}

QString resourceTitle(JsonValue resource)
{
    const QString type = resource[u"resourceType"].text();
    QString title;
    if (type == u"Patient" || type == u"Practitioner" || type == u"RelatedPerson" || type == u"Person")
        title = bestName(resource[u"name"]);
    if (title.isEmpty())
        title = firstText(resource, titlePaths(type));
    if (title.isEmpty())
        title = firstText(
            resource, {u"title"_s, u"name"_s, u"code"_s, u"type"_s, u"category"_s, u"description"_s, u"identifier"_s});
    if (title.isEmpty()) {
        const QString id = resource[u"id"].text();
        title = id.isEmpty() ? type : type + u' ' + id;
    }
    constexpr qsizetype longest = 200;
    title = title.simplified();
    return title.size() > longest ? title.first(longest) + u'…' : title;
}

ResourceSummary summarize(const Resource &resource)
{
    static const QSet<QString> shownElsewhere{u"resourceType"_s,  u"id"_s,       u"meta"_s,     u"text"_s, u"status"_s,
                                              u"implicitRules"_s, u"language"_s, u"contained"_s};
    ResourceSummary summary;
    const JsonValue root = resource.root;
    summary.title = resourceTitle(root);
    summary.status = valueText(root[u"status"]);
    summary.isAbnormal = isAbnormalFlag(root);
    const QString date = firstText(root, datePaths(resource.type()));
    const QString category = firstText(root, {u"category"_s});
    summary.subtitle = date.isEmpty() || category.isEmpty() ? date + category : date + u", "_s + category;
    if (resource.type() == u"Observation")
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
        if (isListOfElements(member) && !member.firstChild()[u"attachment"].isObject()) {
            summary.tables.append(tableOf(member));
            continue;
        }
        SummaryRow row{elementLabel(name), {}};
        appendParts(member, row.parts);
        if (!row.parts.isEmpty())
            summary.rows.append(std::move(row));
    }
    for (const JsonValue contained : root[u"contained"])
        summary.rows.append({FhirText::tr("Contained"), {{valueText(contained), u'#' + contained[u"id"].text(), {}}}});
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
            if (child.name() == u"reference" && child.isString() && !known.contains(child.text())) {
                known.insert(child.text());
                found.append(child.text());
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
