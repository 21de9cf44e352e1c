// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Vault.h"

namespace credenza
{

/// How one connection test of a credential ended, as it is kept: redacted, without the exchanges.
struct KeptTest {
    TestSummary summary;
    QStringList causes; ///< likely ones, most likely first, as they were said
};

/// As many are kept for each credential; older ones make room.
constexpr qsizetype keptTests = 20;

/// Earlier tests of the credential, newest first; empty if it was never tested. Sealed in a record of its own, which is
/// opened only now. Errors: vault.damaged.
[[nodiscard]] Result<QList<KeptTest>> testHistory(const Vault &vault, const QUuid &credentialId);
/// Adds one. Errors: those of saving.
[[nodiscard]] Result<void> keepTest(Vault &vault, const QUuid &credentialId, const KeptTest &test);

/// `{"passed","at","milliseconds","step","code","summary","causes":[…]}`
[[nodiscard]] QJsonObject toJson(const KeptTest &test);

} // namespace credenza
