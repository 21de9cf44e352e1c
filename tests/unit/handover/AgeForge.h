// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/age/AgeIdentity.h"

#include <QByteArray>

namespace credenza::test
{

// Age files put together by hand, so that each can break one rule of C2SP age.md and keep all others.

/// The identity that the files of this fixture are for.
[[nodiscard]] const AgeIdentity &forgeIdentity();
/// The passphrase they are for.
[[nodiscard]] QByteArray forgePassphrase();

/// The parts of a stanza as text; each may be replaced by something wrong.
struct ForgedStanza {
    QByteArray arguments; ///< all of the first line behind "-> "
    QByteArray body;      ///< as base64, without line feeds

    /// Wrapped at 64 columns as the format has it.
    [[nodiscard]] QByteArray text() const;
};

/// Good ones, for forgeIdentity() and forgePassphrase(), around the file key of this fixture.
[[nodiscard]] ForgedStanza x25519Stanza();
[[nodiscard]] ForgedStanza scryptStanza(int workFactor = 4);
/// The same around a file key of another length.
[[nodiscard]] ForgedStanza x25519StanzaAround(const QByteArray &fileKey);
[[nodiscard]] ForgedStanza scryptStanzaAround(const QByteArray &fileKey);

/// Version line, `stanzas` and the line with the right MAC.
[[nodiscard]] QByteArray headerOf(const QByteArray &stanzas, const QByteArray &versionLine = "age-encryption.org/v1\n");
/// The MAC of such a header, in base64.
[[nodiscard]] QByteArray macOf(const QByteArray &stanzas);

/// One chunk of a payload; `lastMark` is the last byte of its nonce.
[[nodiscard]] QByteArray chunkOf(const QByteArray &plaintext, quint64 counter, char lastMark);
/// The nonce that chunkOf() seals for.
[[nodiscard]] QByteArray payloadNonce();
/// Nonce and chunks of a good payload.
[[nodiscard]] QByteArray payloadOf(const QByteArray &plaintext);

/// A good file for forgeIdentity().
[[nodiscard]] QByteArray goodFile(const QByteArray &plaintext = "age");

} // namespace credenza::test
