// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace credenza
{

/// What one system scope lets a client do, in either form of SMART ("system/Patient.read", "system/Patient.rs?…") or in
/// Epic's without a context ("Patient.Search").
struct ScopeGrant {
    QString type; ///< "Patient" or "*"
    bool mayRead = false;
    bool maySearch = false;
    bool isLimited = false; ///< has a ?parameter part
};

/// The scopes of a space-separated list (RFC 6749 §3.3).
[[nodiscard]] QStringList splitScopes(const QString &text);

/// Empty type where the scope is not about FHIR resources ("openid").
[[nodiscard]] ScopeGrant readScope(const QString &scope);

/// The asked scopes that nothing granted covers. Not textual: "system/Patient.read" is covered by "system/*.rs".
[[nodiscard]] QStringList scopesNotGranted(const QStringList &asked, const QStringList &granted);

} // namespace credenza
