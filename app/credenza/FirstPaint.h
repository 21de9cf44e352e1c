// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <QWidget>

#include <cstdio>

namespace credenza
{

/// Says "painted" on standard output once a window has been painted for the first time, and ends the program:
/// what the start-up benchmark measures (--exit-after-first-paint).
class FirstPaint final : public QObject
{
public:
    /// Watches `window`, which must not be shown yet and owns this.
    explicit FirstPaint(QWidget &window) : QObject(&window) { window.installEventFilter(this); }

private:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            watched->removeEventFilter(this);
            // Queued: by then the whole window has been painted and handed to the window system.
            QMetaObject::invokeMethod(
                this,
                [] {
                    std::puts("painted");
                    std::fflush(stdout);
                    QCoreApplication::quit();
                },
                Qt::QueuedConnection);
        }
        return false;
    }
};

} // namespace credenza
