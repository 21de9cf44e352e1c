// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueText.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

struct FhirText {
    Q_DECLARE_TR_FUNCTIONS(FhirText)
};

constexpr qsizetype longestList = 12;
constexpr int deepest = 8;

QString textOf(JsonValue value, int depth);

bool has(JsonValue object, QStringView member)
{
    return object[member].exists();
}

/// The first member whose name is `stem` and a data type: value[x].
JsonValue choice(JsonValue object, QStringView stem)
{
    for (const JsonValue member : object) {
        const QString name = member.name();
        if (name.startsWith(stem) && (name.size() == stem.size() || name.at(stem.size()).isUpper()))
            return member;
    }
    return {};
}

QString joined(std::initializer_list<QString> parts, const QString &separator)
{
    QStringList present;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            present.append(part);
    }
    return present.join(separator);
}

QString listText(JsonValue array, int depth, const QString &separator = u", "_s)
{
    QStringList texts;
    qsizetype left = 0;
    for (const JsonValue element : array) {
        if (texts.size() == longestList) {
            left = array.size() - longestList;
            break;
        }
        const QString text = textOf(element, depth + 1);
        if (!text.isEmpty() && !texts.contains(text))
            texts.append(text);
    }
    QString text = texts.join(separator);
    if (left > 0)
        text += separator + FhirText::tr("and %n more", nullptr, static_cast<int>(left));
    return text;
}

QString codingText(JsonValue coding)
{
    const QString display = coding[u"display"].text();
    return display.isEmpty() ? coding[u"code"].text() : display;
}

QString conceptText(JsonValue codeable)
{
    if (const QString text = codeable[u"text"].text(); !text.isEmpty())
        return text;
    QString best;
    for (const JsonValue coding : codeable[u"coding"]) {
        const QString text = codingText(coding);
        if (coding[u"userSelected"].text() == u"true" && !text.isEmpty())
            return text;
        if (best.isEmpty() && !coding[u"display"].text().isEmpty())
            best = text;
    }
    return best.isEmpty() ? codeable[u"coding"].firstChild()[u"code"].text() : best;
}

QString quantityText(JsonValue quantity)
{
    const QString unit = quantity[u"unit"].text().isEmpty() ? quantity[u"code"].text() : quantity[u"unit"].text();
    const QString value = quantity[u"value"].text();
    const bool isPercent = unit == u"%";
    return joined({quantity[u"comparator"].text() + value, isPercent ? u"%"_s : unit}, u" "_s);
}

QString periodText(JsonValue period)
{
    const QString start = dateText(period[u"start"].text());
    const QString end = dateText(period[u"end"].text());
    if (start.isEmpty())
        return FhirText::tr("until %1").arg(end);
    if (end.isEmpty())
        return FhirText::tr("since %1").arg(start);
    if (start.first(std::min<qsizetype>(10, start.size())) == end.first(std::min<qsizetype>(10, end.size())) &&
        end.size() > 10)
        return start == end ? start : FhirText::tr("%1 to %2").arg(start, end.sliced(11));
    return FhirText::tr("%1 to %2").arg(start, end);
}

QString nameText(JsonValue name, int depth)
{
    if (const QString text = name[u"text"].text(); !text.isEmpty())
        return text;
    return joined({listText(name[u"prefix"], depth, u" "_s), listText(name[u"given"], depth, u" "_s),
                   name[u"family"].text(), listText(name[u"suffix"], depth, u" "_s)},
                  u" "_s);
}

QString addressText(JsonValue address, int depth)
{
    if (const QString text = address[u"text"].text(); !text.isEmpty())
        return QString(text).replace(QRegularExpression(u"[\\r\\n]+"_s), u", "_s);
    const QString place = joined(
        {address[u"city"].text(), joined({address[u"state"].text(), address[u"postalCode"].text()}, u" "_s)}, u", "_s);
    return joined({listText(address[u"line"], depth), place, address[u"country"].text()}, u", "_s);
}

QString identifierText(JsonValue identifier)
{
    const QString kind = conceptText(identifier[u"type"]);
    return joined({kind, identifier[u"value"].text()}, u" "_s);
}

QString referenceText(JsonValue reference)
{
    if (const QString display = reference[u"display"].text(); !display.isEmpty())
        return display;
    if (const QString target = reference[u"reference"].text(); !target.isEmpty())
        return target;
    const QString identifier = identifierText(reference[u"identifier"]);
    return joined({reference[u"type"].text(),
                   identifier.isEmpty() ? QString() : FhirText::tr("%1 (by identifier only)").arg(identifier)},
                  u" "_s);
}

QString attachmentText(JsonValue attachment)
{
    QString size;
    if (const qint64 bytes = attachment[u"size"].text().toLongLong(); bytes > 0)
        size = FhirText::tr("%1 bytes").arg(bytes);
    return joined({attachment[u"title"].text(), attachment[u"contentType"].text(), size,
                   dateText(attachment[u"creation"].text()), attachment[u"url"].text()},
                  u", "_s);
}

QString timingText(JsonValue timing, int depth)
{
    const JsonValue repeat = timing[u"repeat"];
    if (const QString code = conceptText(timing[u"code"]); !code.isEmpty())
        return code;
    if (!repeat.exists())
        return listText(timing[u"event"], depth);
    const QString frequency = repeat[u"frequency"].text();
    const QString most = repeat[u"frequencyMax"].text();
    const QString period = repeat[u"period"].text();
    const QString unit = repeat[u"periodUnit"].text();
    QString every;
    if (!period.isEmpty())
        every = FhirText::tr("%1 every %2 %3")
                    .arg(most.isEmpty() ? (frequency.isEmpty() ? u"1"_s : frequency) : frequency + u" to "_s + most,
                         period, unit);
    const JsonValue bounds = choice(repeat, u"bounds");
    return joined({every, listText(repeat[u"dayOfWeek"], depth), listText(repeat[u"timeOfDay"], depth),
                   listText(repeat[u"when"], depth), textOf(bounds, depth + 1)},
                  u", "_s);
}

QString dosageText(JsonValue dosage, int depth)
{
    if (const QString text = dosage[u"text"].text(); !text.isEmpty())
        return text;
    if (const QString patient = dosage[u"patientInstruction"].text(); !patient.isEmpty())
        return patient;
    QString dose;
    for (const JsonValue rate : dosage[u"doseAndRate"])
        dose =
            joined({dose, textOf(choice(rate, u"dose"), depth + 1), textOf(choice(rate, u"rate"), depth + 1)}, u", "_s);
    const JsonValue needed = dosage[u"asNeededCodeableConcept"];
    const bool asNeeded = needed.exists() || dosage[u"asNeededBoolean"].text() == u"true";
    QString asNeededText;
    if (asNeeded)
        asNeededText = joined({FhirText::tr("as needed"), conceptText(needed)}, u" "_s);
    return joined({dose, conceptText(dosage[u"route"]), timingText(dosage[u"timing"], depth), asNeededText,
                   conceptText(dosage[u"method"]), conceptText(dosage[u"site"]),
                   listText(dosage[u"additionalInstruction"], depth)},
                  u", "_s);
}

QString annotationText(JsonValue note)
{
    const JsonValue author = choice(note, u"author");
    const QString who = author.isObject() ? referenceText(author) : author.text();
    const QString by = joined({who, dateText(note[u"time"].text())}, u", "_s);
    return by.isEmpty() ? note[u"text"].text() : u"%1 (%2)"_s.arg(note[u"text"].text(), by);
}

QString extensionText(JsonValue extension, int depth)
{
    const QString name = extension[u"url"].text().section(u'/', -1);
    const JsonValue value = choice(extension, u"value");
    const QString text = value.exists() ? textOf(value, depth + 1) : listText(extension[u"extension"], depth, u"; "_s);
    return text.isEmpty() ? name : u"%1: %2"_s.arg(name, text);
}

/// Every member in turn: the fallback for elements that are no data type of their own.
QString memberText(JsonValue object, int depth)
{
    QStringList parts;
    for (const JsonValue member : object) {
        const QString name = member.name();
        if (name == u"id" || name == u"extension" || name == u"modifierExtension" || name.startsWith(u'_'))
            continue;
        const QString text = textOf(member, depth + 1);
        if (!text.isEmpty())
            parts.append(u"%1 %2"_s.arg(elementLabel(name).toLower(), text));
        if (parts.size() == longestList)
            break;
    }
    if (parts.isEmpty() && has(object, u"extension"))
        return listText(object[u"extension"], depth, u"; "_s);
    return parts.join(u"; "_s);
}

enum class Shape : std::uint8_t {
    Resource,
    Reference,
    Concept,
    Coding,
    Quantity,
    Money,
    Range,
    Ratio,
    Period,
    Name,
    Address,
    Identifier,
    Contact,
    Annotation,
    Attachment,
    Timing,
    Dosage,
    Sampled,
    Narrative,
    Extension,
    Signature,
    Other
};

bool isContactSystem(const QString &system)
{
    static const QStringList systems{u"phone"_s, u"fax"_s, u"email"_s, u"pager"_s, u"url"_s, u"sms"_s, u"other"_s};
    return systems.contains(system);
}

/// Tells the data types of FHIR R4 apart by members that only they have.
Shape shapeOf(JsonValue object)
{
    const auto any = [&object](std::initializer_list<QStringView> members) {
        return std::ranges::any_of(members, [&object](QStringView member) { return has(object, member); });
    };
    if (any({u"resourceType"}))
        return Shape::Resource;
    if (has(object, u"url") && (choice(object, u"value").exists() || has(object, u"extension")))
        return Shape::Extension;
    if (object[u"div"].isString())
        return Shape::Narrative;
    if (object[u"reference"].isString())
        return Shape::Reference;
    if (object[u"coding"].isArray())
        return Shape::Concept;
    if (any({u"doseAndRate", u"patientInstruction"}) || (any({u"timing"}) && any({u"route", u"text"})))
        return Shape::Dosage;
    if (object[u"repeat"].isObject())
        return Shape::Timing;
    if (any({u"origin"}) && any({u"dimensions"}))
        return Shape::Sampled;
    if (object[u"value"].isNumber())
        return has(object, u"currency") ? Shape::Money : Shape::Quantity;
    if (object[u"low"].isObject() || object[u"high"].isObject())
        return any({u"type", u"appliesTo", u"text"}) ? Shape::Other : Shape::Range;
    if (object[u"numerator"].isObject() || object[u"denominator"].isObject())
        return Shape::Ratio;
    if (any({u"family", u"given"}) ||
        (any({u"use"}) && any({u"text"}) && !any({u"line", u"city"}) && object.size() == 2))
        return Shape::Name;
    if (any({u"line", u"city", u"postalCode"}) && !any({u"name"}))
        return Shape::Address;
    if (object[u"value"].isString())
        return isContactSystem(object[u"system"].text()) ? Shape::Contact : Shape::Identifier;
    if (any({u"contentType"}) && any({u"url", u"data", u"title", u"size", u"hash"}))
        return Shape::Attachment;
    if (any({u"who"}) && any({u"when"}) && any({u"sigFormat", u"targetFormat"}))
        return Shape::Signature;
    if (object[u"text"].isString() && (object.size() == 1 || any({u"authorString", u"authorReference", u"time"})))
        return Shape::Annotation;
    if (object[u"code"].isString() && any({u"system", u"display"}))
        return Shape::Coding;
    if (any({u"display", u"identifier"}) && any({u"type", u"identifier", u"display"}) && object.size() <= 3)
        return Shape::Reference;
    if ((object[u"start"].isString() || object[u"end"].isString()) && object.size() <= 3)
        return Shape::Period;
    return Shape::Other;
}

QString resourceName(JsonValue resource, int depth)
{
    for (const QStringView path :
         {u"name", u"title", u"code", u"type", u"description", u"vaccineCode", u"medication[x]"}) {
        for (const JsonValue value : valuesAt(resource, path)) {
            if (const QString text = textOf(value, depth + 1); !text.isEmpty())
                return joined({resource[u"resourceType"].text(), text}, u" "_s);
        }
    }
    return joined({resource[u"resourceType"].text(), resource[u"id"].text()}, u" "_s);
}

QString objectText(JsonValue object, int depth)
{
    switch (shapeOf(object)) {
    case Shape::Resource:
        return resourceName(object, depth);
    case Shape::Reference:
        return referenceText(object);
    case Shape::Concept:
        return conceptText(object);
    case Shape::Coding:
        return codingText(object);
    case Shape::Quantity:
        return quantityText(object);
    case Shape::Money:
        return joined({object[u"value"].text(), object[u"currency"].text()}, u" "_s);
    case Shape::Range: {
        const QString low = quantityText(object[u"low"]);
        const QString high = quantityText(object[u"high"]);
        if (low.isEmpty())
            return FhirText::tr("up to %1").arg(high);
        return high.isEmpty() ? FhirText::tr("from %1").arg(low) : FhirText::tr("%1 to %2").arg(low, high);
    }
    case Shape::Ratio:
        return joined({quantityText(object[u"numerator"]), quantityText(object[u"denominator"])}, u" / "_s);
    case Shape::Period:
        return periodText(object);
    case Shape::Name:
        return nameText(object, depth);
    case Shape::Address:
        return addressText(object, depth);
    case Shape::Identifier:
        return identifierText(object);
    case Shape::Contact:
        return joined({object[u"value"].text(), object[u"use"].text()}, u", "_s);
    case Shape::Annotation:
        return annotationText(object);
    case Shape::Attachment:
        return attachmentText(object);
    case Shape::Timing:
        return timingText(object, depth);
    case Shape::Dosage:
        return dosageText(object, depth);
    case Shape::Sampled:
        return FhirText::tr("sampled data, from %1").arg(quantityText(object[u"origin"]));
    case Shape::Narrative:
        return narrativeText(object[u"div"].text());
    case Shape::Extension:
        return extensionText(object, depth);
    case Shape::Signature:
        return joined({referenceText(object[u"who"]), dateText(object[u"when"].text())}, u", "_s);
    case Shape::Other:
        break;
    }
    return memberText(object, depth);
}

QString textOf(JsonValue value, int depth)
{
    if (depth > deepest)
        return u"…"_s;
    switch (value.kind()) {
    case JsonKind::String:
        return dateText(value.text());
    case JsonKind::Number:
        return value.text();
    case JsonKind::Boolean:
        return value.text() == u"true" ? FhirText::tr("yes") : FhirText::tr("no");
    case JsonKind::Array:
        return listText(value, depth);
    case JsonKind::Object:
        return objectText(value, depth);
    case JsonKind::Absent:
    case JsonKind::Null:
        break;
    }
    return {};
}

QString shapeName(Shape shape)
{
    switch (shape) {
    case Shape::Resource:
        return u"Resource"_s;
    case Shape::Reference:
        return u"Reference"_s;
    case Shape::Concept:
        return u"CodeableConcept"_s;
    case Shape::Coding:
        return u"Coding"_s;
    case Shape::Quantity:
        return u"Quantity"_s;
    case Shape::Money:
        return u"Money"_s;
    case Shape::Range:
        return u"Range"_s;
    case Shape::Ratio:
        return u"Ratio"_s;
    case Shape::Period:
        return u"Period"_s;
    case Shape::Name:
        return u"HumanName"_s;
    case Shape::Address:
        return u"Address"_s;
    case Shape::Identifier:
        return u"Identifier"_s;
    case Shape::Contact:
        return u"ContactPoint"_s;
    case Shape::Annotation:
        return u"Annotation"_s;
    case Shape::Attachment:
        return u"Attachment"_s;
    case Shape::Timing:
        return u"Timing"_s;
    case Shape::Dosage:
        return u"Dosage"_s;
    case Shape::Sampled:
        return u"SampledData"_s;
    case Shape::Narrative:
        return u"Narrative"_s;
    case Shape::Extension:
        return u"Extension"_s;
    case Shape::Signature:
        return u"Signature"_s;
    case Shape::Other:
        break;
    }
    return u"object"_s;
}

} // namespace

QString valueText(JsonValue value)
{
    return textOf(value, 0);
}

QString dateText(const QString &fhirDate)
{
    static const QRegularExpression dateTime(
        u"^(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2})(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?$"_s);
    if (fhirDate.size() < 16 || fhirDate.size() > 40 || fhirDate.at(10) != u'T')
        return fhirDate;
    const auto match = dateTime.match(fhirDate);
    return match.hasMatch() ? match.captured(1) + u' ' + match.captured(2) : fhirDate;
}

QString typeName(JsonValue value)
{
    switch (value.kind()) {
    case JsonKind::Object:
        return value.name() == u"meta" ? u"Meta"_s : shapeName(shapeOf(value));
    case JsonKind::Array:
        return u"array"_s;
    case JsonKind::Number:
        return value.text().contains(u'.') || value.name() == u"value" ? u"decimal"_s : u"integer"_s;
    case JsonKind::Boolean:
        return u"boolean"_s;
    case JsonKind::Null:
        return u"null"_s;
    case JsonKind::Absent:
        return {};
    case JsonKind::String:
        break;
    }
    static const QRegularExpression date(u"^\\d{4}(-\\d{2}(-\\d{2}(T.*)?)?)?$"_s);
    const QString name = value.name();
    if (name == u"reference")
        return u"reference"_s;
    if (name == u"system" || name == u"url" || name == u"fullUrl" || name == u"profile")
        return u"uri"_s;
    if (name == u"code" || name == u"status" || name == u"use" || name == u"gender" || name == u"intent")
        return u"code"_s;
    const QString text = value.text();
    const bool isNamedDate = name.endsWith(u"ate"_s) || name.endsWith(u"DateTime"_s) || name.endsWith(u"Date"_s) ||
                             name == u"start" || name == u"end" || name == u"issued" || name == u"lastUpdated";
    if (isNamedDate && date.match(text).hasMatch())
        return text.contains(u'T') ? u"dateTime"_s : u"date"_s;
    return u"string"_s;
}

QString elementLabel(const QString &name)
{
    static const std::array choices{
        u"value"_s,      u"effective"_s, u"onset"_s,         u"performed"_s, u"occurrence"_s,
        u"medication"_s, u"deceased"_s,  u"multipleBirth"_s, u"abatement"_s, u"serviced"_s,
        u"timing"_s,     u"product"_s,   u"asNeeded"_s,      u"allowed"_s,   u"location"_s,
        u"reported"_s,   u"dose"_s,      u"rate"_s,          u"born"_s,      u"age"_s,
        u"content"_s,    u"item"_s,      u"start"_s,         u"due"_s,       u"author"_s};
    static const QRegularExpression dataType(
        u"^(Quantity|CodeableConcept|String|Boolean|Integer|Range|Ratio|SampledData|Time|DateTime|Date|Period|"
        u"Reference|"
        "Age|Timing|Instant|Duration|Money|Attachment|Identifier|Coding|Uri|Decimal|Code)$"_s);
    QString stem = name;
    for (const QString &prefix : choices) {
        if (name.startsWith(prefix) && dataType.match(name.sliced(prefix.size())).hasMatch()) {
            stem = prefix;
            break;
        }
    }
    QString label;
    for (const QChar c : stem) {
        if (label.isEmpty())
            label += c.toUpper();
        else if (c.isUpper())
            label += u' ' + c.toLower();
        else
            label += c;
    }
    return label;
}

QList<JsonValue> valuesAt(JsonValue root, QStringView path)
{
    QList<JsonValue> found{root};
    for (const QStringView step : path.split(u'.')) {
        QList<JsonValue> inner;
        for (const JsonValue value : std::as_const(found)) {
            const JsonValue member = step.endsWith(u"[x]") ? choice(value, step.chopped(3)) : value[step];
            if (member.isArray()) {
                for (const JsonValue element : member)
                    inner.append(element);
            } else if (member.exists()) {
                inner.append(member);
            }
        }
        found = std::move(inner);
    }
    return found;
}

} // namespace credenza
