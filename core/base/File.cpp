// SPDX-License-Identifier: Apache-2.0
#include "core/base/File.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSaveFile>

#include <algorithm>
#include <unistd.h>

namespace credenza
{

namespace
{

struct FileText {
    Q_DECLARE_TR_FUNCTIONS(FileText)
};

Failure tooLarge(const QString &path, qint64 maxBytes)
{
    return fail(ErrorKind::InvalidInput, QStringLiteral("file.too-large"),
                FileText::tr("%1 is larger than %2.")
                    .arg(path == QLatin1String("-") ? FileText::tr("Standard input") : path,
                         QLocale().formattedDataSize(maxBytes, 0)),
                FileText::tr("Check that this is the file you meant."));
}

Result<void> openForReading(QFile &file, const QString &path)
{
    if (path == QLatin1String("-")) {
        if (file.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered))
            return {};
    } else {
        file.setFileName(path);
        if (!QFileInfo::exists(path))
            return fail(ErrorKind::NotFound, QStringLiteral("file.not-found"),
                        FileText::tr("There is no file %1.").arg(path), FileText::tr("Check the path."));
        if (file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return {};
    }
    return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                FileText::tr("%1 can't be read: %2.").arg(path, file.errorString()),
                FileText::tr("Check that the file may be read by you."));
}

} // namespace

Result<QByteArray> readFile(const QString &path, qint64 maxBytes)
{
    QFile file;
    TRY(openForReading(file, path));
    QByteArray contents = file.read(maxBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                    FileText::tr("%1 can't be read: %2.").arg(path, file.errorString()));
    if (contents.size() > maxBytes)
        return tooLarge(path, maxBytes);
    return contents;
}

Result<SecretBytes> readSecretFile(const QString &path, qint64 maxBytes)
{
    QFile file;
    TRY(openForReading(file, path));
    // What a pipe holds is not known: begin small and grow.
    const qint64 expected = file.isSequential() ? 64 * 1024 : file.size();
    SecretBytes buffer(static_cast<std::size_t>(std::min(expected, maxBytes) + 1));
    std::size_t used = 0;
    for (;;) {
        if (used == buffer.size()) {
            if (used > static_cast<std::size_t>(maxBytes))
                return tooLarge(path, maxBytes);
            SecretBytes larger(std::min(2 * used, static_cast<std::size_t>(maxBytes) + 1));
            std::ranges::copy(buffer.view(), larger.bytes().begin());
            buffer = std::move(larger);
        }
        const qint64 got = file.read(reinterpret_cast<char *>(buffer.bytes().data() + used),
                                     static_cast<qint64>(buffer.size() - used));
        if (got < 0)
            return fail(ErrorKind::Failed, QStringLiteral("file.unreadable"),
                        FileText::tr("%1 can't be read: %2.").arg(path, file.errorString()));
        if (got == 0)
            break;
        used += static_cast<std::size_t>(got);
    }
    buffer.truncate(used);
    return buffer;
}

Result<void> writeFileAtomically(const QString &path, QByteArrayView contents)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(contents.data(), contents.size()) == contents.size() && file.commit();
    if (!written)
        return fail(ErrorKind::Failed, QStringLiteral("file.unwritable"),
                    FileText::tr("%1 can't be written: %2.").arg(path, file.errorString()),
                    FileText::tr("Check that the folder exists, that you may write to it, and that there is space."));
    return {};
}

} // namespace credenza
