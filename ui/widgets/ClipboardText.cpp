// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/ClipboardText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace credenza
{

using namespace Qt::StringLiterals;

void copyToClipboard(const QString &text)
{
    auto *content = new QMimeData; // the clipboard takes it
    content->setText(text);
    // Klipper and its kin; the clipboard history of Windows.
    content->setData(u"x-kde-passwordManagerHint"_s, "secret");
    content->setData(u"ExcludeClipboardContentFromMonitorProcessing"_s, "1");
    QGuiApplication::clipboard()->setMimeData(content);
}

} // namespace credenza
