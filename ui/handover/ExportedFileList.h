// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QListWidget>

namespace credenza
{

/// The files that an export wrote, to be dragged out of the window: to a file manager, a mail, an upload form. What is
/// chosen goes along; all of it at first.
class ExportedFileList final : public QListWidget
{
    Q_OBJECT

public:
    explicit ExportedFileList(const Theme &theme, QWidget *parent = nullptr);

    void setPaths(const QStringList &paths);

protected:
    /// The files' URLs.
    [[nodiscard]] QMimeData *mimeData(const QList<QListWidgetItem *> &items) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    /// Others get a copy; the file stays where the person put it.
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
};

} // namespace credenza
