// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/Scrim.h"

class QBoxLayout;
class QHBoxLayout;

namespace credenza
{

class SegmentedTabs;
class ElidingLabel;

/// The overlay at the right edge: 1024 wide and full height; a header (title, badges, close), a main column of 552 and
/// a side column of 472, and a foot. Larger text makes it wider. Below a window width of 1200, or where larger text
/// needs more than there is, it fills the window and the side becomes a tab.
class Sheet : public Scrim
{
    Q_OBJECT

public:
    Sheet(const Theme &theme, QWidget &host, const QString &title);

    void setTitle(const QString &title);
    /// Puts `widget` after the title (a badge). Takes it.
    void addHeaderWidget(QWidget *widget);
    /// Puts `widget` before the key cap and the close button. Takes it.
    void addHeaderTrailing(QWidget *widget);
    /// The form; usually a QScrollArea. Takes it. `tabText` names it where main and side are tabs.
    void setMain(QWidget *main, const QString &tabText);
    /// The side column. Takes it.
    void setSide(QWidget *side, const QString &tabText);
    /// Shows the side where it is a tab; nothing to do where both are seen.
    void showSide();
    void showMain();
    /// The foot: left side actions first, then a stretch of yours, then Cancel and the primary button.
    [[nodiscard]] QHBoxLayout *footer() const { return m_footer; }
    [[nodiscard]] bool isNarrow() const { return m_narrow; }

protected:
    [[nodiscard]] QRect panelGeometry() const override;
    [[nodiscard]] int slideDistance() const override { return 24; }
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();
    [[nodiscard]] bool fillsWindow() const;
    [[nodiscard]] int panelWidth() const;

    ElidingLabel *m_title;
    QHBoxLayout *m_headerStart;
    QHBoxLayout *m_headerEnd;
    QHBoxLayout *m_columns;
    QHBoxLayout *m_footer;
    SegmentedTabs *m_tabs;
    QWidget *m_main = nullptr;
    QWidget *m_side = nullptr;
    bool m_narrow = false;
};

} // namespace credenza
