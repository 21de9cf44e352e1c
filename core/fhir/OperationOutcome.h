// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace credenza
{

/// One issue of an OperationOutcome.
struct OutcomeIssue {
    QString severity;    ///< fatal, error, warning, information
    QString code;        ///< FHIR issue type: "not-found", "required"
    QString vendorCode;  ///< details.coding[0].code, at Epic a number such as "4118"
    QString text;        ///< details.text, else details.coding[0].display
    QString diagnostics; ///< free text for a person
};

/// The issues in a body that is an OperationOutcome, or a Bundle with outcome entries; empty if it is neither.
[[nodiscard]] QList<OutcomeIssue> outcomeIssues(const QByteArray &body);

} // namespace credenza
