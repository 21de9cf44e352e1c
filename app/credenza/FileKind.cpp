// SPDX-License-Identifier: Apache-2.0
#include "app/credenza/FileKind.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace credenza
{

using namespace Qt::StringLiterals;

FileKind kindOf(const QString &path)
{
    const QString name = QFileInfo(path).fileName().toLower();
    QByteArray head;
    if (QFile file(path); file.open(QIODevice::ReadOnly))
        head = file.read(4096);
    if (head.startsWith("SQLite format 3"))
        return FileKind::Vault;
    if (head.startsWith("age-encryption.org/") || head.contains("-----BEGIN AGE ENCRYPTED FILE-----"))
        return FileKind::Bundle;
    if (head.contains("-----BEGIN ") || head.contains("\"kty\""))
        return FileKind::Key;
    if (name.endsWith(".credenza"_L1))
        return FileKind::Vault;
    if (name.endsWith(".age"_L1))
        return FileKind::Bundle;
    static const QStringList keys{u".pem"_s, u".key"_s, u".p8"_s, u".der"_s, u".jwk"_s, u".p12"_s, u".pfx"_s};
    for (const QString &suffix : keys) {
        if (name.endsWith(suffix))
            return FileKind::Key;
    }
    return FileKind::Fhir;
}

} // namespace credenza
