// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <functional>
#include <stop_token>

namespace credenza
{

/// In which form resources are saved.
enum class ResourceFormat : std::uint8_t {
    Ndjson, ///< one resource a line
    Bundle, ///< a collection Bundle
    Csv,    ///< the columns as they are seen, RFC 4180
    Json    ///< one resource, indented
};

/// The format a file name asks for by its ending: .ndjson or .jsonl, .csv, else Bundle for several and Json for one.
[[nodiscard]] ResourceFormat formatOf(const QString &fileName, qsizetype resources);

/// Hands out the resources to save one by one; nothing at the end.
using ResourceSource = std::function<Result<std::optional<Resource>>()>;
/// Hears how many were written.
using SaveProgress = std::function<void(qsizetype)>;

/// Writes resources to `path`, which appears in one step at the end, or not at all. Mode 0600. `columns`: for CSV,
/// after type and id. Errors: file.unwritable (Failed), cancelled, and those of `next`.
[[nodiscard]] Result<qsizetype> writeResources(const QString &path, ResourceFormat format, const ResourceSource &next,
                                               const QList<ResourceColumn> &columns, std::stop_token stop,
                                               const SaveProgress &progress = {});
/// The same for resources at hand.
[[nodiscard]] Result<qsizetype> writeResources(const QString &path, ResourceFormat format,
                                               const QList<Resource> &resources, const QList<ResourceColumn> &columns,
                                               std::stop_token stop);

} // namespace credenza
