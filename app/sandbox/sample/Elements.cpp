// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/sample/Elements.h"

#include <cmath>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

QString text(const char16_t *literal)
{
    return QString::fromUtf16(literal);
}

QJsonObject coding(const char16_t *system, const Code &code)
{
    return {{u"system"_s, text(system)}, {u"code"_s, text(code.code)}, {u"display"_s, text(code.display)}};
}

QJsonObject codeable(const char16_t *system, const Code &code)
{
    return {{u"coding"_s, list(coding(system, code))}, {u"text"_s, text(code.display)}};
}

QJsonObject reference(const QString &type, const QString &id, const QString &display)
{
    QJsonObject object{{u"reference"_s, type + u'/' + id}};
    if (!display.isEmpty())
        object.insert(u"display"_s, display);
    return object;
}

QJsonObject quantity(double value, int decimals, const char16_t *unit, const char16_t *ucumCode)
{
    const double scale = std::pow(10.0, decimals);
    return {{u"value"_s, std::round(value * scale) / scale},
            {u"unit"_s, text(unit)},
            {u"system"_s, text(CodeSystem::ucum)},
            {u"code"_s, text(ucumCode)}};
}

QJsonObject period(const QDateTime &start, const QDateTime &end)
{
    return {{u"start"_s, instant(start)}, {u"end"_s, instant(end)}};
}

QJsonObject identifier(const char16_t *system, const QString &value, const Code &type)
{
    return {{u"use"_s, u"usual"_s},
            {u"type"_s, codeable(u"http://terminology.hl7.org/CodeSystem/v2-0203", type)},
            {u"system"_s, text(system)},
            {u"value"_s, value}};
}

QString instant(const QDateTime &time)
{
    return time.toString(u"yyyy-MM-ddTHH:mm:ss'Z'"_s);
}

QJsonArray list(const QJsonValue &value)
{
    return {value};
}

QJsonObject resource(const QString &type, const QString &id)
{
    const QJsonObject tag =
        coding(u"http://terminology.hl7.org/CodeSystem/v3-ActReason", {u"HTEST", u"test health data"});
    return {{u"resourceType"_s, type}, {u"id"_s, id}, {u"meta"_s, QJsonObject{{u"tag"_s, list(tag)}}}};
}

} // namespace credenza::sandbox
