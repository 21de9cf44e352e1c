// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace credenza
{

/// What a file is that somebody drops on the window or opens with Credenza.
enum class FileKind {
    Vault,  ///< a vault of ours
    Bundle, ///< credentials encrypted with age
    Key,    ///< a private key, certificate or JWK: what the Private Key field takes
    Fhir    ///< anything else: a resource, Bundle or NDJSON to browse
};

/// Tells by the first bytes, where they do not say by the name. Reads at most 4 KB; a file that can't be read is told
/// by its name.
[[nodiscard]] FileKind kindOf(const QString &path);

} // namespace credenza
