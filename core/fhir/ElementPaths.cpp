// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueShape.h"
#include "core/fhir/ValueText.h"

#include <QRegularExpression>
#include <QSet>

#include <array>

using namespace Qt::StringLiterals;

namespace credenza
{

QString typeName(JsonValue value)
{
    switch (value.kind()) {
    case JsonKind::Object:
        return value.briefName() == u"meta" ? u"Meta"_s : shapeName(shapeOf(value));
    case JsonKind::Array:
        return u"array"_s;
    case JsonKind::Number:
        return value.brief().contains(u'.') || value.briefName() == u"value" ? u"decimal"_s : u"integer"_s;
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
    const QString name = value.briefName();
    if (name == u"reference")
        return u"reference"_s;
    if (name == u"system" || name == u"url" || name == u"fullUrl" || name == u"profile")
        return u"uri"_s;
    if (name == u"code" || name == u"status" || name == u"use" || name == u"gender" || name == u"intent")
        return u"code"_s;
    const QString text = value.brief();
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
            const JsonValue member = step.endsWith(u"[x]") ? choiceOf(value, step.chopped(3)) : value[step];
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

QString fhirPathStep(const QString &name, const QString &resourceType)
{
    // Elements of R4 that come in several data types (FHIR R4 §2.24.0.1.3, "Choice of Data Types").
    static const QSet<QString> choices{
        u"abatement"_s,  u"allowed"_s,   u"answer"_s,         u"asNeeded"_s,      u"author"_s,
        u"born"_s,       u"bounds"_s,    u"chargeItem"_s,     u"code"_s,          u"collected"_s,
        u"content"_s,    u"created"_s,   u"deceased"_s,       u"defaultValue"_s,  u"definition"_s,
        u"detail"_s,     u"diagnosis"_s, u"dose"_s,           u"doseNumber"_s,    u"due"_s,
        u"effective"_s,  u"entity"_s,    u"event"_s,          u"fastingStatus"_s, u"fixed"_s,
        u"identified"_s, u"item"_s,      u"legallyBinding"_s, u"location"_s,      u"medication"_s,
        u"minValue"_s,   u"maxValue"_s,  u"module"_s,         u"multipleBirth"_s, u"name"_s,
        u"object"_s,     u"occurred"_s,  u"occurrence"_s,     u"offset"_s,        u"onset"_s,
        u"pattern"_s,    u"performed"_s, u"probability"_s,    u"procedure"_s,     u"product"_s,
        u"rate"_s,       u"reported"_s,  u"scheduled"_s,      u"seriesDoses"_s,   u"serviced"_s,
        u"source"_s,     u"start"_s,     u"statusReason"_s,   u"subject"_s,       u"substance"_s,
        u"target"_s,     u"time"_s,      u"timing"_s,         u"topic"_s,         u"used"_s,
        u"value"_s,      u"age"_s,       u"amount"_s};
    static const QRegularExpression dataType(
        u"(Base64Binary|Boolean|Canonical|Code|Date|DateTime|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|"
        "String|Time|UnsignedInt|Uri|Url|Uuid|Address|Age|Annotation|Attachment|CodeableConcept|Coding|ContactDetail|"
        "ContactPoint|Contributor|Count|DataRequirement|Distance|Dosage|Duration|Expression|HumanName|Identifier|"
        "Money|ParameterDefinition|Period|Quantity|Range|Ratio|Reference|RelatedArtifact|SampledData|Signature|Timing|"
        "TriggerDefinition|UsageContext)$"_s);
    static const QSet<QString> words{u"as"_s,    u"contains"_s, u"div"_s,     u"in"_s,   u"is"_s,
                                     u"mod"_s,   u"and"_s,      u"or"_s,      u"xor"_s,  u"day"_s,
                                     u"month"_s, u"year"_s,     u"implies"_s, u"true"_s, u"false"_s};
    // Elements that only look like a choice, in the types that have them so.
    static const QSet<QString> effectiveTypes{u"Observation"_s, u"DiagnosticReport"_s, u"MedicationAdministration"_s,
                                              u"MedicationStatement"_s, u"ClinicalImpression"_s};
    const QString plain = name.startsWith(u'_') ? name.sliced(1) : name;
    const auto match = dataType.match(plain);
    const bool isWhole = (plain == u"effectivePeriod" && !effectiveTypes.contains(resourceType)) ||
                         (plain == u"procedureReference" && resourceType == u"ImagingStudy");
    if (match.hasMatch() && match.capturedStart() > 0 && !isWhole &&
        choices.contains(plain.first(match.capturedStart()))) {
        static const QRegularExpression primitive(
            u"^(Base64Binary|Boolean|Canonical|Code|Date|DateTime|Decimal|Id|Instant|Integer|Markdown|Oid|PositiveInt|"
            "String|Time|UnsignedInt|Uri|Url|Uuid)$"_s);
        QString type = match.captured();
        if (primitive.match(type).hasMatch())
            type[0] = type.at(0).toLower();
        return u"%1.ofType(%2)"_s.arg(plain.first(match.capturedStart()), type);
    }
    static const QRegularExpression identifier(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
    return words.contains(plain) || !identifier.match(plain).hasMatch() ? u'`' + plain + u'`' : plain;
}

} // namespace credenza
