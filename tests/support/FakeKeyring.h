// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vault/Keyring.h"

#include <QMap>

namespace credenza::test
{

/// A keyring in memory that can be broken, locked or forgetful.
class FakeKeyring final : public Keyring
{
public:
    Result<std::optional<SecretBytes>> read(const QString &name) override
    {
        if (isBroken)
            return fail(ErrorKind::Failed, QStringLiteral("keyring.unavailable"), QStringLiteral("No keyring."));
        if (isLocked || !entries.contains(name))
            return std::optional<SecretBytes>();
        return std::optional(SecretBytes::copyOf(entries[name]));
    }
    Result<void> write(const QString &name, const SecretBytes &value) override
    {
        if (isBroken)
            return fail(ErrorKind::Failed, QStringLiteral("keyring.unavailable"), QStringLiteral("No keyring."));
        if (!isForgetful)
            entries.insert(name, value.charView().toByteArray());
        return {};
    }
    Result<void> remove(const QString &name) override
    {
        entries.remove(name);
        return {};
    }

    QMap<QString, QByteArray> entries;
    bool isBroken = false;
    bool isLocked = false;
    bool isForgetful = false;
};

} // namespace credenza::test
