// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/Result.h"
#include "core/base/SecretBytes.h"

#include <QString>

#include <optional>

namespace credenza
{

/// Where the system keeps secrets for the person who is logged in (Secret Service, KWallet). Calls block until the
/// service answers, perhaps after it asked the person something: not for the GUI thread.
class Keyring
{
public:
    virtual ~Keyring() = default;

    /// Nothing if there is no such entry, or if the keyring is locked, which it does not tell apart: never take that
    /// for leave to make the entry anew. Errors: keyring.unavailable, keyring.refused (both Failed).
    [[nodiscard]] virtual Result<std::optional<SecretBytes>> read(const QString &name) = 0;
    [[nodiscard]] virtual Result<void> write(const QString &name, const SecretBytes &secret) = 0;
    /// Removing what is not there is no error.
    [[nodiscard]] virtual Result<void> remove(const QString &name) = 0;
};

} // namespace credenza
