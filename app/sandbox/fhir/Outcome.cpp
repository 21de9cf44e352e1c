// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/fhir/Outcome.h"

#include <QJsonArray>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

QJsonObject issueJson(const Issue &issue)
{
    // The code system of Epic's public sandbox (facts §3.4).
    const QJsonObject code{{u"system"_s, u"urn:oid:1.2.840.114350.1.13.0.1.7.2.657369"_s},
                           {u"code"_s, QString::number(issue.epicCode)},
                           {u"display"_s, issue.text}};
    QJsonObject json{{u"severity"_s, issue.severity},
                     {u"code"_s, issue.type},
                     {u"details"_s, QJsonObject{{u"coding"_s, QJsonArray{code}}, {u"text"_s, issue.text}}}};
    if (!issue.diagnostics.isEmpty())
        json.insert(u"diagnostics"_s, issue.diagnostics);
    if (!issue.parameter.isEmpty()) {
        json.insert(u"location"_s, QJsonArray{u"/f:"_s + issue.parameter});
        json.insert(u"expression"_s, QJsonArray{issue.parameter});
    }
    return json;
}

} // namespace

QJsonObject operationOutcome(const Issues &issues)
{
    QJsonArray array;
    for (const Issue &issue : issues)
        array.append(issueJson(issue));
    return {{u"resourceType"_s, u"OperationOutcome"_s}, {u"issue"_s, array}};
}

Response outcomeResponse(int status, const Issues &issues)
{
    return jsonResponse(status, operationOutcome(issues), "application/fhir+json");
}

namespace EpicIssue
{

Issue invalidParameter(const QString &parameter, const QString &why)
{
    return {u"fatal"_s, u"invalid"_s, 4100, u"The resource request contained an invalid parameter"_s, why, parameter};
}

Issue unknownId()
{
    return {u"fatal"_s, u"not-found"_s, 4102, u"The read resource request contained an invalid resource ID"_s, {}, {}};
}

Issue noParameters()
{
    return {u"fatal"_s, u"required"_s, 4110, u"No parameters are provided in the search request"_s, {}, {}};
}

Issue badValue(const QString &parameter, const QString &value)
{
    return {u"fatal"_s,
            u"value"_s,
            4115,
            u"The search request contained an invalid parameter value"_s,
            u"Invalid value: "_s + value.left(200),
            parameter};
}

Issue unknownParameter(const QString &parameter)
{
    return {u"warning"_s,
            u"processing"_s,
            59100,
            u"An unknown parameter was included in the request."_s,
            u"Unknown parameter: "_s + parameter.left(100).toUpper() + u". Parameter has been ignored."_s,
            {}};
}

Issue sessionExpired()
{
    return {u"fatal"_s,
            u"expired"_s,
            4113,
            u"Session ID for a paged search has expired or is invalid."_s,
            u"Run the search again."_s,
            {}};
}

Issue noResults()
{
    return {u"warning"_s, u"processing"_s, 4101, u"Resource request returns no results."_s, {}, {}};
}

Issue mayBeIncomplete()
{
    return {
        u"warning"_s,
        u"processing"_s,
        4119,
        u"This response includes information available to the authorized user at the time of the request. It may not "
        "contain the entire record available in the system."_s,
        {},
        {}};
}

Issue codeOrCategoryRequired()
{
    return {u"fatal"_s,
            u"required"_s,
            59108,
            u"A required element is missing."_s,
            u"Must have either code or category."_s,
            u"category"_s};
}

Issue carePlanCategoryRequired()
{
    return {
        u"fatal"_s,
        u"business-rule"_s,
        59159,
        u"The request violates a business rule."_s,
        u"This resource requires a category for searching. Use 38717003 for longitudinal, 734163000 for encounter."_s,
        u"category"_s};
}

Issue invalidCategory(const QString &category)
{
    return {u"fatal"_s,
            u"value"_s,
            59111,
            u"The value of an element is invalid."_s,
            u"Invalid category: "_s + category.left(200),
            u"category"_s};
}

} // namespace EpicIssue

} // namespace credenza::sandbox
