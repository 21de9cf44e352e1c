// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"

namespace credenza
{

/// Beside hardenProcess(), before anything uses OpenSSL: from now on whatever OpenSSL frees is wiped. Its decoders make
/// copies of a private key (EVP_PKCS82PKEY encodes the whole of it again) and free them as they are. Errors:
/// hardening.failed, where OpenSSL was in use already.
[[nodiscard]] Result<void> wipeOpenSslMemory();

} // namespace credenza
