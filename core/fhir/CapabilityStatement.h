// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

#include <QStringList>

#include <optional>

namespace credenza
{

/// What a FHIR server says of itself (GET /metadata), as far as Credenza uses it.
struct CapabilityStatement {
    struct ResourceType {
        QString name;
        QStringList interactions;              ///< "read", "search-type", …
        QStringList searchParameters;          ///< names
        QStringList searchParameterTypes = {}; ///< of each: "string", "token", "date" …; empty where it is not said
    };
    QString fhirVersion;     ///< "4.0.1"
    QString softwareName;    ///< "Epic"
    QString softwareVersion; ///< "May 2026"
    QString tokenEndpoint;   ///< from the oauth-uris extension; empty if absent
    QList<ResourceType> types;

    [[nodiscard]] const ResourceType *type(QStringView name) const;
};

/// Reads a CapabilityStatement, or a DSTU2 Conformance, in JSON.
/// Errors: fhir.not-json, fhir.is-xml, fhir.wrong-resource (all Failed).
[[nodiscard]] Result<CapabilityStatement> readCapabilityStatement(const QByteArray &body);

} // namespace credenza
