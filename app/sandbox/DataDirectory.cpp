// SPDX-License-Identifier: Apache-2.0
#include "app/sandbox/DataDirectory.h"

#include "core/base/File.h"
#include "core/keys/Certificate.h"
#include "core/keys/KeyInspection.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

namespace credenza::sandbox
{

using namespace Qt::StringLiterals;

namespace
{

struct DataDirectoryText {
    Q_DECLARE_TR_FUNCTIONS(DataDirectoryText)
};

constexpr qint64 largestKeyFile = 64 * 1024;

Result<PublicKey> readPublicPart(const QString &file)
{
    const SecretBytes text = TRY(readSecretFile(file, largestKeyFile));
    const KeyInspection inspection = inspectKey(text);
    if (!inspection.isUsable()) {
        const KeyFinding *why = inspection.firstError();
        return fail(ErrorKind::InvalidInput, u"sandbox.client-key"_s,
                    why ? why->message : DataDirectoryText::tr("%1 holds no usable private key.").arg(file),
                    why ? why->hint : QString());
    }
    return inspection.imported->key.publicKey();
}

} // namespace

Result<DataDirectory> DataDirectory::open(const QString &path)
{
    DataDirectory directory;
    if (path.isEmpty()) {
        directory.m_temporary = std::make_unique<QTemporaryDir>(QDir::tempPath() + u"/credenza-sandbox-XXXXXX"_s);
        directory.m_path = directory.m_temporary->path();
        if (directory.m_temporary->isValid())
            return directory;
    } else {
        directory.m_path = QFileInfo(path).absoluteFilePath();
        const bool existed = QFileInfo(directory.m_path).isDir();
        const QByteArray native = QFile::encodeName(directory.m_path);
        if (existed || ::mkdir(native.constData(), S_IRWXU) == 0)
            return directory;
    }
    return fail(ErrorKind::Failed, u"sandbox.data-dir"_s,
                DataDirectoryText::tr("Cannot make the folder %1.").arg(directory.m_path));
}

Result<ClientKey> DataDirectory::clientKey(const QString &givenFile) const
{
    const QString file = givenFile.isEmpty() ? m_path + u"/client-key.pem"_s : QFileInfo(givenFile).absoluteFilePath();
    if (givenFile.isEmpty() && !QFileInfo::exists(file)) {
        const ImportedKey fresh = TRY(generateKey({}));
        TRY(writeFileAtomically(file, toPkcs8Pem(fresh.pkcs8).charView()));
    }
    const PublicKey publicKey = TRY(readPublicPart(file)); // on its own: a return from inside {} would leak `file`
    return ClientKey{.file = file, .publicKey = publicKey};
}

Result<TlsMaterial> DataDirectory::makeTls(const Clock &clock, RandomSource &random, QString &caFile) const
{
    LoopbackCertificates made = TRY(makeLoopbackCertificates(std::chrono::days(30), clock, random));
    caFile = m_path + u"/ca.pem"_s;
    TRY(writeFileAtomically(caFile, made.authority.pem));
    return TlsMaterial{.certificatePem = made.server.pem, .privateKeyPem = std::move(made.serverKeyPem)};
}

} // namespace credenza::sandbox
