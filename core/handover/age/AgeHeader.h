// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/age/ByteSource.h"

#include <QList>

namespace credenza
{

/// One way to the file key: for one recipient, or by passphrase.
struct AgeStanza {
    QByteArray type;
    QList<QByteArray> arguments; ///< after the type
    QByteArray body;

    [[nodiscard]] bool isX25519() const { return type == "X25519"; }
    [[nodiscard]] bool isScrypt() const { return type == "scrypt"; }
};

/// The head of an age file (C2SP age.md, "Header").
struct AgeHeader {
    QList<AgeStanza> stanzas;
    QByteArray authenticated; ///< the bytes that the MAC is about: from the start through "---"
    QByteArray mac;           ///< 32 bytes

    [[nodiscard]] bool isForPassphrase() const { return stanzas.size() == 1 && stanzas.first().isScrypt(); }
};

constexpr int writtenWorkFactor = 18;
/// What a reader puts up with: 4 GiB.
constexpr int highestWorkFactor = 22;

/// Reads up to the payload. Everything that the specification says must be refused without knowing a key is refused
/// here, so stanzas of the types that we know are well-formed. Errors: age.invalid-header.
[[nodiscard]] Result<AgeHeader> readAgeHeader(BufferedSource &source);

/// The bytes through "---", which are authenticated.
[[nodiscard]] QByteArray authenticatedPart(const QList<AgeStanza> &stanzas);

/// log2 of the cost of a scrypt stanza from readAgeHeader().
[[nodiscard]] int workFactorOf(const AgeStanza &stanza);

} // namespace credenza
