// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QTimer>
#include <QWidget>

namespace credenza
{

/// A turning arc that shows only once start() is 300 ms old, so quick work never flickers. With reduced motion it reads
/// "Working…" instead. Its place is kept while it is not shown.
class Spinner final : public QWidget
{
    Q_OBJECT

public:
    explicit Spinner(const Theme &theme, int size = 16, QWidget *parent = nullptr);

    /// Does nothing if it runs already.
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running; }
    void setRole(Role role);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QTimer m_delay;
    QTimer m_frame;
    int m_size;
    int m_angle = 0;
    Role m_role = Role::Accent;
    bool m_running = false;
    bool m_visible = false;
};

} // namespace credenza
