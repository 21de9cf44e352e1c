// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the decrypting sources of this room only: what they have in common.

#include "core/keys/KeyLoading.h"

#include <functional>

namespace credenza
{

/// What deriving a key from a passphrase costs; dearer ones come later.
enum class Cost { Fine, NotWithoutPassphrase, TooHigh };

/// What a failed call left in OpenSSL's error queue, which is empty afterwards.
struct QueuedErrors {
    bool isUnsupported = false;
    bool isBadDecrypt = false; ///< or a MAC that does not fit the passphrase
    bool isWrongLength = false;
};
[[nodiscard]] QueuedErrors takeErrors();

/// Zero for none; the highest there is for a negative or overlong one.
[[nodiscard]] std::int64_t valueOf(const ASN1_INTEGER *integer);
[[nodiscard]] Cost costOfIterations(std::int64_t iterations, bool hasPassphrase);
/// What the key derivation of a PBES1 or PBES2 algorithm costs.
[[nodiscard]] Cost costOf(const X509_ALGOR *algorithm, bool hasPassphrase);
/// What is answered instead of paying that.
[[nodiscard]] Decryption refusedFor(Cost cost);
/// Runs `decrypt`, and where it lacked the cipher once more with the old ones (DES, RC2, RC4).
[[nodiscard]] Decryption withOldCiphersToo(const std::function<Decryption()> &decrypt);

} // namespace credenza
