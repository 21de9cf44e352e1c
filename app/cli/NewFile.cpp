// SPDX-License-Identifier: Apache-2.0
#include "app/cli/NewFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace credenza::cli
{

using namespace Qt::StringLiterals;

namespace
{

struct NewFileText {
    Q_DECLARE_TR_FUNCTIONS(NewFileText)
};

} // namespace

Result<void> requireNoFile(const QString &path)
{
    const QFileInfo file(path);
    if (file.exists() || file.isSymLink())
        return fail(ErrorKind::Conflict, u"file.exists"_s, NewFileText::tr("There is already a file %1.").arg(path),
                    NewFileText::tr("Choose another name; no key is ever overwritten."));
    return {};
}

Result<void> writeNewSecretFile(const QString &path, const SecretBytes &contents)
{
    TRY(requireNoFile(path));
    QFile file(path);
    // NewOnly is O_EXCL: a file that came up meanwhile is not touched. Unbuffered: no copy stays in QFile's buffer.
    const bool isOpen = file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered,
                                  QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const QByteArrayView text = contents.charView();
    const bool isWritten = isOpen && file.write(text.data(), text.size()) == text.size() && fsync(file.handle()) == 0;
    if (isWritten)
        return {};
    const QString reason = file.errorString();
    if (isOpen)
        file.remove();
    return fail(ErrorKind::Failed, u"file.unwritable"_s, NewFileText::tr("%1 can't be written: %2.").arg(path, reason),
                NewFileText::tr("Check that the folder exists, that you may write to it, and that there is space."));
}

} // namespace credenza::cli
