// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"
#include "core/credentials/CredentialDraft.h"

#include <memory>
#include <optional>

namespace credenza
{

/// A draft as it is put away when the vault locks over an open form: everything typed, the private key with it. Only
/// ever written sealed, into the vault.
struct KeptDraft {
    CredentialDraft draft;
    std::optional<Credential> base; ///< the credential it was made from, as it was then; nothing: a new one
    /// Key material that still waits for its passphrase, or for the choice of one key among several.
    std::shared_ptr<const SecretBytes> unreadKey;
    QString unreadOrigin;
};

/// The name under which the overlay's draft is kept.
[[nodiscard]] QString keptDraftName();

[[nodiscard]] SecretBytes encodeKeptDraft(const KeptDraft &kept);
/// Looks at the key anew, which takes milliseconds. Errors: draft.unreadable (Damaged).
[[nodiscard]] Result<KeptDraft> decodeKeptDraft(const SecretBytes &bytes);

} // namespace credenza
