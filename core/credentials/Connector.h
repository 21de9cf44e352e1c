// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/SignatureAlgorithm.h"

#include <QHash>
#include <QList>
#include <QRegularExpression>
#include <QString>

namespace credenza
{

/// Which keys a server takes only from a JWK Set URL.
enum class JwkSetUrlNeed : std::uint8_t { None, Elliptic, All };

/// What the help column says of a field for one kind of server, in place of the usual.
struct FieldHelp {
    QString whereToFind; ///< Markdown, as in resources/help
    QString example;
};

/// A kind of server a credential is for, as data (core/credentials/connectors/*.json).
struct Connector {
    QString id;                           ///< "epic-ehr"
    QString name;                         ///< "EPIC EHR"
    QString summary;                      ///< "SMART Backend Services, signed JWT"
    QString settingsTitle;                ///< "EPIC Backend OAuth2 (JWT) Settings"
    QString baseUrlExample;               ///< placeholder of the FHIR Base URL field
    QString sandboxBaseUrl;               ///< quick pick; may be empty
    QString portalUrl;                    ///< where an application is registered; may be empty
    bool hasEpicPathRule = false;         ///< token endpoint derivable from the base (facts §2.1)
    QList<SignatureAlgorithm> algorithms; ///< that its servers take; the first is the one to prefer
    QRegularExpression clientIdPattern;   ///< a client ID that differs is warned of; empty: any will do
    QString clientIdHelp;                 ///< the line below the field
    QRegularExpression basePathPattern;   ///< of the base URL's path; one that differs is warned of
    QString basePathHint;                 ///< how it should read
    JwkSetUrlNeed jwkSetUrlNeed = JwkSetUrlNeed::None;
    QString jwkSetUrlHint;          ///< why
    QString endpointDirectoryUrl;   ///< where the customers' endpoints are published; may be empty
    QHash<QString, FieldHelp> help; ///< by the field's name in JSON, where it differs from the usual
};

/// All connectors, EPIC EHR first, SMART Backend Services last: those that are built in, and the files in
/// `credenza/connectors` below the data folders of the system and the person. A file that is no connector, or whose id
/// is taken, is left out.
[[nodiscard]] const QList<Connector> &connectors();
/// Null if there is none of that id.
[[nodiscard]] const Connector *connectorById(const QString &id);

} // namespace credenza
