// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: the public half in the formats of OpenSSH and PuTTY, which say it in the open even
// where the private half is encrypted (RFC 4253, section 6.6; OpenSSH's PROTOCOL.key).

#include "core/keys/OpenSsl.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <span>

namespace credenza
{

/// What an SSH public key says of itself.
struct SshPublicKey {
    QString keyType;  ///< "RSA", "EC", "Ed25519", "DSA"; empty for others
    int bits = 0;     ///< 0 where unknown
    PkeyPointer pkey; ///< RSA, and EC on the curves that servers take; else null
};

/// From an SSH public key blob. None if it is not one.
[[nodiscard]] std::optional<SshPublicKey> readSshPublicKey(std::span<const std::byte> blob);

/// The clear part of a private key in OpenSSH's format.
struct OpenSshEnvelope {
    bool isEncrypted = false;
    std::optional<SshPublicKey> publicKey;
};

/// From the decoded contents of an OPENSSH PRIVATE KEY block. None if it is not one.
[[nodiscard]] std::optional<OpenSshEnvelope> readOpenSshEnvelope(std::span<const std::byte> contents);

/// The clear part of a PuTTY key file.
struct PuttyFile {
    int version = 0; ///< 1, 2 or 3
    bool isEncrypted = false;
    std::optional<SshPublicKey> publicKey;
};

/// From the text of a .ppk file. None if it is not one.
[[nodiscard]] std::optional<PuttyFile> readPuttyFile(QByteArrayView text);

} // namespace credenza
