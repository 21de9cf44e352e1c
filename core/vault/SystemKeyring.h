// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Keyring.h"

namespace credenza
{

/// The keyring of this desktop, by way of QtKeychain. A program must call it from one thread only: QtKeychain's queue
/// belongs to the thread that used it first, and stands still in any other.
class SystemKeyring final : public Keyring
{
public:
    [[nodiscard]] Result<std::optional<SecretBytes>> read(const QString &name) override;
    [[nodiscard]] Result<void> write(const QString &name, const SecretBytes &secret) override;
    [[nodiscard]] Result<void> remove(const QString &name) override;
};

} // namespace credenza
