// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/Theme.h"

#include <QPixmap>
#include <QPointer>
#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <vector>

namespace credenza
{

/// Dims its host and shows one panel above it, inside the window (no dialog window, no event loop). While open, what
/// lies behind is disabled, for the keyboard and for assistive technology alike, and Tab stays inside the panel. On
/// closing, the focus returns to where it was.
class Scrim : public QWidget
{
    Q_OBJECT

public:
    /// Covers `host`, which owns it. Several may lie on top of each other; the last one opened is the one in use.
    /// A panel with a radius also has a border.
    Scrim(const Theme &theme, QWidget &host, int panelRadius = 0);

    /// Shows the panel; `firstFocus` (inside it) gets the focus.
    void open(QWidget *firstFocus = nullptr);
    /// Hides it; closed() follows when it is gone.
    void close();
    /// The same without motion, for what is followed by something else at once.
    void closeAtOnce();
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// Where the focus goes on closing instead of where it came from.
    void setReturnFocus(QWidget *widget) { m_returnFocus = widget; }

Q_SIGNALS:
    /// Esc was pressed, or the panel's close button: close(), or ask first.
    void requestClose();
    void opened();
    void closed();

protected:
    /// The panel's place when it is fully open.
    [[nodiscard]] virtual QRect panelGeometry() const = 0;
    /// How far (px) the panel slides in from the right.
    [[nodiscard]] virtual int slideDistance() const { return 0; }
    /// Puts the panel where it belongs now; call it after its size hint changed.
    void placePanel();
    [[nodiscard]] QWidget &panel() const { return *m_panel; }
    [[nodiscard]] const Theme &theme() const { return m_theme; }

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setProgress(qreal progress);
    void captureBehind();
    void release();

    const Theme &m_theme;
    QWidget &m_host;
    QWidget *m_panel;
    QPixmap m_behind;
    QVariantAnimation m_motion;
    QTimer m_recapture;
    std::vector<QPointer<QWidget>> m_disabled;
    QPointer<QWidget> m_returnFocus;
    qreal m_progress = 0;
    bool m_open = false;
};

} // namespace credenza
