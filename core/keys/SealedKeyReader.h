// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/keys/PrivateKey.h"

#include <memory>

namespace credenza
{

/// Reads private keys from PKCS#8 DER that the vault sealed after they had passed the checks of PrivateKey::fromPkcs8 and
/// that has been authenticated since: it does not check them again, which would take several signatures' time.
///
/// OpenSSL looks for the decoders of a key type anew for each key, which takes longer than to decode it; a reader finds
/// them once. One instance serves one thread.
class SealedKeyReader
{
public:
    SealedKeyReader();
    ~SealedKeyReader();
    SealedKeyReader(SealedKeyReader &&) noexcept;
    SealedKeyReader &operator=(SealedKeyReader &&) noexcept;

    /// Errors: key.damaged.
    [[nodiscard]] Result<PrivateKey> read(const SecretBytes &der);

private:
    class Decoder;
    std::unique_ptr<Decoder> m_rsa; ///< made when first needed
    std::unique_ptr<Decoder> m_ec;
};

} // namespace credenza
