// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/lint/SourceText.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace credenza::lint
{

/// A text file of the repository.
struct File {
    QString path; ///< relative to the root, with slashes
    SourceText text;

    [[nodiscard]] bool isHeader() const { return path.endsWith(QLatin1String(".h")); }
    [[nodiscard]] bool isCpp() const { return isHeader() || path.endsWith(QLatin1String(".cpp")); }
    [[nodiscard]] bool isIn(QLatin1String folder) const { return path.startsWith(folder); }
};

/// The files that the rules look at, and the order of the rooms that CMake builds them in.
struct Repository {
    QList<File> files;
    QStringList topLevel;  ///< names in the root, without dotfiles and without what .gitignore keeps out
    QStringList coreRooms; ///< in building order: a later room may use an earlier one
    QStringList uiRooms;
    QString qtHeaders; ///< folder that holds QtCore, QtWidgets, …: tells which module a header belongs to
};

/// Reads everything under `root` but build output, installed packages and version control.
[[nodiscard]] Repository readRepository(const QString &root);

} // namespace credenza::lint
