// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueText.h"

#include "core/fhir/ValueShape.h"

#include <QCoreApplication>
#include <QMap>
#include <QRegularExpression>

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
constexpr qsizetype longestText = 4000; // of one string: a person reads no more of it, and a window lays out no more

QString textOf(JsonValue value, int depth);
QString resourceName(JsonValue resource, int depth, bool withType);

/// A string for a person: a long one, such as base64, in part.
QString stringText(JsonValue value)
{
    constexpr qsizetype mostCounted = 16 * 1024;
    const QString text = value.brief();
    if (value.textBytes() > mostCounted)
        return u"%1… (%2)"_s.arg(text.first(longestText), FhirText::tr("%1 bytes").arg(value.textBytes()));
    if (text.size() <= longestText)
        return dateText(text);
    return FhirText::tr("%1… (%2 characters)").arg(text.first(longestText)).arg(text.size());
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
    const QString display = coding[u"display"].brief();
    return display.isEmpty() ? coding[u"code"].brief() : display;
}

QString conceptText(JsonValue codeable)
{
    if (const QString text = codeable[u"text"].brief(); !text.isEmpty())
        return text;
    QString best;
    for (const JsonValue coding : codeable[u"coding"]) {
        const QString text = codingText(coding);
        if (coding[u"userSelected"].brief() == u"true" && !text.isEmpty())
            return text;
        if (best.isEmpty() && !coding[u"display"].brief().isEmpty())
            best = text;
    }
    return best.isEmpty() ? codeable[u"coding"].firstChild()[u"code"].brief() : best;
}

QString quantityText(JsonValue quantity)
{
    const QString unit = quantity[u"unit"].brief().isEmpty() ? quantity[u"code"].brief() : quantity[u"unit"].brief();
    const QString value = quantity[u"value"].brief();
    const bool isPercent = unit == u"%";
    return joined({quantity[u"comparator"].brief() + value, isPercent ? u"%"_s : unit}, u" "_s);
}

QString periodText(JsonValue period)
{
    const QString start = dateText(period[u"start"].brief());
    const QString end = dateText(period[u"end"].brief());
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
    if (const QString text = name[u"text"].brief(); !text.isEmpty())
        return text;
    return joined({listText(name[u"prefix"], depth, u" "_s), listText(name[u"given"], depth, u" "_s),
                   name[u"family"].brief(), listText(name[u"suffix"], depth, u" "_s)},
                  u" "_s);
}

QString addressText(JsonValue address, int depth)
{
    if (const QString text = address[u"text"].brief(); !text.isEmpty())
        return QString(text).replace(QRegularExpression(u"[\\r\\n]+"_s), u", "_s);
    const QString place = joined(
        {address[u"city"].brief(), joined({address[u"state"].brief(), address[u"postalCode"].brief()}, u" "_s)}, u", "_s);
    return joined({listText(address[u"line"], depth), place, address[u"country"].brief()}, u", "_s);
}

QString identifierText(JsonValue identifier)
{
    const QString kind = conceptText(identifier[u"type"]);
    return joined({kind, identifier[u"value"].brief()}, u" "_s);
}

/// The resource that `id` names among those contained where the reference stands.
JsonValue containedIn(JsonValue reference, QStringView id)
{
    for (JsonValue holder = reference.parent(); holder.exists(); holder = holder.parent()) {
        for (const JsonValue contained : holder[u"contained"]) {
            if (contained[u"id"].brief() == id)
                return contained;
        }
    }
    return {};
}

QString referenceText(JsonValue reference, int depth)
{
    const QString target = reference[u"reference"].brief();
    const QString identifier = target.isEmpty() ? identifierText(reference[u"identifier"]) : QString();
    const QString byIdentifier =
        identifier.isEmpty() ? QString() : FhirText::tr("%1 (by identifier only)").arg(identifier);
    if (const QString display = reference[u"display"].brief(); !display.isEmpty())
        return joined({display, byIdentifier}, u", "_s);
    if (target.startsWith(u'#') && depth < deepest) {
        if (const JsonValue contained = containedIn(reference, QStringView(target).sliced(1)); contained.exists())
            return resourceName(contained, depth + 1, false);
    }
    if (!target.isEmpty())
        return target;
    return joined({reference[u"type"].brief(), byIdentifier}, u" "_s);
}

QString attachmentText(JsonValue attachment)
{
    QString size;
    if (const qint64 bytes = attachment[u"size"].brief().toLongLong(); bytes > 0)
        size = FhirText::tr("%1 bytes").arg(bytes);
    return joined({attachment[u"title"].brief(), attachment[u"contentType"].brief(), size,
                   dateText(attachment[u"creation"].brief()), attachment[u"url"].brief()},
                  u", "_s);
}

/// "once a day", "3 times a day", "every 8 hours", "2 times every 3 days".
QString frequencyText(JsonValue repeat)
{
    static const QMap<QString, std::pair<const char *, const char *>> units{
        {u"s"_s, {QT_TRANSLATE_NOOP("FhirText", "a second"), QT_TRANSLATE_NOOP("FhirText", "%1 seconds")}},
        {u"min"_s, {QT_TRANSLATE_NOOP("FhirText", "a minute"), QT_TRANSLATE_NOOP("FhirText", "%1 minutes")}},
        {u"h"_s, {QT_TRANSLATE_NOOP("FhirText", "an hour"), QT_TRANSLATE_NOOP("FhirText", "%1 hours")}},
        {u"d"_s, {QT_TRANSLATE_NOOP("FhirText", "a day"), QT_TRANSLATE_NOOP("FhirText", "%1 days")}},
        {u"wk"_s, {QT_TRANSLATE_NOOP("FhirText", "a week"), QT_TRANSLATE_NOOP("FhirText", "%1 weeks")}},
        {u"mo"_s, {QT_TRANSLATE_NOOP("FhirText", "a month"), QT_TRANSLATE_NOOP("FhirText", "%1 months")}},
        {u"a"_s, {QT_TRANSLATE_NOOP("FhirText", "a year"), QT_TRANSLATE_NOOP("FhirText", "%1 years")}}};
    const QString period = repeat[u"period"].brief();
    const QString most = repeat[u"periodMax"].brief();
    const QString unit = repeat[u"periodUnit"].brief();
    if (period.isEmpty())
        return {};
    const QString least = repeat[u"frequency"].brief().isEmpty() ? u"1"_s : repeat[u"frequency"].brief();
    const QString upTo = repeat[u"frequencyMax"].brief();
    const QString times = upTo.isEmpty() ? least : FhirText::tr("%1 to %2").arg(least, upTo);
    const bool isOnce = times.toDouble() == 1;
    const auto known = units.constFind(unit);
    const bool isOnePeriod = period.toDouble() == 1 && most.isEmpty() && known != units.cend();
    if (isOnePeriod) {
        const QString one = QCoreApplication::translate("FhirText", known->first);
        return isOnce ? FhirText::tr("once %1").arg(one) : FhirText::tr("%1 times %2").arg(times, one);
    }
    const QString number = most.isEmpty() ? period : FhirText::tr("%1 to %2").arg(period, most);
    const QString many = known == units.cend() ? joined({number, unit}, u" "_s)
                                               : QCoreApplication::translate("FhirText", known->second).arg(number);
    return isOnce ? FhirText::tr("every %1").arg(many) : FhirText::tr("%1 times every %2").arg(times, many);
}

QString timingText(JsonValue timing, int depth)
{
    const JsonValue repeat = timing[u"repeat"];
    if (const QString code = conceptText(timing[u"code"]); !code.isEmpty())
        return code;
    if (!repeat.exists())
        return listText(timing[u"event"], depth);
    const JsonValue bounds = choiceOf(repeat, u"bounds");
    return joined({listText(timing[u"event"], depth), frequencyText(repeat), listText(repeat[u"dayOfWeek"], depth),
                   listText(repeat[u"timeOfDay"], depth), listText(repeat[u"when"], depth), textOf(bounds, depth + 1)},
                  u", "_s);
}

QString dosageText(JsonValue dosage, int depth)
{
    if (const QString text = dosage[u"text"].brief(); !text.isEmpty())
        return text;
    if (const QString patient = dosage[u"patientInstruction"].brief(); !patient.isEmpty())
        return patient;
    QString dose = joined({textOf(dosage[u"dose"], depth + 1), // of an administration
                           textOf(choiceOf(dosage, u"rate"), depth + 1)},
                          u", "_s);
    for (const JsonValue rate : dosage[u"doseAndRate"])
        dose = joined({dose, textOf(choiceOf(rate, u"dose"), depth + 1), textOf(choiceOf(rate, u"rate"), depth + 1)},
                      u", "_s);
    const JsonValue needed = dosage[u"asNeededCodeableConcept"];
    const bool asNeeded = needed.exists() || dosage[u"asNeededBoolean"].brief() == u"true";
    QString asNeededText;
    if (asNeeded)
        asNeededText = joined({FhirText::tr("as needed"), conceptText(needed)}, u" "_s);
    return joined({dose, conceptText(dosage[u"route"]), timingText(dosage[u"timing"], depth), asNeededText,
                   conceptText(dosage[u"method"]), conceptText(dosage[u"site"]),
                   listText(dosage[u"additionalInstruction"], depth)},
                  u", "_s);
}

QString annotationText(JsonValue note, int depth)
{
    const JsonValue author = choiceOf(note, u"author");
    const QString who = author.isObject() ? referenceText(author, depth) : author.brief();
    const QString by = joined({who, dateText(note[u"time"].brief())}, u", "_s);
    return by.isEmpty() ? note[u"text"].brief() : u"%1 (%2)"_s.arg(note[u"text"].brief(), by);
}

QString extensionText(JsonValue extension, int depth)
{
    const QString name = extension[u"url"].brief().section(u'/', -1);
    const JsonValue value = choiceOf(extension, u"value");
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
        if (text.isEmpty())
            continue;
        static const QStringList plain{u"text"_s, u"name"_s, u"title"_s, u"display"_s, u"description"_s, u"value"_s};
        const bool saysItself = plain.contains(name) || (parts.isEmpty() && (name == u"code" || name == u"type"));
        parts.append(saysItself ? text : u"%1 %2"_s.arg(elementLabel(name).toLower(), text));
        if (parts.size() == longestList)
            break;
    }
    if (parts.isEmpty() && object[u"extension"].exists())
        return listText(object[u"extension"], depth, u"; "_s);
    return parts.join(u"; "_s);
}

QString resourceName(JsonValue resource, int depth, bool withType)
{
    for (const QStringView path :
         {u"name", u"title", u"code", u"type", u"description", u"vaccineCode", u"medication[x]"}) {
        for (const JsonValue value : valuesAt(resource, path)) {
            if (const QString text = textOf(value, depth + 1); !text.isEmpty())
                return withType ? joined({resource[u"resourceType"].brief(), text}, u" "_s) : text;
        }
    }
    return joined({resource[u"resourceType"].brief(), resource[u"id"].brief()}, u" "_s);
}

QString objectText(JsonValue object, int depth)
{
    switch (shapeOf(object)) {
    case ValueShape::Resource:
        return resourceName(object, depth, true);
    case ValueShape::Reference:
        return referenceText(object, depth);
    case ValueShape::Concept:
        return conceptText(object);
    case ValueShape::Coding:
        return codingText(object);
    case ValueShape::Quantity:
        return quantityText(object);
    case ValueShape::Money:
        return joined({object[u"value"].brief(), object[u"currency"].brief()}, u" "_s);
    case ValueShape::Range: {
        const QString low = quantityText(object[u"low"]);
        const QString high = quantityText(object[u"high"]);
        if (low.isEmpty())
            return FhirText::tr("up to %1").arg(high);
        return high.isEmpty() ? FhirText::tr("from %1").arg(low) : FhirText::tr("%1 to %2").arg(low, high);
    }
    case ValueShape::Ratio:
        return joined({quantityText(object[u"numerator"]), quantityText(object[u"denominator"])}, u" / "_s);
    case ValueShape::Period:
        return periodText(object);
    case ValueShape::Name:
        return nameText(object, depth);
    case ValueShape::Address:
        return addressText(object, depth);
    case ValueShape::Identifier:
        return identifierText(object);
    case ValueShape::Contact:
        return joined({object[u"value"].brief(), object[u"use"].brief()}, u", "_s);
    case ValueShape::Annotation:
        return annotationText(object, depth);
    case ValueShape::Attachment:
        return attachmentText(object);
    case ValueShape::Timing:
        return timingText(object, depth);
    case ValueShape::Dosage:
        return dosageText(object, depth);
    case ValueShape::Sampled:
        return FhirText::tr("sampled data, from %1").arg(quantityText(object[u"origin"]));
    case ValueShape::Narrative:
        return narrativeText(object[u"div"].brief());
    case ValueShape::Extension:
        return extensionText(object, depth);
    case ValueShape::Signature:
        return joined({referenceText(object[u"who"], depth), dateText(object[u"when"].brief())}, u", "_s);
    case ValueShape::Other:
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
        return stringText(value);
    case JsonKind::Number:
        return value.brief();
    case JsonKind::Boolean:
        return value.brief() == u"true" ? FhirText::tr("yes") : FhirText::tr("no");
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

} // namespace credenza
