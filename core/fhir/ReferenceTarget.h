// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/fhir/ResourceSummary.h"

#include <QString>
#include <QUrl>

#include <optional>

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

/// What a canonical URL names (FHIR R4, "Canonical URLs"): "http://…/Questionnaire/phq9|2.0".
struct Canonical {
    QString url;
    QString version; ///< empty: any
    QString type;    ///< as the URL has it; empty if it does not tell
};
/// Takes apart what a resource with that `url` may be known by; nothing for a place on a server ("https://…/Patient/1")
/// and for what is relative.
[[nodiscard]] std::optional<Canonical> canonicalOf(const QString &reference);
/// The canonical URL, or "#id" of a contained resource, that a value holds by the name of its element
/// (`instantiatesCanonical`, `questionnaire`, `profile` …); empty if it holds none.
[[nodiscard]] QString canonicalIn(JsonValue value);
/// Whether this is the resource meant.
[[nodiscard]] bool isNamedBy(const Resource &resource, const Canonical &canonical);
/// Whether resources of that type have canonical URLs: Questionnaire, ValueSet …
[[nodiscard]] bool isCanonicalType(const QString &type);

/// What "#id" means in a resource: one of its contained resources, or itself where `id` is empty; without a document
/// if there is none.
[[nodiscard]] Resource containedResource(const Resource &holder, QStringView id);

/// A URL that a server gives of itself, as it is reached from here: behind a proxy a server may call itself `http:`
/// where its base is `https:` on the default ports. Any other URL stays as it is.
[[nodiscard]] QUrl asReached(const QUrl &url, const QUrl &base);

} // namespace credenza
