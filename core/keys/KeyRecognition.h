// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the sources of this room only: naming what is not a private key, with the exact way out (facts L5, L6).

#include "core/keys/KeyInspection.h"

#include <QByteArrayView>

#include <optional>
#include <span>

namespace credenza
{

/// What a PEM block with this label is, if it is not a private key; none for labels of private keys.
[[nodiscard]] std::optional<KeyInspection> recognizeLabel(const QString &label, std::span<const std::byte> der);
/// What a text without any PEM block is: an OpenSSH or PuTTY key, a JWT, a fingerprint, a secret, a path, nothing.
/// `pasted`: the same before it was cleaned.
[[nodiscard]] KeyInspection recognizeText(QByteArrayView cleaned, QByteArrayView pasted);
/// What binary DER is, if it is not a private key: certificate, request, public key.
[[nodiscard]] std::optional<KeyInspection> recognizeDer(std::span<const std::byte> der);

} // namespace credenza
