// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace credenza
{

/// Clears what this application put on the clipboard after a while, and only that: what came from elsewhere since
/// stays.
class ClipboardGuard final : public QObject
{
    Q_OBJECT

public:
    explicit ClipboardGuard(QObject *parent = nullptr);

    /// Zero: never.
    void setClearAfter(std::chrono::seconds after);
    /// Clears now what is still ours (on lock, at the end).
    void clear();

private:
    void watch();

    QTimer m_timer;
};

} // namespace credenza
