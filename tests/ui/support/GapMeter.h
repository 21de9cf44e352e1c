// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

namespace credenza::test
{

/// Measures for how long the event loop of this thread did not come round: what a person feels as a freeze.
class GapMeter final : public QObject
{
    Q_OBJECT

public:
    GapMeter();

    /// Does `deed`, then runs the event loop until `isDone` and a little longer, so that what was posted is done as
    /// well; false after `seconds`.
    bool run(const std::function<void()> &deed, const std::function<bool()> &isDone, int seconds = 60);
    /// The longest gap of the last run in ms, by the clock and by what this thread itself computed in it. On a busy
    /// machine the first one tells of others.
    [[nodiscard]] double wall() const { return m_wall; }
    [[nodiscard]] double computed() const { return m_computed; }

private:
    void beat();

    QTimer m_timer;
    double m_lastWall = 0;
    double m_lastComputed = 0;
    double m_wall = 0;
    double m_computed = 0;
};

} // namespace credenza::test
