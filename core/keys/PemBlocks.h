// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: finding PEM blocks (RFC 7468) in whatever was pasted.

#include "core/keys/PastedText.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace credenza
{

/// One block, with its base64 decoded.
struct PemBlock {
    QString label;                           ///< "RSA PRIVATE KEY"
    QString endLabel;                        ///< empty: the END line is missing
    bool isEncrypted = false;                ///< has "Proc-Type: 4,ENCRYPTED"
    SecretBytes der;                         ///< empty if the base64 is damaged or there is none
    SecretBytes canonicalPem;                ///< rebuilt text, only for encrypted blocks
    std::optional<qsizetype> badCharacterAt; ///< offset in the base64 of the first character that can't be
};

/// The blocks of a text and what was in its way.
struct PemText {
    std::vector<PemBlock> blocks;
    PemRepairs repairs;
    bool hasTextAround = false; ///< anything that is not white space outside the blocks
};

/// All PEM blocks of a cleaned text. Linear in its length.
[[nodiscard]] PemText readPemBlocks(const SecretBytes &cleaned, PemRepairs repairs);
/// PEM has the usual one only; elsewhere the URL-safe one (RFC 4648, section 5) is met too.
enum class Base64Alphabet { Usual, Either };
/// Base64 with white space and missing padding tolerated; none if another character is in it.
[[nodiscard]] std::optional<SecretBytes> decodedBase64(QByteArrayView base64, qsizetype *badCharacterAt = nullptr,
                                                       Base64Alphabet alphabet = Base64Alphabet::Usual);
/// Bytes written as hexadecimal digits, with or without 0x, colons, commas and white space; none if anything else is
/// in it.
[[nodiscard]] std::optional<SecretBytes> decodedHexadecimal(QByteArrayView text);

} // namespace credenza
