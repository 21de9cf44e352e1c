// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/credentials/Connector.h"
#include "core/credentials/Validation.h"
#include "ui/widgets/Divider.h"

class QStackedWidget;

namespace credenza
{

class BeforeYouStart;
class ColumnScrollArea;
class ConnectionTestView;
class HelpView;
class OverlayPresenter;
class SegmentedTabs;

/// The side of the overlay: help that follows the focus (first the checklist of prerequisites), and the test.
class SideColumn final : public Pane
{
    Q_OBJECT

public:
    SideColumn(const Theme &theme, const OverlayPresenter &presenter, QWidget *parent = nullptr);

    /// Another draft was opened: checklist in front, ticks and test cleared.
    void restart(const Connector &connector);
    /// The help of `field`, in the tab's page; the tab itself comes to the front only with showHelp().
    void setHelp(Field field);
    void showHelp();
    void showTest();
    /// Brings what is shown of the draft up to date.
    void refresh();
    [[nodiscard]] ConnectionTestView &test() const { return *m_test; }

Q_SIGNALS:
    void generateRequested();
    void portalRequested(const QString &url);
    void copied(const QString &what);

private:
    void showChecklist();
    void showPage();

    const Theme &m_theme;
    const OverlayPresenter &m_presenter;
    SegmentedTabs *m_tabs;
    QStackedWidget *m_pages;
    ColumnScrollArea *m_checklistArea;
    ColumnScrollArea *m_helpArea;
    BeforeYouStart *m_checklist = nullptr;
    HelpView *m_help;
    ConnectionTestView *m_test;
    bool m_showsHelp = false; ///< else the checklist
};

} // namespace credenza
