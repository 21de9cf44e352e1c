// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/handover/ExportFormat.h"
#include "core/handover/ImportedCredentials.h"
#include "core/keys/PrivateKey.h"
#include "core/vault/Vault.h"

namespace credenza::test
{

/// A credential with every member that formats write, the same each time; `number` tells them apart.
[[nodiscard]] Credential handoverCredential(int number = 1);

/// A credential whose key card is that of `key`, as an import would see it.
[[nodiscard]] Credential credentialWithKey(const ImportedKey &key, int number = 1);

/// One key for the whole test program: making them takes time.
[[nodiscard]] const ImportedKey &sharedRsaKey();
[[nodiscard]] const ImportedKey &sharedEcKey();

/// The same text as guarded bytes.
[[nodiscard]] SecretBytes secretOf(QByteArrayView text);
/// What tests look at; their keys protect nothing.
[[nodiscard]] QByteArray plainOf(const SecretBytes &secret);

} // namespace credenza::test
