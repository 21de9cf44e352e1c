// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: what the parts of recognition have in common.

#include "core/keys/KeyInspection.h"
#include "core/keys/OpenSsl.h"
#include "core/keys/SshBlob.h"

#include <QCoreApplication>

#include <optional>

namespace credenza
{

/// The context of recognition's sentences.
struct RecognitionText {
    Q_DECLARE_TR_FUNCTIONS(KeyRecognition)
};

/// What is no usable private key: one error.
[[nodiscard]] KeyInspection refused(KeyMaterialKind kind, QString format, const char *code, QString message,
                                    QString hint);
/// Fills in what the public half of a key tells; nothing for a null key.
void describePublicPart(KeyInspection &inspection, PkeyPointer key);
/// The same for a key in SSH's form.
void describe(KeyInspection &inspection, std::optional<SshPublicKey> ssh);
/// An OpenSSH public key, and which one where `blob` is one.
[[nodiscard]] KeyInspection sshPublicKey(std::span<const std::byte> blob);

} // namespace credenza
