// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/sandbox/sample/ResourceType.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <vector>

namespace credenza::sandbox
{

/// How a search parameter compares (http://hl7.org/fhir/R4/search.html#ptypes).
enum class SearchKind { Token, Reference, Date, String };

/// One search parameter of one type, as the CapabilityStatement lists it and the search evaluates it.
struct SearchParameter {
    ResourceType type;
    QString name;
    SearchKind kind;
    QList<QStringList> paths; ///< elements it looks at, each a path of member names; arrays are looked through
};

/// The parameters of the type beside `_id` and `_count`; none for types that can only be read.
[[nodiscard]] const std::vector<SearchParameter> &searchParameters(ResourceType type);
[[nodiscard]] const SearchParameter *searchParameter(ResourceType type, const QString &name);
/// Whether the type can be searched at all; Binary can't.
[[nodiscard]] bool isSearchable(ResourceType type);
/// "token", "reference", "date", "string".
[[nodiscard]] QString nameOf(SearchKind kind);

/// Everything the parameter's paths reach in the resource, arrays flattened.
[[nodiscard]] QList<QJsonValue> elementsAt(const QJsonObject &resource, const SearchParameter &parameter);

} // namespace credenza::sandbox
