// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <array>
#include <span>

namespace credenza
{

/// A column as data; its title is translated in the context "ResourceColumns". `paths` are parted by '|'.
struct ColumnRow {
    const char *title;
    const char *paths;
    ColumnKind kind = ColumnKind::Text;
};

/// What is known of a type: where its title and its date stand (paths parted by '|', the first with a value counts),
/// and its columns besides.
struct TypeRow {
    const char *type;
    const char *title;
    const char *date;
    std::array<ColumnRow, 7> columns; ///< ends at the first without a title
};

/// Types of care: observations, orders, visits.
[[nodiscard]] std::span<const TypeRow> clinicalTypes();
/// Types of administration, of knowledge and of the exchange itself.
[[nodiscard]] std::span<const TypeRow> otherTypes();

} // namespace credenza
