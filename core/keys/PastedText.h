// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: undoing what copying through web pages, mail, JSON, source code and word
// processors does to a key (facts L1, L2).

#include "core/base/SecretBytes.h"

#include <optional>

namespace credenza
{

/// What had to be repaired to read the text; each is told to the person.
struct PemRepairs {
    bool utf16 = false;             ///< a Windows "Unicode" file
    bool literalLineBreaks = false; ///< backslash-n from JSON or .env
    bool unusualCharacters = false; ///< BOM, no-break and zero-width spaces, typographic dashes, quotes
    bool wrongDashes = false;       ///< not exactly five
    bool unwrappedLines = false;    ///< all on one line, or odd line lengths
    bool base64Wrapped = false;     ///< the whole text was base64 once more, as in a Kubernetes Secret
};

/// The UTF-8 of a text in UTF-16, with or without byte order mark; none if it is not one.
[[nodiscard]] std::optional<SecretBytes> utf8OfUtf16(QByteArrayView text);
/// `text` (UTF-8 or Windows-1252) with byte order mark, escapes and typographic characters made plain ASCII line
/// breaks, spaces, quotes and dashes. Linear in its length.
[[nodiscard]] SecretBytes cleanedText(QByteArrayView text, PemRepairs &repairs);
/// The PEM texts in a cleaned text that are base64 once more, decoded, one after the other; none if there are none.
[[nodiscard]] std::optional<SecretBytes> unwrappedBase64Pem(QByteArrayView cleaned);

} // namespace credenza
