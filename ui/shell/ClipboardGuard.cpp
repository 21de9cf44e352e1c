// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ClipboardGuard.h"

#include <QClipboard>
#include <QGuiApplication>

namespace credenza
{

using namespace std::chrono_literals;

ClipboardGuard::ClipboardGuard(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0s);
    connect(&m_timer, &QTimer::timeout, this, &ClipboardGuard::clear);
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &ClipboardGuard::watch);
}

void ClipboardGuard::setClearAfter(std::chrono::seconds after)
{
    m_timer.setInterval(after);
    watch();
}

void ClipboardGuard::watch()
{
    const QClipboard *clipboard = QGuiApplication::clipboard();
    if (clipboard->ownsClipboard() && m_timer.intervalAsDuration() > 0ms)
        m_timer.start();
    else
        m_timer.stop();
}

void ClipboardGuard::clear()
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    m_timer.stop();
    if (clipboard->ownsClipboard() && !clipboard->text().isEmpty())
        clipboard->clear();
    if (clipboard->supportsSelection() && clipboard->ownsSelection() &&
        !clipboard->text(QClipboard::Selection).isEmpty())
        clipboard->clear(QClipboard::Selection);
}

} // namespace credenza
