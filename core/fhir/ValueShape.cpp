// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/ValueShape.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

bool has(JsonValue object, QStringView member)
{
    return object[member].exists();
}

bool isContactSystem(const QString &system)
{
    static const QStringList systems{u"phone"_s, u"fax"_s, u"email"_s, u"pager"_s, u"url"_s, u"sms"_s, u"other"_s};
    return systems.contains(system);
}

} // namespace

JsonValue choiceOf(JsonValue object, QStringView stem)
{
    int left = 10'000; // no element has so many; what has is not made to be read
    for (const JsonValue member : object) {
        if (--left < 0)
            break;
        const QString name = member.name();
        if (name.startsWith(stem) && (name.size() == stem.size() || name.at(stem.size()).isUpper()))
            return member;
    }
    return {};
}

ValueShape shapeOf(JsonValue object)
{
    const auto any = [&object](std::initializer_list<QStringView> members) {
        return std::ranges::any_of(members, [&object](QStringView member) { return has(object, member); });
    };
    if (any({u"resourceType"}))
        return ValueShape::Resource;
    if (has(object, u"url") && (choiceOf(object, u"value").exists() || has(object, u"extension")))
        return ValueShape::Extension;
    if (object[u"div"].isString())
        return ValueShape::Narrative;
    if (object[u"reference"].isString())
        return ValueShape::Reference;
    if (object[u"coding"].isArray())
        return ValueShape::Concept;
    const bool isAdministered =
        any({u"route", u"dose", u"method"}) && any({u"text", u"dose", u"rateQuantity", u"rateRatio"});
    if (any({u"doseAndRate", u"patientInstruction"}) || (any({u"timing"}) && any({u"route", u"text"})) ||
        isAdministered)
        return ValueShape::Dosage;
    if (object[u"repeat"].isObject())
        return ValueShape::Timing;
    if (any({u"origin"}) && any({u"dimensions"}))
        return ValueShape::Sampled;
    if (object[u"value"].isNumber())
        return has(object, u"currency") ? ValueShape::Money : ValueShape::Quantity;
    if (object[u"low"].isObject() || object[u"high"].isObject())
        return any({u"type", u"appliesTo", u"text"}) ? ValueShape::Other : ValueShape::Range;
    if (object[u"numerator"].isObject() || object[u"denominator"].isObject())
        return ValueShape::Ratio;
    if (any({u"family", u"given"}) ||
        (any({u"use"}) && any({u"text"}) && !any({u"line", u"city"}) && object.size() == 2))
        return ValueShape::Name;
    if (any({u"line", u"city", u"postalCode"}) && !any({u"name"}))
        return ValueShape::Address;
    if (object[u"value"].isString() && !any({u"code", u"name", u"url"}))
        return isContactSystem(object[u"system"].brief()) ? ValueShape::Contact : ValueShape::Identifier;
    if (any({u"contentType"}) && any({u"url", u"data", u"title", u"size", u"hash"}))
        return ValueShape::Attachment;
    if (any({u"who"}) && any({u"when"}) && any({u"sigFormat", u"targetFormat"}))
        return ValueShape::Signature;
    if (object[u"text"].isString() && (object.size() == 1 || any({u"authorString", u"authorReference", u"time"})))
        return ValueShape::Annotation;
    if (object[u"code"].isString() && any({u"system", u"display"}))
        return ValueShape::Coding;
    if (any({u"display", u"identifier"}) && any({u"type", u"identifier", u"display"}) && object.size() <= 3)
        return ValueShape::Reference;
    if ((object[u"start"].isString() || object[u"end"].isString()) && object.size() <= 3)
        return ValueShape::Period;
    return ValueShape::Other;
}

QString shapeName(ValueShape shape)
{
    switch (shape) {
    case ValueShape::Resource:
        return u"Resource"_s;
    case ValueShape::Reference:
        return u"Reference"_s;
    case ValueShape::Concept:
        return u"CodeableConcept"_s;
    case ValueShape::Coding:
        return u"Coding"_s;
    case ValueShape::Quantity:
        return u"Quantity"_s;
    case ValueShape::Money:
        return u"Money"_s;
    case ValueShape::Range:
        return u"Range"_s;
    case ValueShape::Ratio:
        return u"Ratio"_s;
    case ValueShape::Period:
        return u"Period"_s;
    case ValueShape::Name:
        return u"HumanName"_s;
    case ValueShape::Address:
        return u"Address"_s;
    case ValueShape::Identifier:
        return u"Identifier"_s;
    case ValueShape::Contact:
        return u"ContactPoint"_s;
    case ValueShape::Annotation:
        return u"Annotation"_s;
    case ValueShape::Attachment:
        return u"Attachment"_s;
    case ValueShape::Timing:
        return u"Timing"_s;
    case ValueShape::Dosage:
        return u"Dosage"_s;
    case ValueShape::Sampled:
        return u"SampledData"_s;
    case ValueShape::Narrative:
        return u"Narrative"_s;
    case ValueShape::Extension:
        return u"Extension"_s;
    case ValueShape::Signature:
        return u"Signature"_s;
    case ValueShape::Other:
        break;
    }
    return u"object"_s;
}

} // namespace credenza
