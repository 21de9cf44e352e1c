// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/CapabilityStatement.h"

namespace credenza
{

/// A field of a search form.
struct SearchField {
    QString name;          ///< of the parameter
    QString type;          ///< "string", "token", "date", "reference" …; empty where the server does not say
    bool isWanted = false; ///< the server is known to refuse a search without it (or without one of those wanted)
    QStringList choices;   ///< values offered, "734163000=encounter" where the code says nothing; empty: free text
};

/// All search fields of a type in the order of their use: those servers are known to ask for first (facts of Epic's
/// R4 API: category or code of Observation, category of CarePlan …), then the usual ones, then the rest. Where the server
/// names no parameters at all, the usual ones are offered.
[[nodiscard]] QList<SearchField> searchFields(const CapabilityStatement::ResourceType &type);

/// Whether the server says that resources of the type are read by id and not searched for.
[[nodiscard]] bool isReadOnly(const CapabilityStatement::ResourceType &type);

/// Modifiers (":exact", ":not" …) that FHIR R4 has for a parameter of that type.
[[nodiscard]] QStringList searchModifiers(const QString &parameterType);

/// Prefixes ("ge", "lt" …) that go before a value of that type; Epic takes fewer than FHIR R4 has.
[[nodiscard]] QStringList searchPrefixes(const QString &parameterType, bool isEpic);

/// What a refusal asks for: names of `fields` that stand in the server's words, and the values it lists ("Use 38717003
/// for longitudinal, …").
struct AskedFor {
    QStringList parameters;
    QStringList choices; ///< as in SearchField
};
[[nodiscard]] AskedFor askedFor(const QString &refusal, const QList<SearchField> &fields);

} // namespace credenza
