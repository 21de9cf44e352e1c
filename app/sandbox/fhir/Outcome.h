// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/http/HttpMessage.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace credenza::sandbox
{

/// One issue of an OperationOutcome, with Epic's own code in `details` (facts §3.4).
struct Issue {
    QString severity; ///< fatal, error, warning, information
    QString type;     ///< FHIR's issue-type: "invalid", "required", …
    int epicCode = 0;
    QString text;        ///< Epic's fixed text of that code
    QString diagnostics; ///< what it is about here; may be empty
    QString parameter;   ///< the search parameter concerned; may be empty
};
using Issues = QList<Issue>;

[[nodiscard]] QJsonObject operationOutcome(const Issues &issues);
[[nodiscard]] Response outcomeResponse(int status, const Issues &issues);

/// Epic's fixed issues that the sandbox uses.
namespace EpicIssue
{
[[nodiscard]] Issue invalidParameter(const QString &parameter, const QString &why);
[[nodiscard]] Issue unknownId();
[[nodiscard]] Issue noParameters();
[[nodiscard]] Issue badValue(const QString &parameter, const QString &value);
[[nodiscard]] Issue unknownParameter(const QString &parameter);
[[nodiscard]] Issue sessionExpired();
[[nodiscard]] Issue noResults();
[[nodiscard]] Issue mayBeIncomplete();
[[nodiscard]] Issue codeOrCategoryRequired();
[[nodiscard]] Issue carePlanCategoryRequired();
[[nodiscard]] Issue invalidCategory(const QString &category);
} // namespace EpicIssue

} // namespace credenza::sandbox
