// SPDX-License-Identifier: Apache-2.0
#include "core/fhir/OperationOutcome.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace credenza
{

namespace
{

OutcomeIssue issueOf(const QJsonObject &json)
{
    OutcomeIssue issue;
    issue.severity = json.value(u"severity").toString();
    issue.code = json.value(u"code").toString();
    issue.diagnostics = json.value(u"diagnostics").toString();
    const QJsonObject details = json.value(u"details").toObject();
    const QJsonObject coding = details.value(u"coding").toArray().first().toObject();
    issue.vendorCode = coding.value(u"code").toString();
    issue.text = details.value(u"text").toString();
    if (issue.text.isEmpty())
        issue.text = coding.value(u"display").toString();
    return issue;
}

void collect(const QJsonObject &resource, QList<OutcomeIssue> &issues)
{
    if (resource.value(u"resourceType").toString() != u"OperationOutcome")
        return;
    for (const QJsonValue &issue : resource.value(u"issue").toArray())
        issues.append(issueOf(issue.toObject()));
}

} // namespace

QList<OutcomeIssue> outcomeIssues(const QByteArray &body)
{
    QList<OutcomeIssue> issues;
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    collect(root, issues);
    if (root.value(u"resourceType").toString() == u"Bundle") {
        for (const QJsonValue &entry : root.value(u"entry").toArray()) {
            collect(entry[u"resource"].toObject(), issues);
            collect(entry[u"response"][u"outcome"].toObject(), issues); // batch answers
        }
    }
    return issues;
}

} // namespace credenza
