// SPDX-License-Identifier: Apache-2.0
#include "core/vault/LibraryVersions.h"

#include <openssl/crypto.h>
#include <sodium.h>

#include <QSysInfo>
#include <QtGlobal>

namespace credenza
{

QList<std::pair<QString, QString>> libraryVersions()
{
    return {{QStringLiteral("Credenza"), QStringLiteral(CREDENZA_VERSION)},
            {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("OpenSSL"), QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING))},
            {QStringLiteral("libsodium"), QString::fromLatin1(sodium_version_string())},
            {QStringLiteral("System"),
             QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::currentCpuArchitecture()}};
}

} // namespace credenza
