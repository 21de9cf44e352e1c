// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/LastVault.h"

#include "core/vault/Vault.h"

#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace credenza
{

namespace
{

constexpr auto key = "vault/last"_L1;

}

QString vaultToOpen(const QSettings &settings)
{
    const QString last = settings.value(key).toString();
    if (!qEnvironmentVariableIsSet("CREDENZA_VAULT") && QFileInfo(last).isFile())
        return last;
    return defaultVaultPath();
}

void rememberVault(QSettings &settings, const QString &path)
{
    settings.setValue(key, QFileInfo(path).absoluteFilePath());
}

} // namespace credenza
