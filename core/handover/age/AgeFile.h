// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/handover/age/AgeIdentity.h"
#include "core/handover/age/ByteSource.h"

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

namespace credenza
{

// Files of the age format, version 1 (C2SP age.md): written for a passphrase or for X25519 recipients, read with a
// passphrase or X25519 identities. Stanzas of other types are passed over, as the format wants it.

/// How a file is written down.
enum class AgeForm {
    Detect, ///< reading only: armored if it starts so
    Binary,
    Armored
};

/// What may open a file.
struct AgeKeys {
    std::vector<AgeIdentity> identities;
    /// Asked for once it is known that a passphrase is what the file wants; unset: there is none.
    std::function<Result<SecretBytes>()> passphrase;
    /// Told before a check of the passphrase that takes more memory than a file of ours does, in bytes; may be unset.
    std::function<void(quint64)> costly;
};

/// Opens a file and gives out its contents piece by piece, each once it is authentic; see openPayload().
/// Errors: age.invalid-armor, age.invalid-header, age.wrong-mac, age.invalid-payload (Damaged); age.no-match,
/// age.passphrase-needed, age.identity-needed (Locked); age.out-of-memory (Failed); cancelled; those of source, sink
/// and the asking for a passphrase.
[[nodiscard]] Result<void> decryptAge(ByteSource &source, AgeForm form, const AgeKeys &keys, const ByteSink &sink,
                                      std::stop_token stop = {});
/// The same for a file in memory with contents of at most `maxBytes`: all or nothing. Errors: also file.too-large.
[[nodiscard]] Result<SecretBytes> decryptAge(QByteArrayView file, const AgeKeys &keys, std::size_t maxBytes,
                                             std::stop_token stop = {});

/// What a file can be opened with.
struct AgeLock {
    bool isPassphrase = false;
    int recipients = 0;
};
/// Reads the head only. Errors: age.invalid-armor, age.invalid-header.
[[nodiscard]] Result<AgeLock> inspectAge(ByteSource &source);

/// Whom a file is written for: a passphrase alone, or one or more recipients.
struct AgeTarget {
    std::optional<SecretBytes> passphrase;
    std::vector<AgeRecipient> recipients;
    int workFactor = 18; ///< log2 of scrypt's cost: 256 MiB and about a second
};

/// Writes a file. Errors: age.no-recipient, age.empty-passphrase, age.invalid-recipient (InvalidInput),
/// age.out-of-memory (Failed), cancelled.
[[nodiscard]] Result<QByteArray> encryptAge(std::span<const std::byte> plaintext, const AgeTarget &target, AgeForm form,
                                            RandomSource &random, std::stop_token stop = {});

} // namespace credenza
