// SPDX-License-Identifier: Apache-2.0
#include "ui/handover/ExportedFileList.h"

#include "ui/widgets/RowDelegate.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

namespace credenza
{

using namespace Qt::StringLiterals;

namespace
{

constexpr int rowHeight = 40;

} // namespace

ExportedFileList::ExportedFileList(const Theme &theme, QWidget *parent) : QListWidget(parent)
{
    setObjectName(u"exportedFiles"_s);
    setAccessibleName(tr("Files that were written"));
    setAccessibleDescription(tr("They can be dragged to another program."));
    setProperty("ownFocus", true);
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setCursor(Qt::OpenHandCursor);
    setItemDelegate(new RowDelegate(
        theme, rowHeight,
        [](const QModelIndex &index) {
            return CellLook{.text = index.data().toString(),
                            .style = TextStyle::Mono,
                            .elide = Qt::ElideMiddle,
                            .icon = Icon::FileExport};
        },
        this));
}

void ExportedFileList::setPaths(const QStringList &paths)
{
    clear();
    for (const QString &path : paths) {
        auto *item = new QListWidgetItem(QFileInfo(path).fileName(), this);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
    }
    if (count() > 0)
        setCurrentRow(0);
    selectAll();
}

QStringList ExportedFileList::mimeTypes() const
{
    return {u"text/uri-list"_s};
}

QMimeData *ExportedFileList::mimeData(const QList<QListWidgetItem *> &items) const
{
    QList<QUrl> urls;
    for (const QListWidgetItem *item : items)
        urls.append(QUrl::fromLocalFile(QFileInfo(item->data(Qt::UserRole).toString()).absoluteFilePath()));
    auto *dragged = new QMimeData; // the view owns it
    dragged->setUrls(urls);
    return dragged;
}

} // namespace credenza
