// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/fhir/DateRange.h"
#include "app/sandbox/fhir/Outcome.h"
#include "app/sandbox/fhir/SearchParameters.h"
#include "app/sandbox/http/FormParameters.h"
#include "app/sandbox/sample/SampleData.h"

#include <expected>
#include <vector>

namespace credenza::sandbox
{

/// One parameter of a search with the values it may have: any of them matches.
struct Criterion {
    const SearchParameter *parameter = nullptr; ///< never null; points into the table
    QString modifier;                           ///< "exact" or "contains" of a string; else empty
    QStringList values;
    QList<DateCriterion> dates; ///< the values of a date parameter, read
};

/// A search that was understood.
struct Search {
    ResourceType type = ResourceType::Patient;
    int count = 0; ///< resources on a page
    QList<Criterion> criteria;
    /// Where to look instead of everywhere: exact places (`_id`), or these patients. Sorted, without repetitions.
    std::optional<std::vector<ResourceKey>> keys;
    std::optional<std::vector<qint64>> patients;
    Issues notes; ///< what was ignored
};

/// The largest page, and the page that is given if none is asked for.
inline constexpr int largestPage = 1000;
inline constexpr int usualPage = 100;

/// Reads the parameters of a search. What is wrong comes back as issues for a 400, with Epic's codes; unknown
/// parameters are ignored with a note, unless no other is left. `baseUrl` is the FHIR base: absolute references below
/// it are its own.
[[nodiscard]] std::expected<Search, Issues> readSearch(ResourceType type, const QList<Parameter> &parameters,
                                                       const SampleData &data, const QString &baseUrl);

/// Whether the resource meets all criteria.
[[nodiscard]] bool matches(const QJsonObject &resource, const Search &search);

} // namespace credenza::sandbox
