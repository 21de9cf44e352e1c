// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/SignatureAlgorithm.h"

#include <QList>
#include <QString>

namespace credenza
{

/// A kind of server a credential is for, as data (core/credentials/connectors/*.json).
struct Connector {
    QString id;                   ///< "epic-ehr"
    QString name;                 ///< "EPIC EHR"
    QString summary;              ///< "SMART Backend Services, signed JWT"
    QString settingsTitle;        ///< "EPIC Backend OAuth2 (JWT) Settings"
    QString baseUrlExample;       ///< placeholder of the FHIR Base URL field
    QString sandboxBaseUrl;       ///< quick pick; may be empty
    QString portalUrl;            ///< where an application is registered; may be empty
    bool hasEpicPathRule = false; ///< token endpoint derivable from the base (facts §2.1)
    QList<SignatureAlgorithm> algorithms;
};

/// All connectors, EPIC EHR first.
[[nodiscard]] const QList<Connector> &connectors();
/// Null if there is none of that id.
[[nodiscard]] const Connector *connectorById(const QString &id);

} // namespace credenza
