// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace credenza
{

/// Says when nobody has used the application for a while: keys, clicks, moves of the pointer and the wheel count. Warns
/// 30 s before; any use ends the warning. Sleeps until then, but for one wake-up a minute.
class IdleLock final : public QObject
{
    Q_OBJECT

public:
    /// How long the warning lasts.
    static constexpr std::chrono::seconds warningTime{30};

    explicit IdleLock(QObject *parent = nullptr);

    /// Zero: never. Counts from now.
    void setTimeout(std::chrono::milliseconds timeout);
    /// Only while there is something to lock.
    void setActive(bool active);
    /// The same as using the application.
    void touch();
    /// Whole minutes until it locks, counted up; nothing where it never does, or while there is nothing to lock.
    [[nodiscard]] std::optional<int> minutesLeft() const;

Q_SIGNALS:
    /// minutesLeft() may say something else now. Comes at most once a minute.
    void minutesLeftChanged();
    /// So many seconds are left; comes each second of the last 30.
    void warned(int secondsLeft);
    /// The warning is over: somebody is there.
    void resumed();
    /// Time to lock.
    void expired();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void schedule();
    void check();

    QTimer m_timer;
    QTimer m_minute; ///< for minutesLeftChanged(); very coarse, so that it wakes up together with others
    QElapsedTimer m_sinceUse;
    std::chrono::milliseconds m_timeout{0};
    bool m_active = false;
    bool m_warning = false;
};

} // namespace credenza
