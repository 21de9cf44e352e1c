// SPDX-License-Identifier: Apache-2.0
#include "tests/lint/Repository.h"

#include <QDir>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace credenza::lint
{
namespace
{

// Not ours, or not committed.
bool isKeptOut(const QString &name)
{
    static const QStringList names{QStringLiteral(".git"), QStringLiteral(".cache"), QStringLiteral("build"),
                                   QStringLiteral("credenza-demo"), QStringLiteral("node_modules")};
    return names.contains(name);
}

// Independent data and samples are read as they are; the samples of this lint break the rules on purpose.
bool isData(const QString &path)
{
    return path.startsWith(QLatin1String("tests/data/")) || path.startsWith(QLatin1String("tests/lint/samples/"));
}

void readFolder(const QDir &root, const QString &folder, Repository &repository)
{
    const auto entries =
        QDir(root.filePath(folder)).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QFileInfo &entry : entries) {
        const QString path = folder.isEmpty() ? entry.fileName() : folder + QLatin1Char('/') + entry.fileName();
        if (isKeptOut(entry.fileName()) || isData(path))
            continue;
        if (entry.isDir()) {
            readFolder(root, path, repository);
            continue;
        }
        QFile file(entry.filePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (!bytes.contains('\0')) // a picture or a font is not for reading
            repository.files.append({path, parseSource(QString::fromUtf8(bytes))});
    }
}

// Every `foreach(room a b c)` in a CMakeLists.txt names the rooms in building order.
QStringList roomsOf(const Repository &repository, const QString &cmakeList)
{
    static const QRegularExpression loop(QStringLiteral(R"(foreach\(room ([^)]*)\))"));
    for (const File &file : repository.files) {
        if (file.path == cmakeList)
            return loop.match(file.text.lines.join(QLatin1Char(' ')))
                .captured(1)
                .split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }
    return {};
}

} // namespace

Repository readRepository(const QString &root)
{
    Repository repository;
    readFolder(QDir(root), {}, repository);
    for (const QString &name : QDir(root).entryList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        if (!isKeptOut(name))
            repository.topLevel.append(name);
    }
    repository.coreRooms = roomsOf(repository, QStringLiteral("core/CMakeLists.txt"));
    repository.uiRooms = roomsOf(repository, QStringLiteral("ui/CMakeLists.txt"));
    repository.qtHeaders = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    return repository;
}

} // namespace credenza::lint
