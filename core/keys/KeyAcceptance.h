// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: what an inspection says, and when a key that was read is accepted.

#include "core/keys/KeyInspection.h"
#include "core/keys/KeyLoading.h"

#include <optional>

namespace credenza
{

void addNote(KeyInspection &inspection, const char *code, QString message);
void addWarning(KeyInspection &inspection, const char *code, QString message, QString hint);
void addError(KeyInspection &inspection, const char *code, QString message, QString hint);

/// Fills in everything about a private key that was read, and accepts it if it has no flaw.
void accept(KeyInspection &inspection, PkeyPointer key);
/// Says why an encrypted key was not opened.
void reject(KeyInspection &inspection, DecryptionOutcome outcome, bool hasPassphrase);
/// Says that the file was encrypted with a weak cipher.
void noteOldCipher(KeyInspection &inspection);
/// One or the other.
void take(KeyInspection &inspection, Decryption decryption, bool hasPassphrase);
/// The key of `inspection` as one of several.
[[nodiscard]] KeyOffer offerOf(const KeyInspection &inspection);
/// Leaves only the choice between several private keys.
void refuseSeveral(KeyInspection &inspection, qsizetype count, QList<KeyOffer> offers);

/// JSON that is or holds a JWK, a JWK Set or an array of JWKs; none for any other JSON, which may still carry a PEM in
/// a string.
[[nodiscard]] std::optional<KeyInspection> inspectJson(QByteArrayView text, const QString &choice);

} // namespace credenza
