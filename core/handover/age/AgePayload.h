// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Random.h"
#include "core/base/SecretBytes.h"
#include "core/handover/age/ByteSource.h"

#include <stop_token>

namespace credenza
{

// The contents of an age file (C2SP age.md, "Payload"): chunks of 64 KiB, each sealed with ChaCha20-Poly1305 under a
// counter and a mark on the last one, so that a chunk can be given out before the rest is known, and none can be
// dropped, doubled, moved or added.

/// Opens the payload and gives out each chunk once it is authentic. After a failure the chunks given out so far are
/// real, but not all there is. Errors: age.invalid-header (no whole nonce), age.invalid-payload, cancelled, those of
/// source and sink.
[[nodiscard]] Result<void> openPayload(const SecretBytes &fileKey, BufferedSource &source, const ByteSink &sink,
                                       std::stop_token stop);

/// The payload of `plaintext`. Errors: cancelled, those of the sink.
[[nodiscard]] Result<void> sealPayload(const SecretBytes &fileKey, std::span<const std::byte> plaintext,
                                       RandomSource &random, const ByteSink &sink, std::stop_token stop);

} // namespace credenza
