// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace credenza
{

/// How a scope is written (SMART App Launch 2.2, scopes-and-launch-context).
enum class ScopeSyntax {
    V1,         ///< system/Patient.read
    V2,         ///< system/Patient.rs, system/Observation.rs?category=laboratory
    NotSystem,  ///< user/… or patient/…, which a backend service is not granted
    WrongOrder, ///< letters of v2 not in the order c, r, u, d, s
    Other       ///< nothing SMART defines
};

[[nodiscard]] ScopeSyntax syntaxOf(const QString &scope);

/// The resource type a system scope is about; "*" for all; empty for others.
[[nodiscard]] QString resourceTypeOf(const QString &scope);

/// Whether a granted scope lets a client search resources of that type.
[[nodiscard]] bool allowsSearch(const QString &scope, const QString &resourceType);

} // namespace credenza
