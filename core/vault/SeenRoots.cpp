// SPDX-License-Identifier: Apache-2.0
#include "core/vault/SeenRoots.h"

#include "core/vault/BinaryForm.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

Q_LOGGING_CATEGORY(logVault, "credenza.vault", QtWarningMsg)

constexpr qsizetype checksumSize = 32;
constexpr qsizetype fileSize = 8 + 16 + checksumSize;

} // namespace

QString SeenRoots::defaultFolder()
{
    // QStandardPaths knows the state folder only from Qt 6.7 on; the XDG specification ignores relative paths.
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (QDir::isAbsolutePath(state) ? state : QDir::homePath() + u"/.local/state"_s) + u"/credenza/seen"_s;
}

std::optional<SeenRoot> SeenRoots::lastSeen(const QUuid &vaultId) const
{
    QFile file(pathFor(vaultId));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    const QByteArray contents = file.read(fileSize + 1);
    if (contents.size() != fileSize ||
        checksumOf(contents.first(fileSize - checksumSize)) != contents.last(checksumSize))
        return std::nullopt;
    BinaryReader reader(asBytes(contents));
    SeenRoot root;
    root.counter = reader.integer<quint64>();
    std::ranges::copy(reader.raw(root.tag.size()), root.tag.begin());
    return root;
}

void SeenRoots::remember(const QUuid &vaultId, const SeenRoot &root) const
{
    BinaryWriter writer;
    writer.integer(root.counter).raw(root.tag);
    const QByteArray contents = writer.bytes() + checksumOf(writer.bytes());
    // One small write in place, not synced: a torn or lost one only forgets, and a save must not wait for a second
    // disk.
    QFile file(pathFor(vaultId));
    const auto mode = QIODevice::ReadWrite | QIODevice::Unbuffered;
    const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!file.open(mode, ownerOnly)) {
        QDir().mkpath(m_folder);
        if (!file.open(mode, ownerOnly)) {
            qCInfo(logVault) << "no memory of the vault's counter:" << file.errorString();
            return;
        }
    }
    if (file.write(contents) != contents.size() || !file.resize(fileSize))
        qCInfo(logVault) << "no memory of the vault's counter:" << file.errorString();
}

void SeenRoots::forget(const QUuid &vaultId) const
{
    QFile::remove(pathFor(vaultId));
}

QString SeenRoots::pathFor(const QUuid &vaultId) const
{
    return m_folder + u'/' + vaultId.toString(QUuid::WithoutBraces);
}

} // namespace credenza
