// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <QString>
#include <QUrl>

namespace credenza
{

/// Where a reference can be looked up.
enum class ReferenceKind : std::uint8_t {
    None,       ///< nothing to follow
    Contained,  ///< in the same resource
    SameServer, ///< below the FHIR base, to be read with the token
    Uuid,       ///< in the same Bundle, by fullUrl
    OtherServer ///< never opened with the token
};

/// A reference (FHIR R4, "Literal References") as something to follow.
struct ReferenceTarget {
    ReferenceKind kind = ReferenceKind::None;
    /// SameServer: "Patient/1", below the base, or a whole URL of the base's origin; Contained: the id, empty for the
    /// container itself; else the reference as it stands.
    QString path;
};

/// Sorts `reference`. `base` is the FHIR base URL, or empty for a file, where an absolute URL is taken for "Type/id" of
/// the file's own server if it ends like that.
[[nodiscard]] ReferenceTarget referenceTarget(const QString &reference, const QUrl &base);

/// What "#id" means in a resource: one of its contained resources, or itself where `id` is empty; without a document
/// if there is none.
[[nodiscard]] Resource containedResource(const Resource &holder, QStringView id);

/// A URL that a server gives of itself, as it is reached from here: behind a proxy a server may call itself `http:`
/// where its base is `https:` on the default ports. Any other URL stays as it is.
[[nodiscard]] QUrl asReached(const QUrl &url, const QUrl &base);

} // namespace credenza
